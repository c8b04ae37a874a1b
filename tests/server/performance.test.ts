import type pg from 'pg'
import { latLngToCell } from 'h3-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AGENT_LIMIT_SECONDS, FIRE_ON_SCENE_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../geo/sla/limits.ts'
import { shiftAt, wibHour, wibMonthRange } from '../../geo/sla/shift.ts'
import { quantileSeconds } from '../../geo/stats/kaplan_meier.ts'
import { durationsOf, stageFigures, type StageRow } from '../../geo/stats/stage_figures.ts'
import { wilson } from '../../geo/stats/wilson.ts'
import { performance, type PerformanceBy, type PerformanceRow } from '../../geo/wire/performance.ts'
import { district, slaCell, type StageFigures } from '../../geo/wire/stats.ts'
import { countHistory } from '../../server/stats/hotspot_cells.ts'
import { readCounts, readHistory } from '../../server/stats/hotspot_history.ts'
import { placeFigures } from '../../server/jobs/figure_cells.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const OCTOBER = wibMonthRange('2026-10')!
const PERIOD = 'from=2026-10-01&to=2026-11-01'
/** The server's own: after the month, so that what is open runs. */
const NOW = Date.parse('2026-11-01T09:00:00+07:00')
const STATUSES = [
  'received',
  'verified',
  'dispatched',
  'handling',
  'resolved',
  'closed',
  'cancelled',
  'duplicate',
  'handed_over',
]
const OPERATORS = ['operator:agen1', 'supervisor:agen1', 'operator:agen2', 'integration:1a2b3c4d']
const TYPES = ['kebakaran', 'rob', 'pohon_tumbang']

interface Case {
  number: string
  incident_type: string
  priority: number
  status: string
  kelurahan_code: string | null
  lon: number
  lat: number
  received_at: number
  dispatched_at: number | null
  on_scene_at: number | null
  resolved_at: number | null
  ended_at: number | null
  late_entry: boolean
  simulated: boolean
  created_by: string
}

let server: TestServer
let sql: pg.Client
let token: string
let leader: string
let kelurahan: { code: string; kecamatan_code: string }[]
let cases: Case[]

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** Incidents of every kind, some at the very edges of the month. */
function randomCases(n: number): Case[] {
  const random = seededRandom(25)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
  const EDGES = [OCTOBER.from, OCTOBER.from - 1, OCTOBER.to - 1, OCTOBER.to]
  return Array.from({ length: n }, (_, i) => {
    const received_at =
      i < EDGES.length ? EDGES[i] : Math.floor(OCTOBER.from + (random() * 1.1 - 0.05) * (OCTOBER.to - OCTOBER.from))
    const status = i < EDGES.length ? 'closed' : pick(STATUSES)
    const open = ['received', 'verified', 'dispatched', 'handling'].includes(status)
    const late_entry = random() < 0.1
    const gone = random() < 0.9
    const dispatched_at =
      ['received', 'verified'].includes(status) || (!gone && !open) || (late_entry && random() < 0.5)
        ? null
        : received_at + Math.floor(random() * 600_000)
    const ended = ['resolved', 'closed'].includes(status) && dispatched_at !== null
    return {
      number: `112-P-${i}`,
      incident_type: pick(TYPES),
      priority: 1 + Math.floor(random() * 4),
      status,
      kelurahan_code: random() < 0.05 ? null : pick(kelurahan).code,
      lon: 109.64 + random() * 0.06,
      lat: -6.93 + random() * 0.06,
      received_at,
      dispatched_at,
      on_scene_at: dispatched_at !== null && random() < 0.6 ? dispatched_at + Math.floor(random() * 1_000_000) : null,
      resolved_at: ended && random() < 0.95 ? dispatched_at! + Math.floor(random() * 5_000_000) : null,
      ended_at: ['cancelled', 'duplicate', 'handed_over'].includes(status)
        ? received_at + Math.floor(random() * 600_000)
        : null,
      late_entry,
      simulated: random() < 0.2,
      created_by: pick(OPERATORS),
    }
  })
}

async function fill(): Promise<void> {
  const wire = cases.map((c) => ({
    ...c,
    ...{ received_at: iso(c.received_at), dispatched_at: iso(c.dispatched_at), on_scene_at: iso(c.on_scene_at) },
    ...{ resolved_at: iso(c.resolved_at), ended_at: iso(c.ended_at) },
  }))
  await sql.query(
    `insert into incident (number, incident_type, priority, status, location, accuracy_m, kelurahan_code, inside_city, received_at, dispatched_at,
       on_scene_at, resolved_at, ended_at, late_entry, simulated, created_by, created_at)
     select number, incident_type, priority, status, st_setsrid(st_makepoint(lon, lat), 4326), 10, kelurahan_code, true, received_at, dispatched_at,
       on_scene_at, resolved_at, ended_at, late_entry, simulated, created_by, received_at
     from jsonb_to_recordset($1::jsonb) as c (number text, incident_type text, priority smallint, status text, kelurahan_code text, lon float8, lat float8,
       received_at timestamptz, dispatched_at timestamptz, on_scene_at timestamptz, resolved_at timestamptz, ended_at timestamptz, late_entry boolean,
       simulated boolean, created_by text)`,
    [JSON.stringify(wire)],
  )
}

/** The definitions of DESIGN, from the instants alone. */
function stagesOf(c: Case): Record<'agent' | 'opd' | 'fire', StageRow> {
  const lost = c.late_entry || ['resolved', 'closed', 'handed_over'].includes(c.status)
  const row = (from: number | null, to: number | null, counted: boolean): StageRow => {
    if (!counted || from === null) return { state: 'not_begun', seconds: null }
    if (to !== null) return { state: 'ended', seconds: Math.max(0, to - from) / 1000 }
    return lost ? { state: 'missing', seconds: null } : { state: 'running', seconds: Math.max(0, NOW - from) / 1000 }
  }
  const handed = c.status === 'handed_over'
  const agent = row(c.received_at, c.dispatched_at ?? (handed && !c.late_entry ? c.ended_at : null), true)
  const opd =
    c.dispatched_at === null && lost && !handed
      ? ({ state: 'missing', seconds: null } as const)
      : row(c.dispatched_at, handed ? null : c.resolved_at, !handed)
  const over = c.on_scene_at === null && c.resolved_at !== null
  const fire =
    over && !handed
      ? ({ state: 'missing', seconds: null } as const)
      : row(c.received_at, c.on_scene_at, !handed || c.on_scene_at !== null)
  return { agent, opd, fire: c.incident_type.startsWith('kebakaran') ? fire : { state: 'not_begun', seconds: null } }
}

const LIMITS = { agent: AGENT_LIMIT_SECONDS, opd: OPD_LIMIT_SECONDS, fire: FIRE_ON_SCENE_LIMIT_SECONDS }
const counted = () =>
  cases.filter(
    (c) =>
      !c.simulated &&
      !['cancelled', 'duplicate'].includes(c.status) &&
      c.received_at >= OCTOBER.from &&
      c.received_at < OCTOBER.to,
  )

function brute(of: readonly Case[], stage: 'agent' | 'opd' | 'fire') {
  const rows = of.map((c) => stagesOf(c)[stage])
  const figures = stageFigures(rows, LIMITS[stage])
  const met = figures.n - figures.breached
  const at = (share: number) => quantileSeconds(durationsOf(rows), share)
  return {
    ...figures,
    ...{ p50_seconds: at(0.5), p75_seconds: at(0.75), p90_seconds: at(0.9), p95_seconds: at(0.95) },
    compliance: { n: figures.n, count: met, ...wilson(met, figures.n) },
  }
}

/** Shares differ in their last digit: SQL and we multiply in another order. */
const near = (value: unknown, digits = 9): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, v: unknown) =>
      typeof v === 'number' && !Number.isInteger(v) ? Number(v.toFixed(digits)) : v,
    ),
  )

const rowsOf = async (by: PerformanceBy, as = token): Promise<PerformanceRow[]> => {
  const { status, body } = await server.call('GET', `/api/stats/performance?${PERIOD}&by=${by}`, { token: as })
  expect(status).toBe(200)
  return performance.parse(body).rows
}

beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(NOW) })
  sql = await server.running.services.db.client()
  token = await server.token('planner')
  leader = await server.token('leader')
  kelurahan = (await sql.query('select code, kecamatan_code from kelurahan order by code')).rows
  cases = randomCases(1200)
  await sql.query(`insert into account (login, role) values ('agen1', 'operator'), ('agen2', 'operator')`)
  await fill()
})
afterAll(async () => {
  await sql?.end()
  await server?.stop()
})

const keyOf: Partial<Record<PerformanceBy, (c: Case) => string | null>> = {
  total: () => 'total',
  incident_type: (c) => c.incident_type,
  priority: (c) => String(c.priority),
  kelurahan: (c) => c.kelurahan_code,
  kecamatan: (c) => kelurahan.find(({ code }) => code === c.kelurahan_code)?.kecamatan_code ?? null,
  shift: (c) => shiftAt(c.received_at).shift,
  hour: (c) => String(wibHour(c.received_at)),
  weekday: (c) => String(((new Date(c.received_at + 7 * 3_600_000).getUTCDay() + 6) % 7) + 1),
  operator: (c) =>
    ({ 'operator:agen1': 'agen1', 'supervisor:agen1': 'agen1', 'operator:agen2': 'agen2' })[c.created_by] ??
    c.created_by,
}

describe('GET /api/stats/performance', () => {
  it('agrees with brute force by every group of incidents, edges of the month included', async () => {
    for (const [by, key] of Object.entries(keyOf) as [PerformanceBy, (c: Case) => string | null][]) {
      const rows = await rowsOf(by, leader)
      const groups = new Map<string | null, Case[]>()
      for (const c of counted()) groups.set(key(c), [...(groups.get(key(c)) ?? []), c])
      for (const row of rows) {
        const of = groups.get(row.key) ?? []
        expect([by, row.key, row.incidents]).toEqual([by, row.key, of.length])
        expect(row.late_entries).toBe(of.filter((c) => c.late_entry).length)
        expect(row.open).toBe(
          of.filter((c) => ['received', 'verified', 'dispatched', 'handling', 'resolved'].includes(c.status)).length,
        )
        for (const stage of ['agent', 'opd', 'fire'] as const) expect(near(row[stage])).toEqual(near(brute(of, stage)))
      }
      const keys = rows.map((row) => row.key)
      expect([...groups.keys()].filter((one) => !keys.includes(one))).toEqual([])
    }
  })

  it('is the same number on districts, cells and performance, before and after their cells are written down', async () => {
    const [total] = await rowsOf('total')
    const common = ({ n, breached, running }: StageFigures) => ({ n, breached, running })
    const sum = (rows: { n: number; breached: number; running: number }[]) =>
      rows.reduce((a, b) => ({ n: a.n + b.n, breached: a.breached + b.breached, running: a.running + b.running }), {
        n: 0,
        breached: 0,
        running: 0,
      })
    for (const level of ['kelurahan', 'kecamatan'] as const) {
      const { body } = await server.call('GET', `/api/stats/districts?${PERIOD}&level=${level}`, { token })
      const rows = await rowsOf(level)
      for (const one of z.array(district).parse(body)) {
        const row = rows.find(({ key }) => key === one.code)!
        expect([one.incidents, one.agent, one.opd]).toMatchObject([row.incidents, {}, {}])
        for (const stage of ['agent', 'opd'] as const) expect(row[stage]).toMatchObject(one[stage])
      }
    }
    const db = server.running.services.db
    const cellsOf = async (resolution: number, stage: string) =>
      z
        .array(slaCell)
        .parse(
          (await server.call('GET', `/api/sla/cells?${PERIOD}&resolution=${resolution}&stage=${stage}`, { token }))
            .body,
        )
    await sql.query('update incident_figure set h3_7 = null, h3_8 = null, h3_9 = null, h3_10 = null')
    const before = await Promise.all(
      [7, 9].flatMap((resolution) => ['agent', 'opd', 'fire'].map((stage) => cellsOf(resolution, stage))),
    )
    for (const [i, stage] of (['agent', 'opd', 'fire'] as const).entries())
      expect(sum(before[i])).toEqual(common(total[stage]))
    await placeFigures(db, 400)
    const half = await cellsOf(9, 'opd')
    while ((await placeFigures(db, 500)) > 0);
    expect(half).toEqual(before[4])
    // Hotspots count by those cells too.
    for (const incident_type of [undefined, 'rob']) {
      const services = server.running.services
      const query = { month: '2026-10', incident_type }
      const { counted: by_database } = await readCounts(services, query, new Date(NOW))
      expect(near(by_database, 4)).toEqual(near(countHistory(await readHistory(services, query, new Date(NOW))), 4))
    }
    expect(
      await Promise.all(
        [7, 9].flatMap((resolution) => ['agent', 'opd', 'fire'].map((stage) => cellsOf(resolution, stage))),
      ),
    ).toEqual(before)
    const some = counted()[5]
    const h3 = latLngToCell(some.lat, some.lon, 9)
    const here = counted().filter((c) => latLngToCell(c.lat, c.lon, 9) === h3)
    const { missing: _, ...figures } = stageFigures(
      here.map((c) => stagesOf(c).opd),
      OPD_LIMIT_SECONDS,
    )
    expect(near(before[4].find((cell) => cell.h3 === h3))).toMatchObject(near(figures) as object)
  })

  it('counts calls by shift and by who answered: shares of all, waits with the unanswered censored', async () => {
    const random = seededRandom(26)
    const calls = Array.from({ length: 400 }, () => {
      const rang_at = Math.floor(OCTOBER.from + (random() * 1.1 - 0.05) * (OCTOBER.to - OCTOBER.from))
      const answered = random() < 0.8
      return {
        rang_at,
        answered_at: answered ? rang_at + Math.floor(random() * 40_000) : null,
        ended_at: random() < 0.9 ? rang_at + 40_000 + Math.floor(random() * 40_000) : null,
        kind: random() < 0.1 ? null : ['real', 'prank', 'ghost', 'information'][Math.floor(random() * 4)],
        rings: random() < 0.8,
        blocked: random() < 0.1,
        answered_by: answered ? ['agen1', 'agen2'][Math.floor(random() * 2)] : null,
        simulated: random() < 0.1,
      }
    })
    await sql.query(
      `insert into call (rang_at, answered_at, ended_at, kind, rings, blocked_until, answered_by, simulated, created_by)
       select rang_at, answered_at, ended_at, kind, rings, case when blocked then rang_at end, answered_by, simulated, 'operator:agen2'
       from jsonb_to_recordset($1::jsonb) as c (rang_at timestamptz, answered_at timestamptz, ended_at timestamptz, kind text, rings boolean, blocked boolean,
         answered_by text, simulated boolean)`,
      [
        JSON.stringify(
          calls.map((c) => ({
            ...c,
            rang_at: iso(c.rang_at),
            answered_at: iso(c.answered_at),
            ended_at: iso(c.ended_at),
          })),
        ),
      ],
    )
    const ofMonth = calls.filter((c) => !c.simulated && c.rang_at >= OCTOBER.from && c.rang_at < OCTOBER.to)
    const expected = (of: typeof calls) => {
      const share = (count: number, n: number) => ({ n, count, ...wilson(count, n) })
      const owed = of.filter((c) => c.rings && !c.blocked)
      const waits = owed.map((c) => ({
        seconds: Math.round(((c.answered_at ?? c.ended_at ?? NOW) - c.rang_at) / 1000),
        ended: c.answered_at !== null,
      }))
      const over = owed.filter((c) => c.answered_at !== null || c.ended_at !== null)
      const within = (s: number) =>
        share(owed.filter((c) => c.answered_at !== null && c.answered_at - c.rang_at <= s * 1000).length, over.length)
      const at = (p: number) => quantileSeconds(waits, p)
      return {
        calls: of.length,
        unsorted: of.filter((c) => c.kind === null).length,
        prank: share(of.filter((c) => c.kind === 'prank').length, of.length),
        ghost: share(of.filter((c) => c.kind === 'ghost').length, of.length),
        answer: {
          ...{
            n: over.length,
            unanswered: over.filter((c) => c.answered_at === null).length,
            within_15: within(15),
            within_20: within(20),
          },
          ...{ p50_seconds: at(0.5), p75_seconds: at(0.75), p90_seconds: at(0.9), p95_seconds: at(0.95) },
        },
      }
    }
    for (const row of await rowsOf('shift'))
      expect(near(row.calls)).toEqual(near(expected(ofMonth.filter((c) => shiftAt(c.rang_at).shift === row.key))))
    const whose = (c: (typeof calls)[number]) => c.answered_by ?? (c.rings ? null : 'agen2')
    const operators = await rowsOf('operator', leader)
    for (const row of operators)
      if (row.key === 'agen1' || row.key === null)
        expect(near(row.calls)).toEqual(near(expected(ofMonth.filter((c) => whose(c) === row.key))))
    const agen1 = operators.find(({ key }) => key === 'agen1')!
    const mine = counted().filter((c) => c.created_by.endsWith(':agen1'))
    expect(agen1.mix!.by_type).toEqual(
      Object.fromEntries(TYPES.map((type) => [type, mine.filter((c) => c.incident_type === type).length])),
    )
    expect(agen1.mix!.by_shift.malam).toBe(mine.filter((c) => shiftAt(c.received_at).shift === 'malam').length)
  })

  it('tells what agencies did themselves, and counts an incident in each that was sent', async () => {
    const random = seededRandom(27)
    const { rows: agencies } = await sql.query<{ id: string }>(
      'select id from agency where active order by code limit 2',
    )
    const statuses = ['notified', 'en_route', 'on_scene', 'done', 'declined', 'cancelled']
    const sent = cases.slice(0, 500).map((c, i) => {
      const status = statuses[Math.floor(random() * statuses.length)]
      const notified_at = c.received_at + 100_000
      const step = (from: number | null, ...when: string[]) =>
        from !== null && when.includes(status) ? from + Math.floor(random() * 1_500_000) : null
      const en_route_at = step(notified_at, 'en_route', 'on_scene', 'done')
      const on_scene_at = step(en_route_at, 'on_scene', 'done')
      return {
        ...{ c, number: c.number, agency_id: agencies[i % 2].id, status, notified_at, en_route_at, on_scene_at },
        ...{
          done_at: step(on_scene_at, 'done'),
          declined_at: step(notified_at, 'declined'),
          cancelled_at: step(notified_at, 'cancelled'),
        },
      }
    })
    await sql.query(
      `insert into assignment (incident_id, agency_id, status, notified_at, en_route_at, on_scene_at, done_at, declined_at, cancelled_at, simulated, created_by)
       select i.id, a.agency_id, a.status, a.notified_at, a.en_route_at, a.on_scene_at, a.done_at, a.declined_at, a.cancelled_at, i.simulated, 'test'
       from jsonb_to_recordset($1::jsonb) as a (number text, agency_id uuid, status text, notified_at timestamptz, en_route_at timestamptz,
         on_scene_at timestamptz, done_at timestamptz, declined_at timestamptz, cancelled_at timestamptz) join incident i using (number)`,
      [
        JSON.stringify(
          sent.map(({ c: _, ...a }) => ({
            ...{
              ...a,
              notified_at: iso(a.notified_at),
              en_route_at: iso(a.en_route_at),
              on_scene_at: iso(a.on_scene_at),
            },
            ...{ done_at: iso(a.done_at), declined_at: iso(a.declined_at), cancelled_at: iso(a.cancelled_at) },
          })),
        ),
      ],
    )
    const within = new Set(counted())
    const rows = await rowsOf('agency')
    for (const { id } of agencies) {
      const row = rows.find(({ key }) => key === id)!
      const of = sent.filter((a) => a.agency_id === id && within.has(a.c))
      const kept = of.filter((a) => !['declined', 'cancelled'].includes(a.status))
      for (const stage of ['agent', 'opd', 'fire'] as const)
        expect(near(row[stage])).toEqual(
          near(
            brute(
              kept.map(({ c }) => c),
              stage,
            ),
          ),
        )
      const timely = of.filter((a) => !a.c.late_entry)
      const part = (
        began: (a: (typeof sent)[number]) => number | null,
        ended: (a: (typeof sent)[number]) => number | null,
      ) => {
        const begun = timely.filter((a) => began(a) !== null)
        const durations = begun.map((a) => {
          const until = ended(a) ?? a.done_at ?? a.declined_at ?? a.cancelled_at ?? NOW
          return { seconds: Math.round(Math.max(0, until - began(a)!) / 1000), ended: ended(a) !== null }
        })
        const at = (p: number) => quantileSeconds(durations, p)
        const n = durations.filter((d) => d.ended).length
        return {
          n,
          open: durations.length - n,
          missing: 0,
          p50_seconds: at(0.5),
          p75_seconds: at(0.75),
          p90_seconds: at(0.9),
          p95_seconds: at(0.95),
        }
      }
      expect(row.own).toMatchObject({
        assignments: timely.length,
        declined: timely.filter(({ status }) => status === 'declined').length,
        turnout: part(
          (a) => a.notified_at,
          (a) => a.en_route_at,
        ),
        travel: part(
          (a) => a.en_route_at,
          (a) => a.on_scene_at,
        ),
        on_scene: part(
          (a) => a.on_scene_at,
          (a) => a.done_at,
        ),
      })
      const clock = timely
        .filter((a) => !['declined', 'cancelled'].includes(a.status))
        .map((a): StageRow =>
          a.done_at === null
            ? { state: 'running', seconds: Math.max(0, NOW - a.notified_at) / 1000 }
            : { state: 'ended', seconds: (a.done_at - a.notified_at) / 1000 },
        )
      expect(near(row.own!.clock)).toMatchObject(near(stageFigures(clock, OPD_LIMIT_SECONDS)) as object)
    }
  })

  it('tells real from simulated, and who may not ask', async () => {
    const [total] = await rowsOf('total')
    expect(total.incidents).toBe(counted().length)
    expect(cases.some((c) => c.simulated)).toBe(true)
    for (const role of ['planner', 'supervisor', 'admin'] as const)
      expect(
        (await server.call('GET', `/api/stats/performance?${PERIOD}&by=operator`, { token: await server.token(role) }))
          .status,
      ).toBe(403)
    expect(
      (await server.call('GET', `/api/stats/performance?${PERIOD}`, { token: await server.token('operator') })).status,
    ).toBe(403)
    const { status, body } = await server.call<{ errors: { field: string }[] }>(
      'GET',
      '/api/stats/performance?by=umur',
      { token },
    )
    expect([status, body.errors[0].field]).toEqual([422, 'by'])
  })

  it('is kept in step with what becomes of incidents', async () => {
    const same = async () => {
      const columns =
        'incident_id, received_at, lon, lat, agent, opd, fire, dispatched_at, simulated, counted, open, late_entry, priority, kelurahan_code, incident_type, created_by'
      const { rows } = await sql.query(
        `select count(*)::int as n from ((select ${columns} from incident_figure except all select ${columns.replaceAll(/(\w+)/g, 'f.$1')} from incident i, incident_figure_of(i) f)
           union all (select ${columns.replaceAll(/(\w+)/g, 'f.$1')} from incident i, incident_figure_of(i) f except all select ${columns} from incident_figure)) d`,
      )
      return rows[0].n
    }
    expect(await same()).toBe(0)
    await sql.query(
      `update incident set status = 'closed', resolved_at = coalesce(resolved_at, received_at + interval '900.6 s') where number like '112-P-1%'`,
    )
    await sql.query(
      `update incident set location = st_setsrid(st_makepoint(109.67, -6.9), 4326), kelurahan_code = null where number like '112-P-2%'`,
    )
    await sql.query(`delete from incident where number like '112-P-99_'`)
    expect(await same()).toBe(0)
    const { rows } = await sql.query(
      `select count(*) filter (where h3_10 is null)::int as unplaced, count(*) filter (where i.number like '112-P-2%')::int as moved
       from incident_figure f join incident i on i.id = f.incident_id`,
    )
    expect(rows[0].unplaced).toBe(rows[0].moved)
    // As a start does it that finds them missing.
    await sql.query('delete from incident_figure')
    for (let last: unknown = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' }; last !== null;)
      last = (
        await sql.query(
          `select incident_figure_fill(($1::jsonb ->> 'at')::timestamptz, ($1::jsonb ->> 'id')::uuid, 300) as last`,
          [last],
        )
      ).rows[0].last
    expect(await same()).toBe(0)
  })

  it('takes a late entry whose year was mistyped, and goes on telling figures', async () => {
    const supervisor = await server.token('supervisor')
    const answer = await server.call<{ incident: { id: string } }>('POST', '/api/incidents', {
      token: supervisor,
      body: {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.67, -6.89] },
        received_at: '1926-10-05T10:00:00+07:00',
        dispatched_at: '2026-10-05T10:03:00+07:00',
        resolved_at: '2026-10-05T10:20:00+07:00',
      },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const { rows } = await sql.query('select agent, opd from incident_figure where incident_id = $1', [
      answer.body.incident.id,
    ])
    // 17 years stand for whatever is longer, late as it is; the other stage is its own.
    expect(rows).toEqual([{ agent: 2 * (2 ** 29 - 1) + 1, opd: 2 * 17 * 60 }])
    for (const path of [
      '/api/stats/performance?from=1926-01-01&to=1927-01-01&by=total',
      '/api/stats/performance?from=1926-01-01&to=1927-01-01&by=agency',
      '/api/stats/districts?from=1926-01-01&to=1927-01-01',
      '/api/sla/cells?from=1926-01-01&to=1927-01-01&stage=agent',
      '/api/sla/surface?from=1926-01-01&to=1927-01-01&stage=agent',
    ])
      expect((await server.call('GET', path, { token })).status, path).toBe(200)
  })
})
