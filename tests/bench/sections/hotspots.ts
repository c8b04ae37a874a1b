import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giStar } from '../../../geo/stats/gi_star.ts'
import { hotspotStudy } from '../../../geo/wire/hotspots.ts'
import { ringsOf } from '../../golden/r/inputs.ts'
import { ask } from '../client.ts'
import { latencies, percentile, type Figure, type SectionResult } from '../figure.ts'
import { importCity, type DatabaseKind, type House } from '../house.ts'

const ROUNDS = 15
const MONTH = '2026-10'
/** Over ten years: what README promises of each database. */
const INCIDENTS: Record<DatabaseKind, { n: number; most: number }> = {
  postgres: { n: 1_000_000, most: 1_000 },
  embedded: { n: 100_000, most: 3_000 },
}

/** R's own milliseconds for localG of the same counts, its start and the weights left out; null without R or spdep. */
function byR(counts: readonly number[], near: readonly (readonly number[])[]): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'bench-r-'))
  try {
    writeFileSync(join(folder, 'x'), counts.join(' '))
    writeFileSync(join(folder, 'nb'), near.map((of) => of.map((i) => i + 1).join(' ') || '0').join('\n'))
    const script = `suppressPackageStartupMessages(library(spdep)); x <- scan("${folder}/x", quiet = TRUE)
nb <- lapply(strsplit(readLines("${folder}/nb"), " "), as.integer); class(nb) <- "nb"; attr(nb, "region.id") <- as.character(seq_along(nb))
w <- nb2listw(include.self(nb), style = "B", zero.policy = TRUE); localG(x, w, zero.policy = TRUE)
t <- system.time(for (i in 1:200) localG(x, w, zero.policy = TRUE)); writeLines(format(t[["elapsed"]] / 200 * 1000), "${folder}/ms")`
    execFileSync('Rscript', ['-e', script], { stdio: 'ignore', timeout: 60_000 })
    return Number(readFileSync(join(folder, 'ms'), 'utf8'))
  } catch {
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A month's study over HTTP among ten years of incidents, on both databases, beside the bare reading of its rows and R's Gi*. */
export async function benchHotspots(house: House): Promise<SectionResult> {
  const figures: Figure[] = []
  const notes: string[] = []
  for (const kind of ['postgres', 'embedded'] as const) {
    if (kind === 'postgres' && house.postgres_missing) {
      notes.push(`PostgreSQL not run: ${house.postgres_missing}`)
      continue
    }
    const { n, most } = INCIDENTS[kind]
    const room = await house.room(kind)
    if (house.geodata) await importCity(room, house.geodata)
    const token = room.token('planner')
    const sql = await room.sql()
    await sql.query(
      `insert into incident (number, incident_type, priority, status, location, accuracy_m, inside_city, received_at, simulated, created_by, created_at)
       select 'UKUR-' || i, t.codes[1 + (i::bigint * 7919) % cardinality(t.codes)], 3, 'closed',
         st_setsrid(st_makepoint(109.64 + 0.09 * ((i::bigint * 2654435761) % 1000003) / 1000003.0, -6.94 + 0.09 * ((i::bigint * 40503) % 999983) / 999983.0), 4326),
         20 + i % 100, true, a.at, false, 'bench', a.at
       from generate_series(1, ${n}) as i, (select array_agg(code order by code) as codes from incident_type) t,
         lateral (select '2016-11-15+07'::timestamptz + i * (interval '10 years' / ${n}) as at) a`,
    )
    await sql.query('analyze incident')
    const plain: number[] = []
    const spent: number[] = []
    let text = ''
    for (let round = -2; round < ROUNDS; round++) {
      const began = performance.now()
      await sql.query(
        `select incident_type, st_x(location), st_y(location), received_at from incident where received_at >= '2025-10-01+07' and received_at < '2026-11-01+07'`,
      )
      if (round >= 0) plain.push(performance.now() - began)
      const answer = await ask('GET', `${room.url}/api/hotspots/study?month=${MONTH}`, { token })
      if (answer.status !== 200) throw new Error(answer.text)
      if (round >= 0) spent.push(answer.ms)
      text = answer.text
    }
    figures.push(
      ...latencies(
        `study of a month among ${n} incidents, ${kind}`,
        spent,
        { beside: 'its thirteen months read by SQL', values: plain },
        most,
      ),
    )
    const study = hotspotStudy.parse(JSON.parse(text))
    const cells = study.cells.map(({ h3 }) => h3)
    const counts = study.cells.map(({ incidents }) => incidents)
    const near = ringsOf(cells)
    const alone = Array.from({ length: 200 }, () => {
      const began = performance.now()
      giStar(counts, near)
      return performance.now() - began
    })
    const theirs = kind === 'postgres' || house.postgres_missing ? byR(counts, near) : null
    if (theirs === null) continue
    figures.push({
      what: `Gi* of ${cells.length} cells, p50 of ${alone.length}`,
      measured: percentile(alone, 0.5),
      unit: 'ms',
      baseline: theirs,
      beside: 'R, spdep localG, mean of 200',
      bound: null,
    })
  }
  if (!figures.some(({ beside }) => beside.startsWith('R,')))
    notes.push('R with spdep is not here: Gi* alone not set beside it')
  return { figures, notes }
}
