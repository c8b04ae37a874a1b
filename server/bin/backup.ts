/**
 * `npm run backup -- FILE`: everything that the database holds, as of one moment, in one file that `npm run restore` reads into either database; the room goes
 * on meanwhile. FILE of `-` is standard output, to be piped through age or gpg (then `npm run --silent`).
 */
import { parseArgs } from 'node:util'
import { STANDARD } from '../backup/file.ts'
import { makeBackup } from '../backup/make.ts'
import { noteBackup } from '../backup/note.ts'
import { program } from '../command.ts'
import { readConfig } from '../config.ts'

await program(async (progress) => {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} })
  const [path] = positionals
  if (positionals.length !== 1) throw new Error('Pakai: backup -- BERKAS (atau - untuk keluaran standar)')
  const config = readConfig(process.env)
  const { head, last, bytes, seconds, held_ms } = await makeBackup(config, path, progress)
  const out = path === STANDARD ? process.stderr : process.stdout
  const rows = Object.values(last.rows).reduce((sum, n) => sum + n, 0)
  const say = (text: string) => void out.write(`${text}\n`)
  say(
    `Cadangan ${path === STANDARD ? '' : `${path} `}per ${head.made_at}: ${rows} baris, ${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} dtk`,
  )
  say(`${head.holds.incidents} kejadian, catatan sampai baris ${head.log.seq}, sha256 ${last.sha256}`)
  if (held_ms !== null) say(`Server tertahan paling lama ${held_ms} ms`)
  // It is whole without this; who watches over the service would be told that it is missing.
  await noteBackup(config, { made_at: head.made_at, bytes }, progress).catch((error: Error) =>
    process.stderr.write(`Cadangan utuh, tetapi tidak dapat dicatat di basis data: ${error.message}\n`),
  )
})
