/**
 * `npm run golden:r`: asks R for what tests/geo/stats/r.test.ts compares with, and records it here. Needs Rscript with spdep and survival
 * (Debian: r-cran-spdep, r-cran-survival) and the city's geodata beside the repository. Counts are invented; of the city only the
 * indices of its H3 cells are written down.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { cellsOf } from '../../../geo/coverage/cells.ts'
import { HOTSPOT_RESOLUTION } from '../../../geo/stats/hotspots.ts'
import { geodataDir, loadCity } from '../../geo/address/helpers/imported.ts'
import { inventedCounts, inventedDurations, inventedSeries, inventedShares, ringsOf } from './inputs.ts'

if (geodataDir === null) throw new Error('no geodata: set GEODATA_DIR to a folder with layers.json')
const cells = [...cellsOf(loadCity(geodataDir).areas.kelurahan, HOTSPOT_RESOLUTION).cells].sort()
const counts = inventedCounts(cells)
const durations = inventedDurations()
const folder = mkdtempSync(join(tmpdir(), 'golden-r-'))
const give = (name: string, lines: readonly string[]) =>
  writeFileSync(join(folder, `${name}.in`), `${lines.join('\n')}\n`)
const take = (name: string) =>
  readFileSync(join(folder, `${name}.out`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => z.array(z.number().nullable()).parse(JSON.parse(line)))
try {
  give('gi_star', [
    ...ringsOf(cells).map((near) => ['nb', ...near.map((i) => i + 1).sort((a, b) => a - b)].join(' ')),
    ...counts.map((x) => `x ${x.join(' ')}`),
  ])
  give(
    'mann_kendall',
    inventedSeries().map((x) => x.join(' ')),
  )
  give(
    'wilson',
    inventedShares().map((x) => x.join(' ')),
  )
  give(
    'kaplan_meier',
    durations.flatMap((of) => [of.map((d) => d.seconds).join(' '), of.map((d) => Number(d.ended)).join(' ')]),
  )
  execFileSync('Rscript', [join(import.meta.dirname, 'make.R'), folder], { stdio: 'inherit' })
  const made_by = readFileSync(join(folder, 'versions.out'), 'utf8').trim()
  const keep = (name: string, value: Record<string, unknown>) =>
    writeFileSync(join(import.meta.dirname, `${name}.json`), `${JSON.stringify({ made_by, ...value })}\n`)
  keep('gi_star', { cells, maps: take('gi_star').map((z, i) => ({ counts: counts[i], z })) })
  keep('mann_kendall', {
    series: take('mann_kendall').map(([tau, z, p], i) => ({ values: inventedSeries()[i], tau, z, p })),
  })
  keep('wilson', { shares: take('wilson').map(([low, high], i) => ({ of: inventedShares()[i], low, high })) })
  keep('kaplan_meier', {
    curves: take('kaplan_meier').map(([median, low, high], i) => ({
      seconds: durations[i].map((d) => d.seconds),
      ended: durations[i].map((d) => d.ended),
      median,
      low,
      high,
    })),
  })
  console.info(`${cells.length} cells; ${made_by}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
