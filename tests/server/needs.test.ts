import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INCIDENT_TYPES } from '../../geo/city/incident_types.ts'
import type { Recommendation } from '../../geo/dispatch/types.ts'
import type { IncidentType, Unit } from '../../geo/wire/masterdata.ts'
import { moveUp, type MoveUp } from '../../geo/wire/move_up.ts'
import type { AgencyKindRow } from '../../geo/wire/needs.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { seedBuiltIn } from '../../server/import/built_in.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const RSUD_BENDAN = [109.662, -6.89154]
const IN_THE_SEA = [109.69, -6.83]

let server: TestServer
let operator: string
let admin: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  admin = await server.token('admin')
})
afterAll(() => server?.stop())

interface Made {
  incident: { id: string; number: string }
  recommendations: Recommendation[]
}
const report = async (incident_type: string, coordinates: number[] = RSUD_BENDAN, token = operator) =>
  (
    await server.call<Made>('POST', '/api/incidents', {
      token,
      body: { incident_type, location: { type: 'Point', coordinates } },
    })
  ).body
const again = async (id: string) =>
  (await server.call<Recommendation[]>('GET', `/api/incidents/${id}/recommendations`, { token: operator })).body
const put = (code: string, needs: object[], token = admin) =>
  server.call<IncidentType & Problem>('PUT', `/api/incident-types/${code}/needs`, { token, body: { needs } })
const restore = (code: string) =>
  server.call<IncidentType>('DELETE', `/api/incident-types/${code}/needs`, { token: admin })
const sql = (text: string) => server.running.services.db.execute(text)
const units = async () => (await server.call<Unit[]>('GET', '/api/units', { token: admin })).body
/** Where units stand when nothing is reported: the post. */
const post = (callsigns: string, code: string) =>
  sql(`update unit set station_id = (select id from station where code = '${code}') where callsign in (${callsigns})`)
const send = (id: string, unit_ids: string[]) =>
  server.call<Problem>('POST', `/api/incidents/${id}/assignments`, { token: operator, body: { unit_ids } })

describe('needs of a type', () => {
  it('change without code: at once for recommendations and open consoles, with a line of the log, and come back', async () => {
    const live = await readLive(server.url, { token: operator })
    const { incident } = await report('sarang_tawon')
    const set = await put('sarang_tawon', [
      { agency_kind: 'bpbd', capability: 'rescue', quantity: 2, min_crew: 2 },
      { agency_kind: 'damkar' },
    ])
    expect([set.status, set.body.needs_built_in, set.body.needs[1]]).toEqual([
      200,
      false,
      { agency_kind: 'damkar', capability: null, quantity: 1, min_crew: 1 },
    ])
    await live.until((message) => message.type === 'event' && message.kind === 'masterdata.needs_set')
    live.close()
    expect((await again(incident.id)).map((group) => [group.agency_kind, group.needed])).toEqual([
      ['bpbd', 2],
      ['damkar', 1],
    ])
    expect((await restore('sarang_tawon')).body).toMatchObject({
      needs: INCIDENT_TYPES.find((type) => type.code === 'sarang_tawon')?.needs,
      needs_built_in: true,
    })
    // The same again is no change.
    const seq = server.running.services.hub.seq
    await restore('sarang_tawon')
    expect(server.running.services.hub.seq).toBe(seq)
  })

  it.each([
    ['a kind nobody is', 'ular', [{ agency_kind: 'kehutanan' }], 422, 'needs.0.agency_kind'],
    [
      'a capability nobody knows',
      'ular',
      [{ agency_kind: 'damkar', capability: 'terbang' }],
      422,
      'needs.0.capability',
    ],
    ['no unit at all', 'ular', [{ agency_kind: 'damkar', quantity: 0 }], 422, 'needs.0.quantity'],
    ['twenty-one', 'ular', [{ agency_kind: 'damkar', quantity: 21 }], 422, 'needs.0.quantity'],
    ['a crew of none', 'ular', [{ agency_kind: 'damkar', min_crew: 0 }], 422, 'needs.0.min_crew'],
    ['one line twice', 'ular', [{ agency_kind: 'damkar' }, { agency_kind: 'damkar' }], 422, 'needs.1'],
    ['a field that is none', 'ular', [{ agency_kind: 'damkar', warna: 'merah' }], 422, 'needs.0.warna'],
    ['a type that is none', 'naga', [{ agency_kind: 'damkar' }], 404, 'code'],
  ])('are refused by field for %s', async (_what, code, needs, status, field) => {
    const answer = await put(code, needs)
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([status, field])
  })

  it('may not be changed by an operator or a supervisor', async () => {
    expect((await put('ular', [], operator)).status).toBe(403)
    expect((await put('ular', [], await server.token('supervisor'))).status).toBe(403)
  })

  it('that an admin set outlive a start with better built-in facts; untouched ones follow the program', async () => {
    const { db, city } = server.running.services
    await put('ular', [{ agency_kind: 'satpol' }])
    await server.call('PUT', '/api/agency-kinds/damkar', { token: admin, body: { position_age_limit_seconds: 77 } })
    await sql(`update incident_type_need set quantity = 9 where incident_type = 'miras'`)
    await sql(`update agency_kind set position_age_limit_seconds = 9999 where kind = 'bpbd'`)
    await sql(`update setting set value = '{"hash": "older"}' where key = 'built_in_city'`)
    await seedBuiltIn(db, () => undefined)
    await city.reloadTypes(new Date())
    const needs = (code: string) => city.incident_types.find((type) => type.code === code)?.needs
    expect(needs('ular')).toEqual([{ agency_kind: 'satpol', capability: null, quantity: 1, min_crew: 1 }])
    expect(needs('miras')?.[0].quantity).toBe(1)
    const limits = await server.call<AgencyKindRow[]>('GET', '/api/agency-kinds', { token: operator })
    const limit = (kind: string) => limits.body.find((each) => each.kind === kind)
    expect(limit('damkar')).toMatchObject({ position_age_limit_seconds: 77, built_in: false })
    expect(limit('bpbd')).toMatchObject({ position_age_limit_seconds: 600, built_in: true })
    expect(limit('damkar')?.capabilities.pump).toBeGreaterThan(1)
    await restore('ular')
    await server.call('DELETE', '/api/agency-kinds/damkar', { token: admin })
  })

  it('count a stale position from the post, by the limit of the kind', async () => {
    const damkar = (await units()).find((unit) => unit.agency_kind === 'damkar')
    const location = { type: 'Point', coordinates: [109.69, -6.9] }
    const fix_at = new Date(Date.now() - 60_000).toISOString()
    await server.call('POST', '/api/positions', { token: admin, body: [{ unit_id: damkar?.id, location, fix_at }] })
    const { incident } = await report('kebakaran')
    const source = async () =>
      (await again(incident.id))[0].units.find((unit) => unit.unit_id === damkar?.id)?.position_source
    expect(await source()).toBe('live')
    await server.call('PUT', '/api/agency-kinds/damkar', { token: admin, body: { position_age_limit_seconds: 30 } })
    expect(await source()).toBe('station')
    await server.call('DELETE', '/api/agency-kinds/damkar', { token: admin })
  })
})

describe('a recommendation', () => {
  it('gives every active unit of a needed kind one place, and says who is next, which neighbour helps, and whose job', async () => {
    const first = await report('kebakaran')
    const pumps = first.recommendations[0].units.map((unit) => unit.unit_id)
    expect((await send(first.incident.id, pumps)).status).toBe(201)
    const second = await report('kebakaran_industri')
    const all = await units()
    for (const group of second.recommendations) {
      const placed = [...group.units, ...group.excluded].map((unit) => unit.unit_id).sort()
      expect(placed, group.agency_kind).toEqual(
        all.filter((unit) => unit.agency_kind === group.agency_kind && unit.active).map((unit) => unit.id).sort(), // prettier-ignore
      )
    }
    const [damkar] = second.recommendations
    expect(damkar.excluded.find((unit) => unit.code === 'busy')?.reason).toContain(first.incident.number)
    expect(damkar.shortfall?.lacking).toContainEqual({ capability: 'pump', quantity: 2, min_crew: 3 })
    expect(damkar.shortfall?.next[0]).toMatchObject({ code: 'busy' })
    expect(damkar.shortfall?.next[0].available_in_seconds).toBeGreaterThan(600)
    expect(damkar.shortfall?.neighbours[0]).toMatchObject({ regency: 'Kab. Batang', by: 'straight', phone: null })
    // PLN has one agency and its office by road; the gateway that may not read incidents is not told of another.
    const pln = second.recommendations.find((group) => group.agency_kind === 'pln')
    expect(pln?.agencies[0]).toMatchObject({ phone: '123', office: { name: 'Kantor PLN Pekalongan' } })
    expect(pln?.agencies[0].office?.eta_seconds).toBeGreaterThan(0)
    const gateway = await report('kebakaran', RSUD_BENDAN, await server.token('integration'))
    expect(JSON.stringify(gateway.recommendations)).not.toContain(first.incident.number)
    await server.call('PATCH', `/api/incidents/${first.incident.id}`, { token: admin, body: { status: 'cancelled' } })
  })

  it('for a place in the sea counts to the shore and says how far that is', async () => {
    const { recommendations } = await report('orang_tenggelam', IN_THE_SEA)
    expect(recommendations[0].notes?.join()).toMatch(/\d+ m dari jalan terdekat/)
    expect(recommendations[0].units[0].reasons.join()).toMatch(/di luar jalan/)
    const sar = recommendations.find((group) => group.agency_kind === 'basarnas')
    expect(sar?.agencies[0]).toMatchObject({ phone: '115', distance_m: null })
  })

  it('for a unit without a position and a post, and one whose position is too old, says so', async () => {
    await sql(`update unit set station_id = null where callsign in ('Dinsos 1')`)
    const { recommendations } = await report('odgj')
    expect(recommendations[0]).toMatchObject({ agency_kind: 'dinsos', units: [] })
    expect(recommendations[0].excluded[0]).toMatchObject({ callsign: 'Dinsos 1', code: 'no_position' })
    expect(recommendations[0].shortfall).toMatchObject({ missing: 1 })
    await post(`'Dinsos 1'`, 'dinsos-kantor')
  })

  it('with every road shut says that none leads there, and lists every unit as unreachable', async () => {
    const ring = [[109.62, -6.96], [109.74, -6.96], [109.74, -6.84], [109.62, -6.84], [109.62, -6.96]] // prettier-ignore
    const closing = await server.call<{ id: string }>('POST', '/api/closures', {
      token: admin,
      body: {
        kind: 'area',
        reason: 'semua jalan tertutup',
        speed_factor: 0,
        geometry: { type: 'Polygon', coordinates: [ring] },
        starts_at: new Date(Date.now() - 60_000).toISOString(),
        ends_at: new Date(Date.now() + 600_000).toISOString(),
      },
    })
    expect(closing, JSON.stringify(closing.body)).toMatchObject({ status: 201 })
    const [damkar] = (await report('kebakaran')).recommendations
    expect(damkar.units).toEqual([])
    expect(damkar.excluded.filter((unit) => unit.code === 'unreachable')).toHaveLength(3)
    expect(damkar.notes?.join()).toContain('tidak ada jalan terbuka')
    await server.call('DELETE', `/api/closures/${closing.body.id}`, { token: admin })
  })

  it('for a type without needs, or one this server does not know, lists whoever could go and suggests nobody', async () => {
    await put('lampu_jalan', [])
    const { incident, recommendations } = await report('lampu_jalan')
    const damkar = recommendations.find((group) => group.agency_kind === 'damkar')
    expect(damkar).toMatchObject({ needed: 0, shortfall: null })
    expect(damkar?.units.length).toBeGreaterThan(0)
    expect(damkar?.units.some((unit) => unit.suggested)).toBe(false)
    expect(damkar?.notes).toEqual(['jenis kejadian ini tidak mempunyai daftar kebutuhan; pilih sendiri'])
    await restore('lampu_jalan')
    await sql(`insert into incident_type (code, sort, name, name_en, letter, class, priority, on_scene_minutes)
      values ('baru', 99, 'Baru', 'New', '9', 'informasi', 4, 10)`)
    await sql(`update incident set incident_type = 'baru' where id = '${incident.id}'`)
    expect((await again(incident.id))[0].notes).toEqual(['jenis kejadian tidak dikenal (baru); pilih sendiri'])
    const unknown = await server.call<Problem>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'naga', location: { type: 'Point', coordinates: RSUD_BENDAN } },
    })
    expect([unknown.status, unknown.body.errors?.[0].field]).toEqual([422, 'incident_type'])
  })

  it('refuses one unit named twice, whole', async () => {
    const { incident, recommendations } = await report('kebakaran')
    const { unit_id } = recommendations[0].units[0]
    const twice = await send(incident.id, [unit_id, unit_id])
    expect([twice.status, twice.body.errors?.[0].field]).toEqual([422, 'unit_ids'])
    expect((await units()).find((unit) => unit.id === unit_id)?.incident_id).toBeNull()
  })
})

describe('move-up advice', () => {
  const advice = async (query: string, token = operator) =>
    server.call<MoveUp & Problem>('GET', `/api/move-up?${query}`, { token })

  it('shifts an engine to the empty post in the south, with its gain; once it is there, nobody moves', async () => {
    const { status, body } = await advice('agency_kind=damkar&minutes=8')
    expect(status).toBe(200)
    expect(moveUp.parse(body).idle.length).toBe(5)
    expect(body.demand).toMatchObject({ basis: 'people' })
    expect(body.people).toMatchObject({ year: 2017, kelurahan_by_buildings: 0, kelurahan_evenly: 27 })
    expect(body.people.total).toBeCloseTo(296_533, 0)
    expect(new Set(body.moves.map((move) => move.station_name))).toEqual(new Set(['Pos Damkar Selatan']))
    expect(body.moves[0].gain.people).toBeGreaterThan(10_000)
    expect(body.moves[0].drive_seconds).toBeGreaterThan(300)
    const gained = body.moves.reduce((sum, move) => sum + move.gain.people, 0)
    expect(gained).toBeCloseTo(body.after.people_reached - body.before.people_reached, 3)
    const moved = body.moves.map((move) => `'${move.callsign}'`).join()
    await post(moved, 'damkar-selatan')
    const settled = (await advice('agency_kind=damkar&minutes=8')).body
    expect([settled.moves, settled.advice]).toEqual([[], expect.stringContaining('Tidak perlu digeser')])
    expect(settled.before.people_reached).toBeCloseTo(body.after.people_reached, 3)
    await post(moved, 'damkar-mako')
  })

  it('counts busy and off-duty units as away, and says why', async () => {
    const { incident, recommendations } = await report('ular')
    const { unit_id, callsign } = recommendations[0].units[0]
    await send(incident.id, [unit_id])
    await sql(`update unit set duty = 'off' where callsign = 'Damkar 3'`)
    const { away, idle } = (await advice('agency_kind=damkar')).body
    expect(away.map((unit) => unit.callsign).sort()).toEqual([callsign, 'Damkar 3'].sort())
    expect(away.find((unit) => unit.callsign === callsign)?.reason).toContain(incident.number)
    expect(idle).toHaveLength(3)
    await sql(`update unit set duty = 'on' where callsign = 'Damkar 3'`)
  })

  it.each([
    ['an unknown kind', 'agency_kind=naga', 'agency_kind'],
    ['a kind whose units nobody follows', 'agency_kind=pln', 'agency_kind'],
    ['no kind', 'minutes=10', 'agency_kind'],
    ['minutes that are none', 'agency_kind=damkar&minutes=0', 'minutes'],
    ['posts of nobody', 'agency_kind=damkar&posts=mine', 'posts'],
  ])('refuses %s by field', async (_what, query, field) => {
    const { status, body } = await advice(query)
    expect([status, body.errors?.[0].field]).toEqual([422, field])
  })

  it('is not for screens', async () => {
    expect((await advice('agency_kind=damkar', await server.token('screen'))).status).toBe(403)
  })
})

describe('a city without roads', () => {
  it('still says who is nearest, by the straight line, and that it is one', async () => {
    const { db, city } = server.running.services
    await db.execute(`delete from layer_road_edge`)
    await db.execute(`delete from layer_road_node`)
    await city.reload()
    const [damkar] = (await report('kebakaran')).recommendations
    expect(damkar.notes?.join()).toContain('jaringan jalan kosong')
    expect(damkar.units[0].reasons).toContain('garis lurus, bukan jalan')
    await sql(`update unit set duty = 'off'`)
    const nobody = (await report('kebakaran')).recommendations[0]
    expect([nobody.units, nobody.shortfall?.missing, nobody.shortfall?.next[0].code]).toEqual([[], 2, 'off_duty'])
    await sql(`update unit set active = false`)
    expect((await report('odgj')).recommendations[0].shortfall?.reason).toContain('tidak ada unit')
    const advice = await server.call<Problem>('GET', '/api/move-up?agency_kind=damkar', { token: operator })
    expect([advice.status, advice.body.errors?.[0].reason]).toEqual([422, 'jaringan jalan kosong; impor jalan kota'])
  })
})
