/** The server as a program (dist/server/serve.js): reads the environment, starts, prints the addresses, ends on SIGTERM and SIGINT. */
import { issueCredential } from '../auth/credentials.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { httpsWarning, readConfig } from '../config.ts'
import { endOwnEmbedded } from '../db/embedded.ts'
import { defaultClientDir, startServer, type Running } from '../main.ts'
import { VERSION } from '../version.ts'

const LINK_HOURS = 24
/** Whom a newcomer plays in the demo, and for which OPD (code) or unit (callsign). */
const TRIAL_ROLES: { role: Role; agency?: string; unit?: string }[] = [
  { role: 'operator' },
  { role: 'supervisor' },
  { role: 'dispatcher', agency: 'damkar' },
  { role: 'admin' },
]

/** The address without the password that may stand in it. */
function routingWords({ config, routing }: Running['services']): string {
  if (config.routing_url === null) return 'graf jalan sendiri'
  const { origin, pathname } = new URL(config.routing_url)
  const server = `OSRM ${origin}${pathname.replace(/(?<!\/)\/+$/, '')}`
  return routing.state.routing === 'osrm'
    ? server
    : `graf jalan sendiri, karena ${server} tidak menjawab; begitu menjawab, OSRM yang dipakai`
}

const say = (text: string) => void process.stdout.write(`${text}\n`)

async function printAddresses({ url, services }: Running): Promise<void> {
  const { db, now, simulated, config } = services
  say('')
  say(`  Siaga 112 siap${simulated ? ' (SIMULASI: semua kejadian rekaan)' : ''}`)
  say(`  Dinding   ${url}/wall`)
  say(`  Beranda   ${url}/`)
  say(`  API       ${url}/api/openapi.json`)
  const expires_at = new Date(now().getTime() + LINK_HOURS * 3_600_000)
  if (simulated) {
    say(`  Tautan masuk, sekali pakai, berlaku ${LINK_HOURS} jam:`)
    for (const { role, agency, unit } of TRIAL_ROLES) {
      const bound = agency
        ? await db.maybe<{ id: string }>('agency_id_by_code', { code: agency })
        : unit
          ? await db.maybe<{ id: string; agency_id: string }>('unit_by_callsign', { callsign: unit })
          : null
      // A city that was imported over the built-in one may have neither.
      if ((agency || unit) && !bound) continue
      const to = agency ? { agency_id: bound?.id } : unit ? { unit_id: bound?.id } : {}
      const link = await issueCredential(db, { kind: 'link', role, label: 'tautan awal', expires_at, ...to }, now())
      say(`    ${[role, agency ?? unit].filter(Boolean).join(' ').padEnd(20)}${url}/masuk?tautan=${link}`)
    }
  } else if (!(await db.value<boolean>('account_admin_exists'))) {
    await db.rows('credential_revoke_links', { purpose: 'first_admin', now: now() })
    const link = await issueCredential(
      db,
      { kind: 'link', purpose: 'first_admin', role: 'admin', label: 'admin pertama', expires_at },
      now(),
    )
    say(`  Belum ada admin. Buat yang pertama dengan tautan ini, sekali pakai, berlaku ${LINK_HOURS} jam:`)
    say(`    ${url}/masuk#tautan=${link}`)
  } else say(`  Masuk     ${url}/masuk`)
  say(`  Waktu tempuh: ${routingWords(services)}`)
  if (db.embedded) {
    say(
      `  Basis data tertanam di ${config.data_dir}: untuk coba dan latihan. Tahan proses dimatikan, tidak tahan listrik padam;`,
    )
    say('  untuk operasi pakai DATABASE_URL (PostgreSQL dengan PostGIS).')
  }
  const warning = httpsWarning(config)
  if (warning) say(`  ${warning}`)
  say('')
}

/** All is gone 5 s after SIGTERM. A database that is still starting may flush this long … */
const FLUSH_MS = 2_000
/** … and whatever hangs is ended here, which leaves time to see the database go before this process does. */
const LAST_RESORT_MS = 4_400

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const started = Date.now()
  const starting = startServer(config, {
    progress: (text) => say(`  … ${text}`),
    clientDir: defaultClientDir(),
    version: VERSION,
  })
  let ready = false
  let stopping = false
  const end = async (code: number) => {
    if (stopping) return
    stopping = true
    setTimeout(() => void endOwnEmbedded(0).finally(() => process.exit(1)), LAST_RESORT_MS)
    // A start-up takes longer than anybody waits for the end; without its database it fails, and undoes what it began.
    if (!ready) await endOwnEmbedded(FLUSH_MS)
    const running = await starting.catch(() => null)
    await running?.stop()
    process.exit(code)
  }
  process.on('SIGTERM', () => void end(0))
  process.on('SIGINT', () => void end(0))
  process.on('uncaughtException', (error) => {
    process.stderr.write(`Kesalahan tak terduga: ${error.stack}\n`)
    void end(1)
  })
  try {
    const running = await starting
    ready = true
    if (stopping) return
    await printAddresses(running)
    say(`  (siap dalam ${((Date.now() - started) / 1000).toFixed(1)} dtk)`)
    const failure = await running.failed
    if (stopping) return
    process.stderr.write(`${failure.message}\n`)
    await end(1)
  } catch (error) {
    // What fails while the end is under way fails because of it.
    if (!stopping) throw error
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
