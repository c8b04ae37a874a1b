/** `npm run import:osm [-- FILE.json | --name "Kota X" | --code 33.75]`: a city from OpenStreetMap through Overpass, or from a saved answer. */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { command } from '../command.ts'
import { fetchOverpass, importOsm } from '../import/osm.ts'
import { ImportFault } from '../import/manifest.ts'
import { OVERPASS_URL, overpassQuery } from '../import/overpass_query.ts'
import { printReport } from '../import/report.ts'

const USAGE =
  'Pakai: npm run import:osm -- [BERKAS.json] [--name "Kota X"] [--code 33.75] [--url OVERPASS] [--save BERKAS.json] [--print-query]'
const options = {
  name: { type: 'string' },
  code: { type: 'string' },
  url: { type: 'string' },
  save: { type: 'string' },
  'print-query': { type: 'boolean' },
} as const

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (positionals.length > 1) throw new Error()
    const wish = { ...(values.name ? { name: values.name } : {}), ...(values.code ? { code: values.code } : {}) }
    // Without a word the city is the built-in one.
    return { values, file: positionals[0], wish, asked: Object.keys(wish).length ? wish : { name: 'Kota Pekalongan' } }
  } catch {
    process.stderr.write(`${USAGE}\n`)
    process.exit(1)
  }
}

const { values, file, wish, asked } = readArguments()
if (values['print-query']) {
  process.stdout.write(overpassQuery(asked))
  process.exit(0)
}
await command(async ({ db, say, progress }) => {
  if (file === undefined) progress(`bertanya kepada Overpass (${asked.name ?? asked.code})`)
  const text =
    file === undefined
      ? await fetchOverpass(values.url ?? OVERPASS_URL, asked).catch((error: unknown) => {
          throw error instanceof ImportFault ? new Error(error.faults.join('\n')) : error
        })
      : read(file)
  if (values.save !== undefined) writeFileSync(values.save, text)
  const report = await importOsm(
    db,
    text,
    file === undefined ? 'Overpass' : basename(file),
    file === undefined ? asked : wish,
    { progress, now: () => new Date(), actor: 'import' },
  )
  const lines = printReport(report)
  if (report.status === 'failed') throw new Error(lines.join('\n'))
  for (const line of lines) say(line)
})

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`${path}: tidak terbaca (${(error as NodeJS.ErrnoException).code})`, { cause: error })
  }
}
