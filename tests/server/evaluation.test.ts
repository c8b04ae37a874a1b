import { unzipSync, strFromU8 } from 'fflate'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wilson } from '../../geo/stats/wilson.ts'
import { evaluation, type Evaluation } from '../../geo/wire/evaluation.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { sheetsOf } from '../helpers/workbook.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'
import { seededRandom } from '../helpers/random.ts'

const NOW = new Date('2026-11-01T09:00:00+07:00')
const MONTH = ['2026-10-01T00:00:00+07:00', '2026-11-01T00:00:00+07:00']
const SECRET = 'Nama Penelepon Rahasia'
const CALLSIGN = '=HYPERLINK("x")'
let server: TestServer
let sql: pg.Client
let e: Evaluation
const tokens = new Map<Role, string>()

/** Incidents of three months with times, units, calls and an operator each, drawn with a seed. */
async function seed(): Promise<void> {
  const random = seededRandom(2026)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
  const kelurahan = (await sql.query<{ code: string }>('select code from kelurahan order by code')).rows.map(
    (r) => r.code,
  )
  const units = (
    await sql.query<{ id: string; agency_id: string }>(
      'select id, agency_id from unit where active order by callsign limit 12',
    )
  ).rows
  await sql.query('update unit set callsign = $1 where id = $2', [CALLSIGN, units[0].id])
  const types = ['kebakaran', 'kecelakaan', 'sakit_mendadak', 'sarang_tawon']
  const spans = [
    { from: '2026-10-01', days: 31, n: 160 },
    { from: '2026-09-01', days: 30, n: 90 },
    { from: '2025-10-01', days: 31, n: 60 },
    { from: '2025-08-01', days: 1, n: 1 },
  ]
  const cases = spans.flatMap(({ from, days, n }) =>
    Array.from({ length: n }, (_, i) => {
      const at = Date.parse(`${from}T00:00:00+07:00`) + Math.floor(random() * days * 86_400) * 1000
      const late_entry = random() < 0.04
      const status =
        random() < 0.05 ? 'cancelled' : random() < 0.04 ? 'duplicate' : random() < 0.04 ? 'handed_over' : 'closed'
      const sent = at + Math.floor(30 + random() * 420) * 1000
      const lost = late_entry && random() < 0.5
      return {
        number: `112-T-${from}-${i}`,
        ...{
          incident_type: pick(types),
          status,
          late_entry,
          kelurahan_code: random() < 0.05 ? null : pick(kelurahan.slice(1)),
        },
        accuracy_m: pick([20, 80, 500, 2500]),
        received_at: new Date(at).toISOString(),
        dispatched_at: lost || status === 'handed_over' ? null : new Date(sent).toISOString(),
        on_scene_at: lost || random() < 0.2 ? null : new Date(sent + 600_000).toISOString(),
        resolved_at:
          lost || status !== 'closed' ? null : new Date(sent + Math.floor(300 + random() * 3000) * 1000).toISOString(),
        ended_at: status === 'closed' ? null : new Date(at + 90_000).toISOString(),
        ...{ created_by: `operator:agen${1 + (i % 3)}`, unit: units[i % units.length], hidden: random() < 0.1 },
        kind: pick(['real', 'real', 'real', 'prank', 'ghost', 'information']),
      }
    }),
  )
  await sql.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as c (number text, incident_type text, status text, kelurahan_code text, accuracy_m float8,
       received_at timestamptz, dispatched_at timestamptz, on_scene_at timestamptz, resolved_at timestamptz, ended_at timestamptz, late_entry boolean,
       created_by text, unit jsonb, hidden boolean, kind text)),
     made as (insert into incident (number, incident_type, priority, status, location, accuracy_m, kelurahan_code, inside_city, received_at, dispatched_at,
       on_scene_at, resolved_at, ended_at, late_entry, simulated, created_by, created_at)
       select number, incident_type, 2, status, ST_SetSRID(ST_MakePoint(109.67 + accuracy_m / 1e6, -6.89), 4326), accuracy_m, kelurahan_code, kelurahan_code is not null,
         received_at, dispatched_at, on_scene_at, resolved_at, ended_at, late_entry, false, created_by, received_at from given returning id, number),
     private as (insert into incident_private (incident_id, salt, caller_name) select id, 'x', $2 from made),
     called as (insert into call (rang_at, answered_at, ended_at, kind, incident_id, number_hidden, rings, simulated, created_by)
       select g.received_at, g.received_at + interval '9 seconds', g.received_at + interval '90 seconds', g.kind,
         case when g.kind = 'real' then m.id end, g.hidden, true, false, g.created_by from given g join made m using (number))
     insert into assignment (incident_id, agency_id, unit_id, status, notified_at, acknowledged_at, en_route_at, on_scene_at, done_at, simulated, created_by)
       select m.id, (g.unit ->> 'agency_id')::uuid, (g.unit ->> 'id')::uuid, 'done', g.dispatched_at, g.dispatched_at + interval '20 seconds',
         g.dispatched_at + interval '80 seconds', g.on_scene_at, g.resolved_at, false, g.created_by
       from given g join made m using (number) where g.resolved_at is not null`,
    [JSON.stringify(cases), SECRET],
  )
}

const get = <T>(path: string, role: Role = 'kabid') => server.call<T>('GET', path, { token: tokens.get(role) })
/** A file as bytes. */
async function file(ending: string, role: Role = 'kabid'): Promise<Buffer> {
  const answer = await fetch(`${server.url}/api/reports/2026-10${ending}`, {
    headers: { authorization: `Bearer ${tokens.get(role)}` },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toContain('laporan-evaluasi-2026-10')
  return Buffer.from(await answer.arrayBuffer())
}
/** Rows of an own statement over the month: figures worked out by it alone, without the functions that the server has. */
const asked = async <T>(text: string, values: unknown[] = MONTH) => (await sql.query(text, values)).rows as T[]
const COUNTED = `incident where received_at >= $1 and received_at < $2 and status not in ('cancelled', 'duplicate')`

beforeAll(async () => {
  server = await startTestServer({}, { now: () => NOW })
  sql = await server.running.services.db.client()
  await seed()
  for (const role of ['kabid', 'leader', 'planner', 'supervisor', 'admin', 'operator'] as const)
    tokens.set(role, await server.token(role))
  const answer = await get<unknown>('/api/reports/2026-10')
  expect(answer.status).toBe(200)
  e = evaluation.parse(answer.body)
})
afterAll(async () => {
  await sql?.end()
  await server?.stop()
})

describe('the month, line by line against statements of its own', () => {
  it('incidents by type, kelurahan, day, shift and month', async () => {
    const [{ n }] = await asked<{ n: number }>(`select count(*)::int as n from ${COUNTED}`)
    expect(e.total.incidents).toBe(n)
    expect(n).toBeGreaterThan(120)
    const grouped = async (by: string) =>
      Object.fromEntries(
        (
          await asked<{ k: string | null; n: number }>(
            `select ${by} as k, count(*)::int as n from ${COUNTED} group by 1`,
          )
        ).map(({ k, n }) => [k, n]),
      )
    const told = (rows: readonly { key: string | null; incidents: number }[]) =>
      Object.fromEntries(rows.filter(({ incidents }) => incidents > 0).map(({ key, incidents }) => [key, incidents]))
    expect(told(e.by_type)).toEqual(await grouped('incident_type'))
    expect(told(e.by_kelurahan)).toEqual(await grouped('kelurahan_code'))
    const hour = `extract(hour from received_at at time zone 'Asia/Jakarta')`
    expect(told(e.by_shift)).toEqual(
      await grouped(
        `case when ${hour} >= 8 and ${hour} < 16 then 'pagi' when ${hour} >= 16 and ${hour} < 23 then 'sore' else 'malam' end`,
      ),
    )
    expect(Object.fromEntries(e.by_day.filter((day) => day.n > 0).map((day) => [day.day, day.n]))).toEqual(
      await grouped(`to_char(received_at at time zone 'Asia/Jakarta', 'YYYY-MM-DD')`),
    )
    expect(e.by_day).toHaveLength(31)
    // Each is in one group of each kind; those in no kelurahan are in no other's figures.
    for (const rows of [e.by_type, e.by_kelurahan, e.by_kecamatan, e.by_shift, e.by_priority])
      for (const stage of ['agent', 'opd', 'fire'] as const)
        expect(rows.reduce((sum, row) => sum + row[stage].n, 0)).toBe(e.total[stage].n)
    expect(e.hours.flat().reduce((a, b) => a + b)).toBe(n)
    expect(e.months.map(({ month, n }) => [month, n])).toContainEqual(['2026-09', e.previous.total.incidents])
  })

  it('both stages, the fires, and what has no times, overall and per kelurahan', async () => {
    const STAGES = `count(*) filter (where agent_s is not null)::int as agent_n, count(*) filter (where agent_s > 300)::int as agent_late,
      count(*) filter (where dispatched_at is not null and resolved_at is not null)::int as opd_n,
      count(*) filter (where extract(epoch from resolved_at - dispatched_at) > 2100)::int as opd_late,
      count(*) filter (where incident_type = 'kebakaran' and on_scene_at is not null)::int as fire_n`
    const OF = `(select *, extract(epoch from coalesce(dispatched_at, case when status = 'handed_over' and not late_entry then ended_at end) - received_at) as agent_s from ${COUNTED}) i`
    interface Told {
      code: string | null
      agent_n: number
      agent_late: number
      opd_n: number
      opd_late: number
      fire_n: number
    }
    const [all] = await asked<Told>(`select ${STAGES} from ${OF}`)
    expect(e.total.agent).toMatchObject({ n: all.agent_n, breached: all.agent_late })
    expect(e.total.opd).toMatchObject({ n: all.opd_n, breached: all.opd_late })
    expect(e.total.fire.n).toBe(all.fire_n)
    for (const stage of [e.total.agent, e.total.opd]) {
      const { share, low, high } = wilson(stage.breached, stage.n)
      expect(stage.share).toBeCloseTo(share!, 12)
      expect([stage.low, stage.high].map((x) => x?.toFixed(9))).toEqual([low, high].map((x) => x?.toFixed(9)))
    }
    for (const one of await asked<Told>(`select kelurahan_code as code, ${STAGES} from ${OF} group by 1`)) {
      const row = e.by_kelurahan.find(({ key }) => key === one.code)
      expect(row?.agent).toMatchObject({ n: one.agent_n, breached: one.agent_late })
      expect(row?.opd).toMatchObject({ n: one.opd_n, breached: one.opd_late })
    }
  })

  it('calls, agencies, operators and what the records are worth', async () => {
    const [calls] = await asked<Record<string, number>>(
      `select count(*)::int as calls, count(*) filter (where kind = 'prank')::int as prank, count(*) filter (where kind = 'ghost')::int as ghost,
         count(*) filter (where number_hidden)::int as hidden, count(*) filter (where incident_id is not null)::int as about_incidents
       from call where rang_at >= $1 and rang_at < $2`,
    )
    expect(e.calls).toMatchObject(calls)
    expect(e.total.calls?.prank).toMatchObject({ count: calls.prank, n: calls.calls })
    const sent = await asked<{ id: string; n: number; late: number }>(
      `select a.agency_id as id, count(*)::int as n, count(*) filter (where extract(epoch from a.done_at - a.notified_at) > 2100)::int as late
       from assignment a join (select id, late_entry from ${COUNTED}) i on i.id = a.incident_id where not i.late_entry group by 1`,
    )
    expect(sent.length).toBeGreaterThan(1)
    for (const { id, n } of sent) expect(e.by_agency.find(({ key }) => key === id)?.own?.assignments).toBe(n)
    const [quality] = await asked<Record<string, number>>(
      `select count(*)::int as entered, count(*) filter (where status = 'cancelled')::int as cancelled, count(*) filter (where status = 'duplicate')::int as duplicate
       from incident where received_at >= $1 and received_at < $2`,
    )
    const [located] = await asked<Record<string, number>>(
      `select count(*)::int as n, count(*) filter (where accuracy_m <= 50)::int as within_50, count(*) filter (where accuracy_m > 1000)::int as beyond_1000,
         count(*) filter (where not inside_city)::int as outside, count(*) filter (where late_entry)::int as late_entries from ${COUNTED}`,
    )
    expect(e.quality).toMatchObject({ ...quality, ...located, hidden_calls: calls.hidden })
    expect(e.operators?.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(e.total.incidents)
  })

  it('what changed against the month before and the year before, with records of both', () => {
    expect([e.previous, e.last_year].map(({ month, whole }) => [month, whole])).toEqual([
      ['2026-09', true],
      ['2025-10', true],
    ])
    const rise = e.changes.find(({ measure, against }) => measure === 'incidents' && against === 'previous')
    expect(rise?.value?.estimate).toBeCloseTo(e.total.incidents / 31 / (e.previous.total.incidents / 30), 9)
    expect(rise?.clear).toBe(true)
    const opd = e.changes.find(({ measure, against }) => measure === 'opd' && against === 'last_year')
    expect(opd?.value?.estimate).toBeCloseTo(e.total.opd.share! - e.last_year.total.opd.share!, 9)
  })
})

describe('the files', () => {
  it('XLSX: the numbers of the JSON as numbers, WIB times as dates, no formula and nobody’s name', async () => {
    const bytes = await file('.xlsx')
    const sheets = sheetsOf(bytes)
    const districts = sheets.get('Kelurahan')!.rows.slice(3)
    expect(districts).toHaveLength(e.by_kelurahan.length)
    districts.forEach((row, i) => {
      const { name, incidents, opd } = e.by_kelurahan[i]
      expect(row.slice(1, 2)).toEqual([name])
      expect(row[4]).toBe(incidents)
      expect(row).toContain(opd.n)
      if (opd.share !== null)
        expect(row.some((cell) => typeof cell === 'number' && Math.abs(cell - opd.share!) < 1e-9)).toBe(true)
    })
    const { rows, styles, xml } = sheets.get('Kejadian')!
    const incidents = rows.slice(3)
    expect(incidents).toHaveLength(e.total.incidents)
    const head = rows[2]
    const [first] = await asked<{ number: string; day: string }>(
      `select number, to_char(received_at at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI:SS') as day from ${COUNTED} order by received_at, number limit 1`,
    )
    expect(incidents[0][0]).toBe(first.number)
    // Days since 30 December 1899, as the clock on the wall in Pekalongan said.
    const serial = Number(incidents[0][head.indexOf('diterima')])
    expect(new Date(Math.round((serial - 25_569) * 86_400_000)).toISOString().slice(0, 19).replace('T', ' ')).toBe(
      first.day,
    )
    expect(styles).toContain('dd/mm/yyyy hh:mm:ss')
    expect([...sheets.values()].map((sheet) => sheet.xml).join('') + xml).not.toMatch(/<f[ >]/)
    expect(sheets.get('Unit')!.rows.some((row) => row[0] === CALLSIGN)).toBe(true)
    for (const part of Object.values(unzipSync(bytes))) expect(strFromU8(part)).not.toContain(SECRET)
  })

  it('CSV: every figure a line, with decimal point or comma; formulas are texts', async () => {
    const point = (await file('.csv')).toString()
    expect(point.startsWith('\uFEFFbulan,tabel,baris,ukuran,nilai')).toBe(true)
    const lines = point.split('\r\n')
    expect(lines).toContain(`2026-10,Tahap,total · ${e.total.name},OPD: n,${e.total.opd.n},tidak,ya`)
    expect(lines).toContain(
      `2026-10,Tahap,total · ${e.total.name},OPD: bagian lewat batas,${Number(e.total.opd.share!.toFixed(6))},tidak,ya`,
    )
    const comma = (await file('.csv?decimal=koma')).toString().split('\r\n')
    expect(comma).toHaveLength(lines.length)
    expect(comma).toContain(
      `2026-10;Tahap;total · ${e.total.name};OPD: bagian lewat batas;${String(Number(e.total.opd.share!.toFixed(6))).replace('.', ',')};tidak;ya`,
    )
    expect(point.includes(`"'=HYPERLINK(""x"")`)).toBe(true)
    const rows = (await file('.csv?rows=kejadian&decimal=koma')).toString()
    expect(rows.trim().split('\r\n')).toHaveLength(e.total.incidents + 1)
    expect((point + rows).includes(SECRET)).toBe(false)
    expect((await get('/api/reports/2026-10.csv?decimal=x')).status).toBe(422)
  })

  it('GeoJSON: every kelurahan as an area with its figures, every incident a point that is not where it was', async () => {
    const text = (await file('.geojson')).toString()
    const { features } = JSON.parse(text) as {
      features: { geometry: { type: string; coordinates: number[] }; properties: Record<string, unknown> }[]
    }
    const areas = features.filter(({ properties }) => properties.kind === 'kelurahan')
    expect(areas).toHaveLength(27)
    for (const { properties } of areas) {
      const row = e.by_kelurahan.find(({ key }) => key === properties.code)
      expect(properties).toMatchObject({
        incidents: row?.incidents,
        opd_n: row?.opd.n,
        opd_breached: row?.opd.breached,
      })
    }
    const points = features.filter(({ properties }) => properties.kind === 'incident')
    expect(points).toHaveLength(e.total.incidents)
    expect(points.every(({ geometry: { coordinates } }) => coordinates[1] !== -6.89)).toBe(true)
    expect(text).not.toContain(SECRET)
    expect(text).not.toMatch(/112-T-/)
  })
})

describe('who may read it', () => {
  it('figures of operators are for kabid and leader alone, in the files too', async () => {
    const { body } = await get<Evaluation>('/api/reports/2026-10', 'planner')
    expect(body.operators).toBeNull()
    expect(JSON.stringify(body).includes('agen1')).toBe(false)
    for (const [role, told] of [
      ['supervisor', false],
      ['admin', false],
      ['leader', true],
    ] as const)
      expect([...sheetsOf(await file('.xlsx', role)).keys()].includes('Operator')).toBe(told)
    for (const ending of ['', '.csv', '.xlsx', '.geojson'])
      expect((await get(`/api/reports/2026-10${ending}`, 'operator')).status).toBe(403)
  })

  it('a month that is none or has not begun is refused by name; one without records is told as that', async () => {
    for (const month of ['2026-13', '2026-12', 'x', '1026-10'])
      expect(await get(`/api/reports/${month}`)).toMatchObject({ status: 422, body: { errors: [{ field: 'month' }] } })
    const { body } = await get<Evaluation>('/api/reports/2024-03')
    expect([body.total.incidents, body.previous.whole, body.months.every(({ n }) => n === null)]).toEqual([
      0,
      false,
      true,
    ])
    const running = (await get<Evaluation>('/api/reports/2026-11')).body
    expect([running.complete, running.by_day.length]).toEqual([false, 1])
    expect(running.previous.days).toBeCloseTo(9 / 24, 9)
  })

  it('the page stands at the address of its month; the bare one leads to the last whole month', async () => {
    const look = (path: string) => fetch(server.url + path, { redirect: 'manual' })
    const bare = await look('/report?lang=en')
    expect([bare.status, bare.headers.get('location')]).toEqual([302, '/report/2026-10?lang=en'])
    const page = await look('/report/2026-09')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).not.toMatch(/(src|href)="\.?\.?[a-z]/)
    for (const path of ['/report/2026-13', '/report/x', '/report/2026-09/1', '/console/2026-09'])
      expect((await look(path)).status).toBe(404)
  })
})
