import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isMet, table, type SectionResult } from './figure.ts'
import { openHouse, type House } from './house.ts'
import { benchBackup } from './sections/backup.ts'
import { benchCoverage } from './sections/coverage.ts'
import { benchCreate } from './sections/create.ts'
import { benchFigures } from './sections/figures.ts'
import { benchFuzz } from './sections/fuzz.ts'
import { benchGeocode } from './sections/geocode.ts'
import { benchHotspots } from './sections/hotspots.ts'
import { benchImport } from './sections/import.ts'
import { benchKills } from './sections/kills.ts'
import { benchLedger } from './sections/ledger.ts'
import { benchList } from './sections/list.ts'
import { benchLive } from './sections/live.ts'
import { benchLoad } from './sections/load.ts'
import { benchPixel } from './sections/pixel.ts'
import { benchPositions } from './sections/positions.ts'
import { benchRecommend } from './sections/recommend.ts'
import { benchRoads } from './sections/roads.ts'
import { benchSoak } from './sections/soak.ts'
import { benchWall } from './sections/wall.ts'

const RESULTS = resolve(import.meta.dirname, '../../.artifacts/bench')
/** What sections that are repeated on a seed go by. */
export interface Repeat {
  seed: number
  /** How many, where the section has a number that is its own to choose. */
  count: number | null
}

const SECTIONS: Record<string, (house: House, repeat: Repeat) => Promise<SectionResult>> = {
  roads: benchRoads,
  recommend: benchRecommend,
  geocode: benchGeocode,
  create: benchCreate,
  list: benchList,
  ledger: benchLedger,
  figures: benchFigures,
  hotspots: benchHotspots,
  coverage: benchCoverage,
  live: benchLive,
  load: benchLoad,
  positions: benchPositions,
  import: benchImport,
  pixel: benchPixel,
  wall: benchWall,
  soak: benchSoak,
  backup: benchBackup,
  fuzz: benchFuzz,
  kills: benchKills,
}

/** What .artifacts/bench/<section>.json holds. */
interface Kept extends SectionResult {
  section: string
  finished_at: string
  seconds: number
  machine: { cores: number; load_before: number; node: string }
}

/**
 * Runs the named sections (all without a name), prints each as a table and keeps it in .artifacts/bench. `--resume` takes
 * those that are kept already from there; `--seed` and `--count` are for the fuzzer and the kills. Answers the exit code: 1 when a section failed to run; a missed bound is told,
 * not failed, because the machine decides part of it.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { positionals: names, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { resume: { type: 'boolean' }, seed: { type: 'string' }, count: { type: 'string' } },
  })
  const { resume = false } = values
  const repeat = { seed: Number(values.seed ?? 112), count: values.count === undefined ? null : Number(values.count) }
  const unknown = names.filter((name) => !(name in SECTIONS))
  if (unknown.length) {
    console.error(
      `No section ${unknown.join(', ')}. There are: ${Object.keys(SECTIONS).join(' ')} (and --resume, --seed N, --count N).`,
    )
    return 1
  }
  mkdirSync(RESULTS, { recursive: true })
  const results: Kept[] = []
  const failed: string[] = []
  const house = await openHouse()
  try {
    for (const name of names.length ? names : Object.keys(SECTIONS)) {
      const path = join(RESULTS, `${name}.json`)
      const kept = resume && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : null
      console.info(`\n── ${name}${kept ? `, kept from ${kept.finished_at}` : ''} ──`)
      try {
        const result = kept ?? (await runSection(name, house, repeat))
        if (!kept) writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`)
        console.info(table(result.figures))
        for (const note of result.notes) console.info(`  ${note}`)
        results.push(result)
      } catch (error) {
        rmSync(path, { force: true })
        failed.push(name)
        console.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      }
    }
  } finally {
    await house.close()
  }
  summarise(results, failed)
  return failed.length ? 1 : 0
}

async function runSection(section: string, house: House, repeat: Repeat): Promise<Kept> {
  const started = Date.now()
  const machine = { cores: cpus().length, load_before: loadavg()[0], node: process.version }
  try {
    const { figures, notes } = await SECTIONS[section](house, repeat)
    const seconds = Math.round((Date.now() - started) / 1000)
    const load = `${seconds} s on ${machine.cores} cores, load before ${machine.load_before.toFixed(1)}`
    return { section, finished_at: new Date().toISOString(), seconds, machine, figures, notes: [...notes, load] }
  } finally {
    await house.clear()
  }
}

function summarise(results: readonly Kept[], failed: readonly string[]): void {
  const figures = results.flatMap(({ section, figures }) => figures.map((figure) => ({ section, figure })))
  const missed = figures.filter(({ figure }) => isMet(figure) === false)
  const met = figures.filter(({ figure }) => isMet(figure) === true)
  if (missed.length)
    console.info(
      `\nMissed:\n${missed.map(({ section, figure }) => `  ${section}: ${table([figure]).split('\n')[2]}`).join('\n')}`,
    )
  if (failed.length) console.info(`\nFailed: ${failed.join(', ')}`)
  console.info(
    `\n${results.length} sections, ${met.length} bounds met, ${missed.length} missed, ${failed.length} sections failed`,
  )
}
