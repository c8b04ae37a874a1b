import type pg from 'pg'
import { wibDay, wibMonthRange } from '../../../geo/sla/shift.ts'
import { ask } from '../client.ts'
import { percentile, type Figure, type SectionResult } from '../figure.ts'
import type { DatabaseKind, House } from '../house.ts'
import { writeIncidents } from '../many_incidents.ts'

const ROUNDS = 3
const PLACED_WITHIN_MS = 300_000

interface Case {
  kind: DatabaseKind
  n: number
  /** How long the incidents are spread over, up to the end of the last whole month. */
  months: 1 | 120
  most: number
}
const CASES: readonly Case[] = [
  { kind: 'postgres', n: 1_000_000, months: 120, most: 1_000 },
  { kind: 'embedded', n: 100_000, months: 120, most: 3_000 },
  { kind: 'postgres', n: 1_000_000, months: 1, most: 1_000 },
]

const unplaced = async (sql: pg.Client) =>
  (await sql.query<{ n: number }>('select count(*)::integer as n from incident_figure where h3_10 is null')).rows[0].n

/** Figures of pages among a million incidents, in one month or over ten years (a hundred thousand on the embedded database), beside a bare count of them. */
export async function benchFigures(house: House): Promise<SectionResult> {
  const figures: Figure[] = []
  const notes: string[] = ['values are the median of ' + ROUNDS + ', the first asked before']
  const month = wibDay(Date.parse(`${wibDay(Date.now()).slice(0, 7)}-01T00:00:00+07:00`) - 1).slice(0, 7)
  const range = wibMonthRange(month)!
  const day = (at: number) => wibDay(at)
  for (const one of CASES) {
    if (one.kind === 'postgres' && house.postgres_missing) {
      notes.push(`PostgreSQL not run: ${house.postgres_missing}`)
      continue
    }
    const room = await house.room(one.kind)
    const sql = await room.sql()
    await writeIncidents(sql, one, range.to)
    const token = room.token('kabid')
    const spread = one.months === 1 ? 'in a month' : 'over ten years'
    const about = `${one.n} incidents ${spread}, ${one.kind}`
    const whole = { from: `${month}-01`, to: day(range.to) }
    const all = one.months === 1 ? whole : { from: day(range.from - 3653 * 86_400_000), to: whole.to }

    async function measure(
      what: string,
      path: string,
      span: { from: string; to: string },
      most: number | null,
    ): Promise<void> {
      const plain: number[] = []
      const spent: number[] = []
      for (let round = -1; round < ROUNDS; round++) {
        const began = performance.now()
        await sql.query(
          `select count(*) from incident where received_at >= ($1 || 'T00:00+07')::timestamptz and received_at < ($2 || 'T00:00+07')::timestamptz
             and not simulated and status not in ('cancelled', 'duplicate')`,
          [span.from, span.to],
        )
        if (round >= 0) plain.push(performance.now() - began)
        const { ms } = await ask('GET', `${room.url}${path}`, { token })
        if (process.env.BENCH_TRACE) console.error(what, about, Math.round(ms), Math.round(plain.at(-1) ?? 0))
        if (round >= 0) spent.push(ms)
      }
      figures.push({
        what: `${what}: ${about}`,
        measured: percentile(spent, 0.5),
        unit: 'ms',
        baseline: percentile(plain, 0.5),
        beside: 'a bare count of the period',
        bound: most === null ? null : { most },
      })
    }

    const edges = ({ from, to }: { from: string; to: string }) => `from=${from}&to=${to}`
    const began = performance.now()
    let left = await unplaced(sql)
    if (left > 0) {
      await measure('cells before any was written down', `/api/sla/cells?${edges(whole)}&stage=agent`, whole, null)
      while ((left = await unplaced(sql)) > 0 && performance.now() - began < PLACED_WITHIN_MS)
        await new Promise((done) => setTimeout(done, 1_000))
      figures.push({
        ...{ what: `cells written down: ${about}`, measured: (performance.now() - began) / 1000, unit: 's' },
        ...{ baseline: null, beside: '', bound: null },
      })
      if (left > 0) notes.push(`${left} without a cell after ${PLACED_WITHIN_MS / 1000} s`)
      await sql.query('vacuum analyze incident_figure')
    }
    for (const [name, span] of one.months === 1
      ? ([['', whole]] as const)
      : ([
          [' of a month', whole],
          [' of all', all],
        ] as const)) {
      await measure(`districts${name}`, `/api/stats/districts?${edges(span)}`, span, one.most)
      await measure(`cells${name}`, `/api/sla/cells?${edges(span)}&stage=opd`, span, one.most)
      for (const by of ['total', 'kelurahan', 'hour', 'agency', 'operator'])
        await measure(`performance by ${by}${name}`, `/api/stats/performance?${edges(span)}&by=${by}`, span, one.most)
    }
    await measure('hotspots of a month', `/api/hotspots?month=${month}`, whole, one.most)
    if (one.months > 1) await measure('evaluation of a month', `/api/reports/${month}`, whole, one.most)
    await house.clear()
  }
  return { figures, notes }
}
