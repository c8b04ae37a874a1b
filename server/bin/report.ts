/**
 * `npm run report -- 2026-10 [--out FILE] [--role leader] [--lang en]`: the monthly evaluation as PDF, in SIAGA_DATA unless told where, as that role sees it
 * (figures per operator are for leader and kabid). Needs a Chromium; without one it ends non-zero and says so.
 */
import { writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { wibMonthRange } from '../../geo/sla/shift.ts'
import { ROLES, type Role } from '../../geo/wire/primitives.ts'
import { may } from '../auth/permissions.ts'
import { createCityModel } from '../city/model.ts'
import { command } from '../command.ts'
import { makeFolder } from '../folder.ts'
import { defaultClientDir } from '../main.ts'
import { createMapStore } from '../map/store.ts'
import { findChromium, printPage } from '../print/chromium.ts'
import { serveReport } from '../print/serve_report.ts'
import { decideDemo, type InstallationState } from '../worlds.ts'

const HOW = 'Pakai: report -- 2026-10 [--out FILE.pdf] [--role leader] [--lang en]'

await command(async ({ config, db, say, progress }) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      role: { type: 'string', default: 'leader' },
      lang: { type: 'string', default: 'id' },
    },
  })
  const [month] = positionals
  const role = ROLES.find((name: Role) => name === values.role)
  if (positionals.length !== 1 || wibMonthRange(month) === null || !['id', 'en'].includes(values.lang))
    throw new Error(HOW)
  if (!role || !may(role, 'report.read'))
    throw new Error(`--role: ${ROLES.filter((name) => may(name, 'report.read')).join(', ')}`)
  const chromium = findChromium(config.chromium)
  if (!chromium)
    throw new Error(
      'Tidak ada Chromium di mesin ini: pasang (apt install chromium), sebutkan letaknya dengan CHROMIUM=/…, atau buka /report lalu cetak dari peramban.',
    )
  const simulated = decideDemo(config, db.embedded, await db.one<InstallationState>('installation_state'))
  progress('membaca kota')
  const now = new Date()
  const city = await createCityModel(db, simulated, now)
  const services = { db, simulated, city, now: () => now, log: pino({ level: 'silent' }) }
  const server = await serveReport(services, { map: await createMapStore(db), clientDir: defaultClientDir(), role })
  try {
    progress('mencetak')
    const address = `${server.url}/report/${month}${values.lang === 'en' ? '?lang=en' : ''}`
    const pdf = await printPage(chromium, address, server.headers)
    const name = `laporan-evaluasi-${month}${simulated ? '-SIMULASI' : ''}.pdf`
    const file = values.out === undefined ? join(config.data_dir, name) : resolve(values.out)
    makeFolder(dirname(file))
    writeFileSync(file, pdf)
    say(file)
  } finally {
    server.close()
  }
})
