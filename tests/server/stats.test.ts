import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incidentClocks } from '../../geo/sla/incident_clocks.ts'
import { AGENT_LIMIT_SECONDS, FIRE_ON_SCENE_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../geo/sla/limits.ts'
import { wibMonthRange } from '../../geo/sla/shift.ts'
import { medianSeconds } from '../../geo/stats/kaplan_meier.ts'
import { codedStage, stageCode } from '../../geo/stats/stage_code.ts'
import { stageFigures } from '../../geo/stats/stage_figures.ts'
import type { StageRow } from '../../geo/stats/stage_figures.ts'
import { wilson } from '../../geo/stats/wilson.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { district } from '../../geo/wire/stats.ts'
import type { AgencyFigures, District } from '../../geo/wire/stats.ts'
import type { BeforeRow } from '../../geo/stats/previous.ts'
import type { Connected } from '../../server/db/connect.ts'
import { readIncidentTypes } from '../../server/city/incident_types.ts'
import { openTestDatabase } from '../helpers/database.ts'
import { seededRandom } from '../helpers/random.ts'

const OCTOBER = wibMonthRange('2026-10')!
const NOW = Date.parse('2026-11-01T09:00:00+07:00')
interface Case {
  number: string
  incident_type: string
  status: Incident['status']
  kelurahan_code: string | null
  received_at: number
  dispatched_at: number | null
  resolved_at: number | null
  ended_at: number | null
  on_scene_at?: number | null
  late_entry: boolean
  simulated: boolean
}

/** The built-in city's, as the database has them. */
let DISTRICTS: { code: string; name: string; kecamatan_code: string; kecamatan: string; population: number }[]
let connected: Connected
let sql: pg.Client
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

const rows = <T>(name: string, params: Record<string, unknown>) => connected.db.rows<T>(name, params)
const period = (more: Record<string, unknown> = {}) => ({
  from: iso(OCTOBER.from),
  to: iso(OCTOBER.to),
  now: iso(NOW),
  simulated: false,
  ...more,
})
const districts = (more: Record<string, unknown> = {}) =>
  rows<District>('stats_districts', period({ level: 'kelurahan', ...more }))

beforeAll(async () => {
  connected = await openTestDatabase()
  sql = await connected.db.client()
  DISTRICTS = (await sql.query('select code, name, kecamatan_code, kecamatan, population from kelurahan order by code'))
    .rows
  // A retired version beside the live one must not double anything.
  await sql.query(`with old as (insert into layer_version (layer, status) values ('kelurahan', 'retired') returning id)
    insert into layer_kelurahan select old.id, k.code, k.name, k.kecamatan_code, k.kecamatan, k.population, k.population_year, k.postcode, k.geom from old, kelurahan k`)
})
afterAll(async () => {
  await sql?.end()
  await connected?.close()
})

let serial = 0
const example = (more: Partial<Case> = {}): Case => ({
  number: `112-T-${++serial}`,
  incident_type: 'kebakaran',
  status: 'received',
  kelurahan_code: DISTRICTS[0].code,
  received_at: OCTOBER.from,
  dispatched_at: null,
  resolved_at: null,
  ended_at: null,
  late_entry: false,
  simulated: false,
  ...more,
})

/** Replaces all incidents; each brings one call at the moment it was received. */
async function fill(cases: Case[]): Promise<void> {
  await sql.query('delete from assignment; delete from call; delete from incident')
  const wire = cases.map((c) => ({
    ...c,
    received_at: iso(c.received_at),
    dispatched_at: iso(c.dispatched_at),
    resolved_at: iso(c.resolved_at),
    ended_at: iso(c.ended_at),
    on_scene_at: iso(c.on_scene_at ?? null),
  }))
  await sql.query(
    `insert into incident (number, incident_type, priority, status, location, accuracy_m, kelurahan_code, inside_city, received_at, dispatched_at,
       resolved_at, ended_at, on_scene_at, late_entry, simulated, created_by, created_at)
     select number, incident_type, 1, status, ST_SetSRID(ST_MakePoint(109.67, -6.89), 4326), 10, kelurahan_code, true, received_at, dispatched_at,
       resolved_at, ended_at, on_scene_at, late_entry, simulated, 'test', received_at
     from jsonb_to_recordset($1::jsonb) as c (number text, incident_type text, status text, kelurahan_code text, received_at timestamptz,
       dispatched_at timestamptz, resolved_at timestamptz, ended_at timestamptz, on_scene_at timestamptz, late_entry boolean, simulated boolean)`,
    [JSON.stringify(wire)],
  )
  await sql.query(
    `insert into call (rang_at, kind, incident_id, simulated, created_by) select received_at, 'real', id, simulated, 'test' from incident`,
  )
}
const first = async (more: Record<string, unknown> = {}) => (await districts(more))[0]
const closed = (received_at: number, agent_s: number, opd_s: number, more: Partial<Case> = {}) =>
  example({
    status: 'closed',
    received_at,
    dispatched_at: received_at + agent_s * 1000,
    resolved_at: received_at + (agent_s + opd_s) * 1000,
    ...more,
  })

describe('SQL and geo/ say the same', () => {
  it('limits', async () => {
    const limit = async (stage: string) =>
      (await sql.query<{ s: number }>('select stats_limit_seconds($1) as s', [stage])).rows[0].s
    expect(await limit('agent')).toBe(AGENT_LIMIT_SECONDS)
    expect(await limit('opd')).toBe(OPD_LIMIT_SECONDS)
    expect(await limit('fire')).toBe(FIRE_ON_SCENE_LIMIT_SECONDS)
  })

  it('Wilson', async () => {
    const { rows: all } = await sql.query<{ k: number; n: number; low: number; high: number }>(
      'select k, n, w.* from generate_series(1, 40) n, generate_series(0, n) k, stats_wilson(k, n) w',
    )
    expect(all).toHaveLength(860)
    for (const { k, n, low, high } of all) {
      expect(low).toBeCloseTo(wilson(k, n).low!, 12)
      expect(high).toBeCloseTo(wilson(k, n).high!, 12)
    }
    const none = await sql.query('select * from stats_wilson(0, 0)')
    expect(none.rows).toEqual([{ low: null, high: null }])
  })

  it('Kaplan-Meier median, on random histograms', async () => {
    const random = seededRandom(71)
    for (let round = 0; round < 200; round++) {
      const durations = Array.from({ length: Math.floor(random() * 30) }, () => ({
        seconds: Math.floor(random() * 12),
        ended: random() < 0.7,
      }))
      const {
        rows: [row],
      } = await sql.query<{ median: number | null }>(
        `select stats_km_median(array_agg(seconds), array_agg(ended), array_agg(censored)) as median
         from (select seconds, count(*) filter (where ended) as ended, count(*) filter (where not ended) as censored
               from jsonb_to_recordset($1::jsonb) as d (seconds int, ended boolean) group by seconds) h`,
        [JSON.stringify(durations)],
      )
      expect(row.median).toBe(medianSeconds(durations))
    }
  })
})

describe('stats_districts', () => {
  it('an empty city: 27 kelurahan or 4 kecamatan of zeros, populations summed and their year told', async () => {
    await fill([])
    const all = await districts()
    expect(all.map((d) => d.code)).toEqual(DISTRICTS.map((d) => d.code))
    for (const row of all) expect(district.parse(row)).toEqual(row)
    expect(all[3]).toMatchObject({
      name: DISTRICTS[3].name,
      incidents: 0,
      calls: 0,
      open: 0,
      by_type: {},
      per_10000: 0,
      population: DISTRICTS[3].population,
      population_year: 2017,
      trend: Array(12).fill(0),
      agent: { n: 0, share: null, low: null, high: null, median_seconds: null, running: 0, missing: 0, breached: 0 },
    })
    const kecamatan = await districts({ level: 'kecamatan' })
    expect(kecamatan).toHaveLength(4)
    expect(kecamatan[0]).toMatchObject({
      name: DISTRICTS[0].kecamatan,
      population: DISTRICTS.filter((d) => d.kecamatan_code === kecamatan[0].code).reduce(
        (sum, d) => sum + d.population,
        0,
      ),
    })
  })

  it('cuts the month at midnight WIB: 31 October 23:59:59 is in, 1 November 00:00:00 is out', async () => {
    await fill([
      example({ received_at: Date.parse('2026-10-31T23:59:59+07:00') }),
      example({ received_at: Date.parse('2026-11-01T00:00:00+07:00') }),
      example({ received_at: Date.parse('2026-10-01T00:00:00+07:00') }),
      example({ received_at: Date.parse('2026-09-30T23:59:59+07:00') }),
    ])
    const october = await first()
    expect(october).toMatchObject({ incidents: 2, calls: 2, open: 4 })
    expect(october.trend).toEqual([1, ...Array(10).fill(0), 1])
    const november = wibMonthRange('2026-11')!
    expect((await first({ from: iso(november.from), to: iso(november.to) })).incidents).toBe(1)
  })

  it('running within the limit is outside n; running past it is breached before it ends', async () => {
    const running = (age_s: number) => example({ received_at: NOW - age_s * 1000 })
    await fill([
      running(299),
      running(300),
      running(301),
      closed(NOW - 9000_000, 200, 2000),
      closed(NOW - 9000_000, 301, 2101),
    ])
    const row = await first({ to: iso(NOW + 1000) })
    expect(row.agent).toMatchObject({ n: 3, breached: 2, running: 2, missing: 0 })
    // Not dispatched: their OPD stage has not begun and is neither running nor missing.
    expect(row.opd).toMatchObject({ n: 2, breached: 1, running: 0, missing: 0 })
    expect(row.open).toBe(3)
  })

  it('what ends exactly at its limit is in time', async () => {
    await fill([closed(OCTOBER.from, 300, 2100)])
    expect(await first()).toMatchObject({
      agent: { n: 1, breached: 0, median_seconds: 300 },
      opd: { n: 1, breached: 0, median_seconds: 2100 },
    })
  })

  it('cancelled and duplicate are no incidents, though their calls were calls', async () => {
    await fill([
      closed(OCTOBER.from, 10, 10),
      example({ status: 'cancelled', ended_at: OCTOBER.from }),
      example({ status: 'duplicate', ended_at: OCTOBER.from }),
    ])
    expect(await first()).toMatchObject({
      incidents: 1,
      calls: 3,
      open: 0,
      by_type: { kebakaran: 1 },
      agent: { n: 1 },
      opd: { n: 1 },
    })
  })

  it('handed over counts in the agent stage, ended at the hand-over, and not in the OPD stage', async () => {
    const at = OCTOBER.from
    await fill([
      example({ status: 'handed_over', ended_at: at + 290_000 }),
      example({ status: 'handed_over', ended_at: at + 310_000 }),
      example({ status: 'handed_over', dispatched_at: at + 100_000, ended_at: at + 9_000_000 }),
    ])
    const row = await first()
    expect(row).toMatchObject({
      incidents: 3,
      open: 0,
      agent: { n: 3, breached: 1, missing: 0 },
      opd: { n: 0, running: 0, missing: 0 },
    })
  })

  it('a late entry counts for what it carries and is missing for the rest', async () => {
    const at = OCTOBER.from
    await fill([
      example({ late_entry: true }),
      example({ late_entry: true, dispatched_at: at + 60_000 }),
      example({ late_entry: true, dispatched_at: at + 60_000, resolved_at: at + 90_000, status: 'closed' }),
      example({ late_entry: true, status: 'handed_over', ended_at: at + 90_000_000 }),
    ])
    expect(await first()).toMatchObject({
      incidents: 4,
      agent: { n: 2, breached: 0, missing: 2, running: 0 },
      opd: { n: 1, missing: 2, running: 0 },
    })
  })

  it('simulated and real never mix', async () => {
    await fill([closed(OCTOBER.from, 10, 10), example({ simulated: true }), example({ simulated: true })])
    expect(await first()).toMatchObject({ incidents: 1, calls: 1, open: 0 })
    expect(await first({ simulated: true })).toMatchObject({ incidents: 2, calls: 2, open: 2 })
  })

  it('agrees with brute force over the clocks of geo/sla, per kelurahan and kecamatan', async () => {
    const cases = randomCases(3000)
    await fill(cases)
    for (const level of ['kelurahan', 'kecamatan'] as const) {
      const areaOf = (c: Case) =>
        level === 'kelurahan' ? c.kelurahan_code : DISTRICTS.find((d) => d.code === c.kelurahan_code)?.kecamatan_code
      const all = await districts({ level })
      expect(all).toHaveLength(level === 'kelurahan' ? 27 : 4)
      for (const row of all) {
        const here = cases.filter((c) => areaOf(c) === row.code && !c.simulated)
        const within = here.filter((c) => c.received_at >= OCTOBER.from && c.received_at < OCTOBER.to)
        const counted = within.filter((c) => c.status !== 'cancelled' && c.status !== 'duplicate')
        const stages = counted.map(stagesOf)
        const people = DISTRICTS.filter(
          (d) => d.code === row.code || (level === 'kecamatan' && d.kecamatan_code === row.code),
        ).reduce((s, d) => s + d.population, 0)
        expect(row).toMatchObject({
          incidents: counted.length,
          calls: within.length,
          population: people,
          open: here.filter((c) => ['received', 'verified', 'dispatched', 'handling', 'resolved'].includes(c.status))
            .length,
        })
        expect(row.per_10000).toBeCloseTo((counted.length * 10000) / people, 10)
        expect(row.trend).toEqual(
          Array.from(
            { length: 12 },
            (_, b) =>
              counted.filter(
                (c) => Math.floor(((c.received_at - OCTOBER.from) * 12) / (OCTOBER.to - OCTOBER.from)) === b,
              ).length,
          ),
        )
        const by_type: Record<string, number> = {}
        for (const { incident_type } of counted) by_type[incident_type] = (by_type[incident_type] ?? 0) + 1
        expect(row.by_type).toEqual(by_type)
        close(
          row.agent,
          stageFigures(
            stages.map((s) => s.agent),
            AGENT_LIMIT_SECONDS,
          ),
        )
        close(
          row.opd,
          stageFigures(
            stages.map((s) => s.opd),
            OPD_LIMIT_SECONDS,
          ),
        )
      }
    }
  })
})

describe('stats_points', () => {
  it('gives each incident of the period with the stage asked for, as incident itself has it', async () => {
    const cases = randomCases(400)
    await fill(cases)
    const counted = cases.filter(
      (c) =>
        c.received_at >= OCTOBER.from &&
        c.received_at < OCTOBER.to &&
        !c.simulated &&
        !['cancelled', 'duplicate'].includes(c.status),
    )
    for (const [stage, limit] of [
      ['agent', AGENT_LIMIT_SECONDS],
      ['opd', OPD_LIMIT_SECONDS],
    ] as const) {
      const got = await rows<{ lon: number; lat: number; code: number }>('stats_points', period({ stage }))
      expect(got.map(({ lon, lat }) => [lon, lat])).toEqual(counted.map(() => [109.67, -6.89]))
      expect(got.map(({ code }) => code).sort((a, b) => a - b)).toEqual(
        counted.map((c) => stageCode(stagesOf(c)[stage], limit)).sort((a, b) => a - b),
      )
      // Exact, and by kelurahan, where incidents are listed rather than counted.
      const { rows: direct } = await sql.query<StageRow & { kelurahan_code: string | null }>(
        `select kelurahan_code, ${stage}_state as state, ${stage}_seconds as seconds from stats_incident($1, $2, $3, false)`,
        [iso(OCTOBER.from), iso(OCTOBER.to), iso(NOW)],
      )
      const key = (row: StageRow & { kelurahan_code: string | null }) =>
        `${row.kelurahan_code} ${row.state} ${row.seconds?.toFixed(3)}`
      expect(direct.map(key).sort()).toEqual(
        counted.map((c) => key({ ...stagesOf(c)[stage], kelurahan_code: c.kelurahan_code })).sort(),
      )
    }
  })
})

describe('the fire norm', () => {
  it('runs from received to on scene, for fires alone, by the clock the wall shows', async () => {
    const at = NOW - 3_600_000
    const cases = [
      closed(at, 60, 1800, { on_scene_at: at + 899_000 }),
      closed(at, 60, 1800, { on_scene_at: at + 901_000, incident_type: 'kebakaran_lahan' }),
      // Over without a unit that said it was there; handed over before one was; not a fire.
      closed(at, 60, 1800),
      example({ received_at: at, status: 'handed_over', ended_at: at + 60_000 }),
      closed(at, 60, 1800, { incident_type: 'rob', on_scene_at: at + 60_000 }),
      example({ received_at: NOW - 600_000 }),
      example({ received_at: NOW - 1_000_000, status: 'dispatched', dispatched_at: NOW - 900_000 }),
    ]
    await fill(cases)
    const got = (await rows<{ code: number }>('stats_points', period({ stage: 'fire', to: iso(NOW) }))).map(
      ({ code }) => codedStage(code),
    )
    expect(got.map((row) => [row.state, row.seconds]).sort()).toEqual([
      ['ended', 899],
      ['ended', 901],
      ['missing', null],
      ['not_begun', null],
      ['running', 1000],
      ['running', 600],
    ])
    expect(stageFigures(got, FIRE_ON_SCENE_LIMIT_SECONDS)).toMatchObject({ n: 3, breached: 2, running: 1, missing: 1 })
    // What the clock of each incident says.
    for (const c of cases.filter((c) => c.incident_type.startsWith('kebakaran') && c.status !== 'handed_over')) {
      const clock = clocksOf(c).fire_on_scene!
      const row = got.find((r) => r.seconds === clock.elapsed_seconds)
      expect(row?.state === 'ended' || row?.state === 'running' ? row.seconds! > 900 : false).toBe(
        clock.state === 'breached',
      )
    }
  })
})

describe('the period before', () => {
  const span_seconds = (OCTOBER.to - OCTOBER.from) / 1000
  const SEPTEMBER = { from: OCTOBER.from - (OCTOBER.to - OCTOBER.from), to: OCTOBER.from }
  const before = (more: Record<string, unknown> = {}) =>
    rows<BeforeRow>('stats_districts_before', {
      from: iso(SEPTEMBER.from),
      to: iso(SEPTEMBER.to),
      span_seconds,
      now: iso(NOW),
      simulated: false,
      level: 'kelurahan',
      ...more,
    })

  it('is counted as the period itself is, per kelurahan and kecamatan, whatever has been asked first', async () => {
    // Half a month earlier, so that September has its share of them.
    const earlier = (at: number | null) => (at === null ? null : at - 15 * 86_400_000)
    await fill(
      randomCases(1500).map((c) => ({
        ...c,
        received_at: c.received_at - 15 * 86_400_000,
        dispatched_at: earlier(c.dispatched_at),
        resolved_at: earlier(c.resolved_at),
        ended_at: earlier(c.ended_at),
      })),
    )
    for (const level of ['kelurahan', 'kecamatan']) {
      const then = await districts({ from: iso(SEPTEMBER.from), to: iso(SEPTEMBER.to), level })
      expect(then.reduce((sum, d) => sum + d.incidents, 0)).toBeGreaterThan(50)
      expect((await before({ level })).map(({ whole: _, ...row }) => row)).toEqual(
        then.map((d) => ({
          code: d.code,
          incidents: d.incidents,
          calls: d.calls,
          agent_n: d.agent.n,
          agent_breached: d.agent.breached,
          opd_n: d.opd.n,
          opd_breached: d.opd.breached,
          trend: d.trend,
        })),
      )
    }
  })

  it('knows whether records reach back that far, in its own world', async () => {
    await fill([closed(SEPTEMBER.from, 10, 10), closed(SEPTEMBER.from - 1000, 10, 10, { simulated: true })])
    expect((await before())[0]).toMatchObject({ incidents: 1, whole: false })
    expect((await before({ simulated: true }))[0]).toMatchObject({ incidents: 0, whole: true })
  })
})

describe('stats_agencies', () => {
  it('median until acknowledged, the unanswered and declined censored; late entries left out', async () => {
    await fill([
      closed(NOW - 86_400_000, 60, 3000),
      closed(NOW - 80_000_000, 60, 3000, { late_entry: true, incident_type: 'rob' }),
    ])
    const told = NOW - 80_000_000
    const tell = (agency: string, status: string, field: string | null, seconds: number, type = 'kebakaran') =>
      sql.query(
        `insert into assignment (incident_id, agency_id, status, notified_at, acknowledged_at, en_route_at, declined_at, simulated, created_by)
         select i.id, a.id, $2, $3, case $4 when 'acknowledged' then $5::timestamptz end, case $4 when 'en_route' then $5::timestamptz end,
           case $4 when 'declined' then $5::timestamptz end, false, 'test' from incident i, agency a where a.code = $1 and i.incident_type = $6`,
        [agency, status, iso(told), field, iso(told + seconds * 1000), type],
      )
    await tell('damkar', 'acknowledged', 'acknowledged', 30)
    await tell('damkar', 'acknowledged', 'acknowledged', 50)
    await tell('damkar', 'en_route', 'en_route', 90)
    await tell('damkar', 'declined', 'declined', 20)
    await tell('damkar', 'notified', null, 0)
    await tell('damkar', 'acknowledged', 'acknowledged', 9000, 'rob')
    await tell('bpbd', 'notified', null, 0)
    const all = await rows<AgencyFigures>('stats_agencies', period({ to: iso(NOW) }))
    const censored = [
      { seconds: 30, ended: true },
      { seconds: 50, ended: true },
      { seconds: 90, ended: true },
      { seconds: 20, ended: false },
      { seconds: 80_000, ended: false },
    ]
    expect(all.find((a) => a.code === 'damkar')).toMatchObject({
      assignments: 5,
      acknowledged: 3,
      declined: 1,
      waiting: 1,
      acknowledge_median_seconds: medianSeconds(censored),
    })
    expect(all.find((a) => a.code === 'bpbd')).toMatchObject({
      assignments: 1,
      acknowledged: 0,
      waiting: 1,
      acknowledge_median_seconds: null,
    })
    expect(all.find((a) => a.code === 'polres')).toMatchObject({ assignments: 0, acknowledge_median_seconds: null })
  })
})

describe('stats_on_scene', () => {
  it('medians by type over twelve months, those on scene censored', async () => {
    await fill([
      closed(NOW - 86_400_000, 60, 3000),
      example({ incident_type: 'rob', received_at: NOW - 7_200_000 }),
      closed(NOW - 370 * 86_400_000, 60, 60),
    ])
    const at = (seconds: number) => iso(NOW - 7_200_000 + seconds * 1000)
    const spent = async (type: string, status: string, seconds: number | null) =>
      sql.query(
        `insert into assignment (incident_id, agency_id, status, notified_at, on_scene_at, done_at, simulated, created_by)
         select i.id, a.id, $2, $3, $3, $4, false, 'test' from incident i, agency a where i.incident_type = $1 and a.code = 'damkar' order by i.received_at desc limit 1`,
        [type, status, at(0), seconds === null ? null : at(seconds)],
      )
    for (const seconds of [600, 1200, 1800, 2400, 3000]) await spent('kebakaran', 'done', seconds)
    await spent('kebakaran', 'on_scene', null)
    for (const seconds of [600, 700, 800, 900]) await spent('rob', 'done', seconds)
    await spent('rob', 'cancelled', null)
    expect(await rows('stats_on_scene', { now: iso(NOW), simulated: false })).toEqual([
      { incident_type: 'kebakaran', median_seconds: 2100, n: 5 },
      { incident_type: 'rob', median_seconds: 750, n: 4 },
    ])
    expect(await rows('stats_on_scene', { now: iso(NOW), simulated: true })).toEqual([])
    // What the forecast plans with: no median of four cases.
    const types = await readIncidentTypes(connected.db, false, new Date(NOW))
    expect(types.find((t) => t.code === 'kebakaran')).toMatchObject({
      median_on_scene_seconds: 2100,
      median_on_scene_n: 5,
    })
    expect(types.find((t) => t.code === 'rob')).toMatchObject({ median_on_scene_seconds: null, median_on_scene_n: 4 })
  })
})

function close(actual: District['agent'], oracle: District['agent']): void {
  const { share, low, high, ...counts } = oracle
  expect(actual).toMatchObject(counts)
  for (const [key, value] of Object.entries({ share, low, high }) as ['share' | 'low' | 'high', number | null][])
    if (value === null) expect(actual[key]).toBeNull()
    else expect(actual[key]).toBeCloseTo(value, 12)
}

function clocksOf(c: Case) {
  return incidentClocks(
    {
      ...c,
      received_at: iso(c.received_at),
      dispatched_at: iso(c.dispatched_at),
      resolved_at: iso(c.resolved_at),
      ended_at: iso(c.ended_at),
      on_scene_at: iso(c.on_scene_at ?? null),
      assignments: [],
    } as unknown as Incident,
    NOW,
  )
}

/** The stage rows of a case by the clocks the wall shows: only what they call unknown is told apart by hand. */
function stagesOf(c: Case): { agent: StageRow; opd: StageRow } {
  const clocks = clocksOf(c)
  const row = (stage: 'agent' | 'opd', unknown: StageRow['state']): StageRow => ({
    state: clocks[stage].state === 'unknown' ? unknown : clocks.active === stage ? 'running' : 'ended',
    seconds: clocks[stage].elapsed_seconds,
  })
  const gone = c.late_entry || c.status === 'closed' || c.status === 'resolved' || c.dispatched_at !== null
  return {
    agent: row('agent', 'missing'),
    opd: row('opd', c.status !== 'handed_over' && gone ? 'missing' : 'not_begun'),
  }
}

function randomCases(count: number): Case[] {
  const random = seededRandom(72)
  const statuses = [
    'received',
    'verified',
    'dispatched',
    'handling',
    'resolved',
    'closed',
    'closed',
    'closed',
    'closed',
    'cancelled',
    'duplicate',
    'handed_over',
  ] as const
  return Array.from({ length: count }, () => {
    const status = statuses[Math.floor(random() * statuses.length)]
    const late_entry = random() < 0.1
    const recent = random() < 0.2
    const received_at = recent
      ? NOW - Math.floor(random() * 3_600_000)
      : OCTOBER.from - 86_400_000 + Math.floor(random() * 33 * 86_400_000)
    const agent_ms = Math.floor(random() * 450_000)
    const opd_ms = Math.floor(random() * 3_000_000)
    const has_dispatch = ['dispatched', 'handling', 'resolved', 'closed'].includes(status)
      ? !(late_entry && random() < 0.5)
      : random() < 0.3
    const dispatched_at = has_dispatch ? received_at + agent_ms : null
    const resolved_at =
      has_dispatch && (status === 'resolved' || status === 'closed') && !(late_entry && random() < 0.5)
        ? received_at + agent_ms + opd_ms
        : null
    const ended_at = ['cancelled', 'duplicate', 'handed_over'].includes(status) ? received_at + agent_ms : null
    return example({
      status,
      late_entry,
      received_at,
      dispatched_at,
      resolved_at,
      ended_at,
      incident_type: random() < 0.6 ? 'kebakaran' : 'rob',
      kelurahan_code: random() < 0.05 ? null : DISTRICTS[Math.floor(random() * 27)].code,
      simulated: random() < 0.1,
    })
  })
}
