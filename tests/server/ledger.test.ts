import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomeOf, verdictsOf } from '../../geo/dispatch/first.ts'
import { REASON_CODES } from '../../geo/dispatch/reasons.ts'
import { tiesOf } from '../../geo/dispatch/ties.ts'
import type { Recommendation } from '../../geo/dispatch/types.ts'
import { wibMonthRange } from '../../geo/sla/shift.ts'
import { wilson } from '../../geo/stats/wilson.ts'
import { ledger as ledgerSchema, type Ledger, type LedgerAccuracy } from '../../geo/wire/ledger.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { problem } from '../../geo/wire/problem.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const MONTH = '2026-09'
const range = wibMonthRange(MONTH) ?? { from: 0, to: 0 }
const iso = (ms: number) => new Date(ms).toISOString()

interface SeedAssignment {
  id: string
  unit_id: string
  agency_id: string
  status: string
  notified_at: string
  on_scene_at: string | null
  eta_seconds: number | null
  turnout_seconds: number
  promoted_at: string | null
}
interface Seed {
  incident_id: string
  number: string
  received_at: string
  simulated: boolean
  decision: {
    id: string
    made_at: string
    outcome: string | null
    verdicts: object | null
    candidates: Recommendation[]
    chosen: object[]
    reason_code: string | null
    override_reason: string | null
  }
  unit_ids: string[]
  assignments: SeedAssignment[]
}

let server: TestServer
let admin: string
let units: Unit[]
let seeds: Seed[]
const SEED = Number(process.env.TEST_SEED ?? 112)

const uuid = (kind: number, n: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Incidents around the month's edges and within it, each with one decision and what came of it. */
function imagine(n: number): Seed[] {
  const random = seededRandom(SEED)
  const between = (a: number, b: number) => a + random() * (b - a)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const edges = [range.from - 1, range.from, range.from + 1, range.to - 1, range.to, range.to + 1]
  return Array.from({ length: n }, (_, i): Seed => {
    const received = i < edges.length ? edges[i] : between(range.from - 2 * 86_400_000, range.to + 2 * 86_400_000)
    const kind = pick(['psc119', 'polres', 'damkar', 'dinsos'])
    const fleet = units.filter(({ agency_kind }) => agency_kind === kind)
    const priced = fleet
      .map((unit) => ({ unit, eta_seconds: Math.round(between(60, 900)), turnout_seconds: unit.turnout_seconds }))
      .sort((a, b) => a.eta_seconds + a.turnout_seconds - b.eta_seconds - b.turnout_seconds)
    const away = new Set(fleet.filter(() => random() < 0.15).map(({ id }) => id))
    const needed = pick([1, 1, 2])
    const ready = priced.filter(({ unit }) => !away.has(unit.id))
    const plain = ({ unit, eta_seconds, turnout_seconds }: (typeof priced)[number]) => ({
      ...{ unit_id: unit.id, callsign: unit.callsign, eta_seconds, turnout_seconds },
      position_age_seconds: null,
      position_source: 'station' as const,
    })
    const group: Recommendation = {
      agency_kind: kind,
      needed,
      assigned: 0,
      units: ready.map((each, at) => ({
        ...{ ...plain(each), distance_m: 1, suggested: at < needed, skills: [], reasons: [] },
      })),
      excluded: priced
        .filter(({ unit }) => away.has(unit.id))
        .map((each) => ({
          ...plain(each),
          code: 'busy' as const,
          reason: 'x',
          ...(random() < 0.3 ? { eta_seconds: null } : {}),
        })),
      shortfall: null,
      agencies: [],
      ties: tiesOf(ready.map(plain), pick([5, 100])),
    }
    const chosen = random() < 0.6 ? priced.slice(0, needed) : [pick(priced), pick(priced)].slice(0, pick([1, 2]))
    const unit_ids = [...new Set(chosen.map(({ unit }) => unit.id))]
    const verdicts = verdictsOf([group], unit_ids)
    const outcome = outcomeOf(verdicts)
    const made = received + between(30_000, 300_000)
    // Made before outcomes were kept.
    const old = random() < 0.05
    return {
      incident_id: uuid(1, i),
      number: `UJI-${i}`,
      received_at: iso(received),
      simulated: random() < 0.2,
      decision: {
        id: uuid(2, i),
        made_at: iso(made),
        outcome: old ? null : outcome,
        verdicts: old ? null : verdicts,
        candidates: [group],
        chosen: unit_ids.map((unit_id) => ({ unit_id, agency_kind: kind, eta_seconds: 100, turnout_seconds: 10 })),
        reason_code: outcome === 'other' ? pick(REASON_CODES) : null,
        override_reason: outcome === 'other' && random() < 0.5 ? `kata-pribadi-${i}` : null,
      },
      unit_ids,
      assignments: unit_ids.map((unit_id, at): SeedAssignment => {
        const unit = units.find(({ id }) => id === unit_id)
        const state = pick([
          'arrived',
          'arrived',
          'arrived',
          'arrived',
          'open',
          'declined',
          'done',
          'queued',
          'unpriced',
        ])
        const predicted = between(60, 900)
        const arrives = ['arrived', 'queued', 'unpriced'].includes(state)
        return {
          id: uuid(3 + at, i),
          unit_id,
          agency_id: unit?.agency_id ?? '',
          status: state === 'declined' ? 'declined' : 'done',
          notified_at: iso(made),
          on_scene_at: arrives ? iso(made + Math.round((predicted + 60) * between(0.7, 1.6)) * 1000) : null,
          eta_seconds: state === 'unpriced' ? null : predicted,
          turnout_seconds: 60,
          promoted_at: state === 'queued' ? iso(made + 60_000) : null,
        }
      }),
    }
  })
}

async function write(rows: readonly Seed[]): Promise<void> {
  const client = await server.running.services.db.client()
  const load = (sql: string, list: object[]) => client.query(sql, [JSON.stringify(list)])
  await load(
    `insert into incident (id, number, incident_type, priority, status, location, accuracy_m, inside_city, received_at, simulated, created_by, created_at)
     select id, number, 'kebakaran', 1, 'closed', st_setsrid(st_makepoint(109.67, -6.89), 4326), 10, true, received_at, simulated, 'uji', received_at
     from jsonb_to_recordset($1::jsonb) as t (id uuid, number text, received_at timestamptz, simulated boolean)`,
    rows.map(({ incident_id: id, number, received_at, simulated }) => ({ id, number, received_at, simulated })),
  )
  await load(
    `insert into dispatch_decision (id, incident_id, made_at, actor, rule_version, chosen, candidates, outcome, verdicts, reason_code, override_reason)
     select id, incident_id, made_at, 'operator:uji', 'uji', chosen, candidates, outcome, verdicts, reason_code, override_reason
     from jsonb_to_recordset($1::jsonb) as t (id uuid, incident_id uuid, made_at timestamptz, chosen jsonb, candidates jsonb, outcome text, verdicts jsonb, reason_code text, override_reason text)`,
    rows.map(({ incident_id, decision }) => ({ incident_id, ...decision })),
  )
  await load(
    `insert into assignment (id, incident_id, agency_id, unit_id, status, notified_at, on_scene_at, eta_seconds, turnout_seconds, promoted_at, simulated, created_by)
     select id, incident_id, agency_id, unit_id, status, notified_at, on_scene_at, eta_seconds, turnout_seconds, promoted_at, simulated, 'uji'
     from jsonb_to_recordset($1::jsonb) as t (id uuid, incident_id uuid, agency_id uuid, unit_id uuid, status text, notified_at timestamptz, on_scene_at timestamptz,
       eta_seconds float8, turnout_seconds float8, promoted_at timestamptz, simulated boolean)`,
    rows.flatMap(({ incident_id, simulated, assignments }) =>
      assignments.map((a) => ({ incident_id, simulated, ...a })),
    ),
  )
  // The first few of each unit that never arrived are still under way: one a unit and world is all there can be.
  await client.query(
    `update assignment set status = 'en_route' where id in (
       select distinct on (unit_id, simulated) id from assignment where created_by = 'uji' and on_scene_at is null and promoted_at is null and status = 'done' order by unit_id, simulated, id)`,
  )
  const { rows: open } = await client.query<{ id: string }>(
    `select id from assignment where created_by = 'uji' and active`,
  )
  const active = new Set(open.map(({ id }) => id))
  for (const { assignments } of rows) for (const a of assignments) if (active.has(a.id)) a.status = 'en_route'
  await client.end()
}

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.token('admin')
  units = (await server.call<Unit[]>('GET', '/api/units', { token: admin })).body
  seeds = imagine(400)
  console.info(`TEST_SEED=${SEED}`)
  await write(seeds)
})
afterAll(() => server?.stop())

const read = async (query = `month=${MONTH}`, token = admin) => {
  const { status, body } = await server.call<Ledger>('GET', `/api/ledger?${query}`, { token })
  expect(status, JSON.stringify(body)).toBe(200)
  return ledgerSchema.parse(body)
}

/** Linear between the two nearest ranks. */
function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = p * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}
const near = (value: number | null) => (value === null ? null : (expect.closeTo(value, 2) as unknown as number))

function accuracyOf(all: readonly SeedAssignment[]): LedgerAccuracy {
  const queued = all.filter((a) => a.promoted_at !== null)
  const own = all.filter((a) => a.promoted_at === null)
  const arrived = own.filter((a) => a.on_scene_at !== null && a.eta_seconds !== null)
  const errors = arrived.map((a) => {
    const predicted = (a.eta_seconds ?? 0) + a.turnout_seconds
    return { predicted, error: (Date.parse(a.on_scene_at ?? '') - Date.parse(a.notified_at)) / 1000 - predicted }
  })
  const signed = errors.map(({ error }) => error)
  return {
    n: arrived.length,
    open: own.filter((a) => a.on_scene_at === null && a.status === 'en_route').length,
    without_arrival: own.filter((a) => a.on_scene_at === null && a.status !== 'en_route').length,
    queued: queued.length,
    unpriced: own.filter((a) => a.on_scene_at !== null && a.eta_seconds === null).length,
    median_error_seconds: near(percentile(signed, 0.5)),
    p90_error_seconds: near(percentile(signed.map(Math.abs), 0.9)),
    within_20_percent: errors.filter(({ predicted, error }) => Math.abs(error) <= 0.2 * predicted).length,
    within_2_minutes: errors.filter(({ error }) => Math.abs(error) <= 120).length,
    few: arrived.length < 5,
  }
}
function shareOf(k: number, n: number) {
  const { share, low, high } = wilson(k, n)
  return { n, k, share: near(share), low: near(low), high: near(high), few: n < 5 }
}

describe('the ledger of a month', () => {
  it('is what counting by hand gives: first, nearest, reasons, arrival, per agency, per unit', async () => {
    const mine = seeds.filter(
      (s) => !s.simulated && Date.parse(s.received_at) >= range.from && Date.parse(s.received_at) < range.to,
    )
    expect(mine.length).toBeGreaterThan(200)
    // Worked out anew from the candidates, not from what was stored beside them.
    const judged = mine.map((s) => ({
      s,
      verdicts: s.decision.verdicts ? verdictsOf(s.decision.candidates, s.unit_ids) : [],
    }))
    const outcomes = judged.map(({ s, verdicts }) => (s.decision.verdicts ? outcomeOf(verdicts) : 'unknown'))
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length
    const passed = judged.flatMap(({ verdicts }) => verdicts.flatMap((v) => v.passed_over))
    const lost = passed.flatMap(({ lost_seconds }) => lost_seconds ?? [])
    const answer = await read()
    expect(answer).toMatchObject({ from: iso(range.from), to: iso(range.to), simulated: false })
    expect(answer.decisions).toEqual({
      n: mine.length,
      none: count('none'),
      unknown: count('unknown'),
      first: shareOf(count('first'), count('first') + count('other')),
    })
    expect(answer.nearest).toEqual({
      n: lost.length,
      unpriced: passed.length - lost.length,
      lost_seconds: near(lost.reduce((sum, each) => sum + each, 0)),
      median_lost_seconds: near(percentile(lost, 0.5)),
      p90_lost_seconds: near(percentile(lost, 0.9)),
      few: lost.length < 5,
    })
    expect(lost.length).toBeGreaterThan(20)
    const reasons = new Map<string | null, number>()
    mine.forEach((s, i) => {
      if (outcomes[i] === 'other') reasons.set(s.decision.reason_code, (reasons.get(s.decision.reason_code) ?? 0) + 1)
    })
    expect(Object.fromEntries(answer.reasons.map(({ code, n }) => [code, n]))).toEqual(Object.fromEntries(reasons))

    const sent = mine.flatMap((s) => s.assignments)
    expect(answer.accuracy).toEqual(accuracyOf(sent))
    const agencyOf = (unit_id: string) => units.find(({ id }) => id === unit_id)?.agency_id
    for (const agency of answer.agencies) {
      const kinds = judged.flatMap(({ verdicts }) =>
        verdicts.filter((v) => v.outcome !== 'none' && agencyOf(v.firsts[0].unit_id) === agency.agency_id),
      )
      expect(agency.first).toEqual(shareOf(kinds.filter((v) => v.outcome === 'first').length, kinds.length))
      expect(agency.accuracy).toEqual(accuracyOf(sent.filter((a) => a.agency_id === agency.agency_id)))
    }
    expect(answer.agencies.map(({ code }) => code)).toEqual(['damkar', 'dinsos', 'polres', 'psc119'])
    for (const unit of answer.units) {
      const { unit_id } = unit
      expect(unit).toMatchObject({
        sent_first: judged
          .flatMap(({ verdicts }) => verdicts.flatMap((v) => v.firsts))
          .filter((f) => f.unit_id === unit_id && f.sent).length,
        passed_over: passed.filter(({ first }) => first.unit_id === unit_id).length,
        instead: passed.filter(({ sent: s }) => s.unit_id === unit_id).length,
      })
      const own = sent.filter((a) => a.unit_id === unit_id)
      expect(unit.accuracy).toEqual(own.length === 0 ? null : accuracyOf(own))
    }
    expect(answer.rows.map(({ id }) => id).sort()).toEqual(mine.map((s) => s.decision.id).sort())
    const others = await read(`month=${MONTH}&rows=other`)
    expect(others.rows.map(({ id }) => id).sort()).toEqual(
      mine
        .filter((_, i) => outcomes[i] === 'other')
        .map((s) => s.decision.id)
        .sort(),
    )
    expect(others.rows.every(({ reason_code }) => reason_code !== null)).toBe(true)
  })

  it('holds the midnights of WIB: the first millisecond in, that of the next month out; edges may be given too', async () => {
    const at = (i: number) => ({ id: seeds[i].decision.id, simulated: seeds[i].simulated })
    const { rows } = await read('from=2026-09-01&to=2026-10-01')
    const ids = new Set(rows.map(({ id }) => id))
    ;[false, true, true, true, false, false].forEach((inside, i) => {
      if (!at(i).simulated) expect(ids.has(at(i).id), seeds[i].received_at).toBe(inside)
    })
    expect((await read()).rows).toHaveLength(rows.length)
    expect(await read('month=2025-01')).toMatchObject({
      decisions: { n: 0, first: { n: 0, share: null, few: true } },
      accuracy: { n: 0, median_error_seconds: null },
      units: [],
      rows: [],
    })
  })

  it.each([
    ['month=2026-13', 'month'],
    ['month=September', 'month'],
    ['month=2026-09&from=2026-09-01', 'month'],
    ['from=2026-10-01&to=2026-09-01', 'from'],
    ['from=kemarin', 'from'],
    ['rows=some', 'rows'],
  ])('refuses %s by name', async (query, field) => {
    const { status, body } = await server.call('GET', `/api/ledger?${query}`, { token: admin })
    expect(status).toBe(422)
    expect(problem.parse(body).errors?.[0].field).toBe(field)
  })

  it('gives the words of a reason to who may read personal data, records the look, and nobody else gets them', async () => {
    const secret = /kata-pribadi/
    const leader = await server.token('leader')
    expect(JSON.stringify(await read(undefined, leader))).not.toMatch(secret)
    const csv = (token: string) => server.call<string>('GET', `/api/ledger.csv?month=${MONTH}`, { token })
    expect((await csv(leader)).body).not.toMatch(secret)
    const client = await server.running.services.db.client()
    const looks = async () =>
      (await client.query<{ n: string }>(`select count(*) as n from private_view where actor like 'supervisor:%'`))
        .rows[0].n
    expect(Number(await looks())).toBe(0)
    const supervisor = await server.token('supervisor')
    expect(JSON.stringify(await read(undefined, supervisor))).toMatch(secret)
    expect(Number(await looks())).toBeGreaterThan(10)
    await client.end()
    const [first] = (await read(`month=${MONTH}&rows=other`)).rows
    const one = await server.call<{ candidates: Recommendation[] }>('GET', `/api/ledger/decisions/${first.id}`, {
      token: leader,
    })
    expect(one.body.candidates).toEqual(seeds.find((s) => s.decision.id === first.id)?.decision.candidates)
    expect((await server.call('GET', `/api/ledger/decisions/${uuid(9, 9)}`, { token: leader })).status).toBe(404)
  })

  it('is taken away as CSV: a line for each unit sent, times in WIB, marked when simulated', async () => {
    const answer = await server.call<string>('GET', `/api/ledger.csv?month=${MONTH}`, { token: admin })
    expect(answer.headers.get('content-type')).toMatch(/text\/csv/)
    expect(answer.headers.get('content-disposition')).toContain('buku-pengiriman-2026-09-01-2026-09-30.csv')
    const [head, ...lines] = answer.body.trim().split('\r\n')
    const { rows } = await read()
    expect(head).toMatch(/^\uFEFF?waktu_wib,nomor/)
    expect(lines).toHaveLength(rows.reduce((sum, row) => sum + row.chosen.length, 0))
    const wib = new Date(Date.parse(rows[0].made_at) + 7 * 3_600_000).toISOString()
    expect(lines[0].startsWith(`${wib.slice(0, 10)} ${wib.slice(11, 19)},${rows[0].number},`)).toBe(true)
  })
})
