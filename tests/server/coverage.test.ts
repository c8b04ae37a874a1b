import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coverage, type Coverage } from '../../geo/wire/coverage.ts'
import { coverageScenario, type CoverageScenario } from '../../geo/wire/coverage_scenarios.ts'
import { bestPosts, whatIf, type BestPosts, type CoverageChange, type WhatIf } from '../../geo/wire/coverage_what_if.ts'
import type { Station, Unit } from '../../geo/wire/masterdata.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

/** 16.10 WIB: nothing of an hour's edge is near. */
const NOW = '2026-11-28T16:10:00+07:00'
const SOUTH: [number, number] = [109.6713, -6.9269]
const NOBODY = '00000000-0000-4000-8000-000000000000'

let server: TestServer
let kabid: string
let admin: string
let posts: Station[]
let units: Unit[]
let clock = Date.parse(NOW)
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(clock) })
  kabid = await server.token('kabid')
  admin = await server.token('admin')
  posts = (await ask<Station[]>('GET', '/api/stations')).filter((post) => post.agency_kind === 'damkar')
  units = (await ask<Unit[]>('GET', '/api/units')).filter((unit) => unit.agency_kind === 'damkar')
})
afterAll(() => server?.stop())

const point = (coordinates: [number, number]) => ({ type: 'Point' as const, coordinates })
const sql = (text: string) => server.running.services.db.execute(text)
async function ask<T>(method: string, path: string, body?: object, token = kabid): Promise<T> {
  const answer = await server.call<T>(method, path, { token, body })
  expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body).slice(0, 300)}`).toBeLessThan(300)
  return answer.body
}
const now = async (query = ''): Promise<Coverage> => coverage.parse(await ask('GET', `/api/coverage?${query}`))
const suppose = async (changes: CoverageChange[], more: object = {}): Promise<WhatIf> =>
  whatIf.parse(await ask('POST', '/api/coverage/what-if', { changes, ...more }))
const faults = async (method: string, path: string, body?: object) => {
  const { status, body: told } = await server.call<Problem>(method, path, { token: kabid, body })
  return [status, told.errors?.[0].field]
}
const south = () => posts.find((post) => post.code === 'damkar-selatan') as Station
const mako = () => posts.find((post) => post.code === 'damkar-mako') as Station
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

describe('what a kind reaches', () => {
  it('is summed over the cells of the city by limit, ranked by kelurahan, with who counts and on what it rests', async () => {
    const told = await now()
    expect([told.agency_kind, told.minutes, told.from, told.simulated]).toEqual(['damkar', [5, 10, 15], 'posts', false])
    const { cells, reach, kelurahan } = told
    for (const [i, { minutes, people, area_share }] of reach.entries()) {
      const inside = cells.seconds.map((s) => s !== null && s <= minutes * 60)
      expect(sum(cells.people.filter((_, cell) => inside[cell]))).toBeCloseTo(people, -2)
      expect(people + sum(kelurahan.map((each) => each.beyond_people[i]))).toBeCloseTo(told.people.total, -1)
      expect(area_share).toBeGreaterThan(i > 0 ? reach[i - 1].area_share : 0)
    }
    const beyond = kelurahan.map((each) => each.beyond_people[2])
    expect(beyond).toEqual([...beyond].sort((a, b) => b - a))
    expect(kelurahan).toHaveLength(27)
    expect(cells.kelurahan.every((k) => kelurahan[k] !== undefined)).toBe(true)
    expect(told.sources.map(({ name, units }) => [name, units.length])).toEqual([['Mako Damkar', 5]])
    expect(told.excluded).toMatchObject([
      { name: 'Pos Damkar Selatan', reason: 'tidak ada unit yang bermarkas di sini' },
    ])
    expect(told.people).toMatchObject({ year: 2017, kelurahan_evenly: 27 })
    expect(told.demand).toMatchObject({ basis: 'people', n: 0 })
    expect(told.modelled_against_achieved).toMatchObject({ n: 0, ratio: null })
  })

  it('from where units are now leaves out who is off duty or busy, and says why', async () => {
    await sql(`update unit set duty = 'off' where callsign = 'Damkar 3'`)
    const { sources, excluded } = await now('from=units&minutes=7')
    expect(sum(sources.map(({ units }) => units.length))).toBe(4)
    expect(excluded.find(({ name }) => name === 'Damkar 3')?.kind).toBe('unit')
    await sql(`update unit set duty = 'on' where callsign = 'Damkar 3'`)
    const told = await now('agency_kind=pln')
    expect([told.sources.length, told.notes[0]]).toEqual([1, expect.stringContaining('tidak tercatat')])
  })

  it.each([
    ['minutes=10,5', 'minutes'],
    ['minutes=0,5', 'minutes'],
    ['minutes=5,sepuluh', 'minutes'],
    ['minutes=1,2,3,4,5,6,7', 'minutes'],
    ['minutes=', 'minutes'],
    ['agency_kind=naga', 'agency_kind'],
    ['from=rumah', 'from'],
    ['agency_kind=pln&from=units', 'from'],
  ])('refuses ?%s by field', async (query, field) => {
    expect(await faults('GET', `/api/coverage?${query}`)).toEqual([422, field])
  })
})

describe('what if', () => {
  it('a post is manned is what is reached once it is, and what is gained is what it says', async () => {
    const unit = units.find(({ callsign }) => callsign === 'Damkar 1') as Unit
    const guess = await suppose([{ kind: 'move_unit', unit_id: unit.id, location: south().location }])
    expect(guess.changes[0].words).toContain('Damkar 1 pindah ke')
    const before = await now()
    expect(guess.before.reach).toEqual(before.reach)
    await sql(`update unit set station_id = '${south().id}' where callsign = 'Damkar 1'`)
    const after = await now()
    await sql(`update unit set station_id = '${mako().id}' where callsign = 'Damkar 1'`)
    expect(guess.after.reach).toEqual(after.reach)
    expect(guess.after.sources).toEqual(after.sources)
    for (const [i, { people, people_gained, people_lost }] of guess.difference.reach.entries()) {
      expect(people).toBeCloseTo(after.reach[i].people - before.reach[i].people, 0)
      expect([people_lost, people_gained]).toEqual([0, people])
    }
    const changed = new Map(guess.cells.h3.map((cell, i) => [cell, guess.cells.after[i]]))
    for (const [i, cell] of after.cells.h3.entries())
      expect(changed.get(cell) ?? before.cells.seconds[i]).toBe(after.cells.seconds[i])
    // The same as a post built there, and as much lost again when it closes.
    const built = await suppose([{ kind: 'add_post', location: south().location, turnout_seconds: 80 }])
    expect(built.after.reach).toEqual(after.reach)
    const both = await suppose([
      { kind: 'move_unit', unit_id: unit.id, location: south().location },
      { kind: 'move_unit', unit_id: unit.id, location: mako().location },
    ])
    expect([both.cells.h3, both.kelurahan, both.difference.people_mean_seconds]).toEqual([[], [], 0])
  })

  it('a road is closed is what is reached once it is', async () => {
    const draw = { by: 'street' as const, name: 'Jl. Diponegoro', near: mako().location.coordinates }
    const guess = await suppose([{ kind: 'close_road', draw }])
    expect(guess.changes[0]).toMatchObject({ words: expect.stringContaining('Jl. Diponegoro'), slowed_m: 0 })
    expect(guess.difference.people_later).toBeGreaterThan(0)
    expect(guess.difference.people_sooner).toBe(0)
    const { geometry } = await ask<{ geometry: object }>('POST', '/api/closures/preview', { draw }, admin)
    const [starts_at, ends_at] = [-60_000, 600_000].map((ms) => new Date(clock + ms).toISOString())
    const closing = { kind: 'road', reason: 'uji', geometry, starts_at, ends_at }
    const { id } = await ask<{ id: string }>('POST', '/api/closures', closing, admin)
    const closed = await now()
    expect([closed.reach, closed.closures]).toEqual([guess.after.reach, 1])
    // Closed already: nothing is lost by closing it once more.
    expect((await suppose([{ kind: 'close_road', draw }])).cells.h3).toEqual([])
    await ask('DELETE', `/api/closures/${id}`, undefined, admin)
  })

  it('the city floods as in 2021 is what is reached once the rob is in force', async () => {
    expect(await faults('POST', '/api/coverage/what-if', { changes: [{ kind: 'flood', scenario: '2021' }] })).toEqual([422, 'changes.0.scenario']) // prettier-ignore
    await sql(`with v as (insert into layer_version (layer, status, built_in) values ('flood', 'live', false) returning id)
      insert into layer_flood (version_id, id, event, depth, depth_cm, geom)
      select v.id, f.n, 'rob', f.cm || ' cm', f.cm, st_multi(st_buffer(st_setsrid(st_point(109.665 + f.n * 0.01, -6.885), 4326), 0.006))
      from v, (values (1, 30), (2, 60)) as f (n, cm)`)
    await server.running.services.city.reload()
    const guess = await suppose([{ kind: 'flood', scenario: '2021' }])
    expect(guess.changes[0].closed_m).toBeGreaterThan(100)
    expect(guess.difference.people_later).toBeGreaterThan(1_000)
    await ask('POST', '/api/closures/rob', {}, admin)
    expect((await now()).reach).toEqual(guess.after.reach)
    await ask('DELETE', '/api/closures/rob', undefined, admin)
  })

  it('a shift takes its traffic, its hours of demand, and who is on duty in it', async () => {
    const quick = await suppose([{ kind: 'shift', shift: 'malam' }])
    expect(quick.difference.people_mean_seconds).toBeLessThan(-10)
    await sql(`update unit set duty = 'off' where callsign in ('Damkar 1', 'Damkar 2', 'Damkar 4')`)
    const { after } = await suppose([{ kind: 'shift', shift: 'sore' }])
    await sql(`update unit set duty = 'on' where callsign like 'Damkar %'`)
    expect(after.sources[0].units).toEqual(['Damkar 5', 'Damkar 3'])
    expect(after.excluded.find(({ name }) => name === 'Damkar 1')?.reason).toContain('shift sore')
  })

  it('nobody sets off any more: all is lost, and no median is made up', async () => {
    const { after, difference } = await suppose([{ kind: 'close_post', station_id: mako().id }])
    expect([after.sources, after.reach[2].people]).toEqual([[], 0])
    expect([difference.people_mean_seconds, difference.people_median_seconds]).toEqual([null, null])
  })

  it.each<[string, object, string]>([
    ['no change', { changes: [] }, 'changes'],
    ['a kind of change there is not', { changes: [{ kind: 'pindah' }] }, 'changes.0.kind'],
    [
      'a post outside the city',
      { changes: [{ kind: 'add_post', location: point([110.4, -6.98]) }] },
      'changes.0.location',
    ],
    ['a post of nobody', { changes: [{ kind: 'close_post', station_id: NOBODY }] }, 'changes.0.station_id'],
    ['a unit of nobody', { changes: [{ kind: 'close_unit', unit_id: NOBODY }] }, 'changes.0.unit_id'],
    ['a bridge in the sea', { changes: [{ kind: 'close_road', draw: { by: 'point', at: [109.6, -6.7] } }] }, 'changes.0.draw.at'], // prettier-ignore
    ['a street nobody knows', { changes: [{ kind: 'close_road', draw: { by: 'street', name: 'Jl. Tidak Ada', near: SOUTH } }] }, 'changes.0.draw.name'], // prettier-ignore
    ['limits that fall', { changes: [{ kind: 'flood', scenario: '2021' }], minutes: [10, 5] }, 'minutes'],
  ])('refuses %s by field', async (_what, body, field) => {
    expect(await faults('POST', '/api/coverage/what-if', body)).toEqual([422, field])
  })
})

describe('the best place for one more post', () => {
  const best = async (body: object): Promise<BestPosts> =>
    bestPosts.parse(await ask('POST', '/api/coverage/best-posts', { add: 1, ...body }))
  const near = [SOUTH, [109.69, -6.9], [109.655, -6.905], [109.66, -6.89]] as [number, number][]

  it('gains what building it would, and no other candidate gains more; two gain the most of all pairs', async () => {
    const asked = { minutes: 8, weight: 'people', candidates: near.map(point), turnout_seconds: 80 }
    const built = async (places: [number, number][]) => {
      const changes = places.map((at) => ({ kind: 'add_post' as const, location: point(at), turnout_seconds: 80 }))
      const { difference } = await suppose(changes, { minutes: [8] })
      return [difference.reach[0].people, -(difference.people_mean_seconds ?? 0)]
    }
    const one = await Promise.all(near.map((at) => built([at])))
    const top = (gains: number[][], by: 0 | 1) => Math.max(...gains.map((gain) => gain[by]))
    expect((await best(asked)).best[0].gained).toBeCloseTo(top(one, 0), 0)
    const pairs = await Promise.all(near.flatMap((a, i) => near.slice(i + 1).map((b) => built([a, b]))))
    const two = await best({ ...asked, add: 2 })
    expect(sum(two.best.map((place) => place.gained))).toBeCloseTo(top(pairs, 0), 0)
    expect(two.after.within - two.before.within).toBeCloseTo(top(pairs, 0), 0)
    const median = await best({ ...asked, add: 2, objective: 'p_median' })
    expect(Math.abs(sum(median.best.map((place) => place.seconds_saved)) - top(pairs, 1))).toBeLessThanOrEqual(1)
  })

  it('is sought among the whole city, spoken by name', async () => {
    const { best: found, candidates, advice, singles } = await best({ minutes: 8 })
    expect(candidates).toBeGreaterThan(200)
    expect(found[0].place).toContain(found[0].kelurahan)
    expect(advice).toContain(found[0].place)
    expect(singles[0]).toEqual(found[0])
    expect((await best({ minutes: 8, candidates: 'places' })).candidates).toBeGreaterThan(10)
  })

  it.each<[object, string]>([
    [{ add: 3 }, 'add'],
    [{}, 'add'],
    [{ add: 1, objective: 'cepat' }, 'objective'],
    [{ add: 1, candidates: [] }, 'candidates'],
    [{ add: 1, candidates: [point([110.4, -6.98])] }, 'candidates.0'],
  ])('refuses %j by field', async (body, field) => {
    expect(await faults('POST', '/api/coverage/best-posts', body)).toEqual([422, field])
  })
})

describe('modelled against achieved', () => {
  it('counts the first crew of a case from notified to on scene', async () => {
    const body = { incident_type: 'kebakaran', location: point([109.68, -6.9]) }
    const { incident } = await ask<{ incident: { id: string } }>('POST', '/api/incidents', body, admin)
    const unit_ids = units.slice(0, 2).map((unit) => unit.id)
    const sent = await ask<{ id: string }[]>('POST', `/api/incidents/${incident.id}/assignments`, { unit_ids, override_reason: 'uji' }, admin) // prettier-ignore
    for (const [i, { id }] of sent.entries()) {
      clock += 300_000 + i
      await ask('POST', `/api/assignments/${id}/status`, { status: 'on_scene' }, admin)
    }
    const { modelled_against_achieved: told } = await now('minutes=4,12')
    expect(told).toMatchObject({ n: 1, achieved_median_seconds: 300, ratio: null })
    expect(told.bands.map(({ n }) => n)).toEqual([0, 1, 0])
    expect(told.kelurahan).toHaveLength(1)
  })
})

describe('scenarios', () => {
  it('are kept, changed by who read the last revision, and thrown away; the log holds none of their words', async () => {
    const head = () => server.running.services.db.value<number>('live_head')
    const input = {
      name: 'Pos baru Pak Budi',
      note: 'usulan rapat',
      changes: [{ kind: 'add_post', location: point(SOUTH) }],
    }
    const kept = coverageScenario.parse(await ask('POST', '/api/coverage/scenarios', input))
    expect(kept).toMatchObject({ ...input, agency_kind: 'damkar', minutes: [5, 10, 15], from: 'posts', revision: 1 })
    const path = `/api/coverage/scenarios/${kept.id}`
    const changed = await ask<CoverageScenario>('PATCH', path, { name: 'Pos Pak Budi', revision: 1 })
    expect([changed.revision, changed.name, changed.note]).toEqual([2, 'Pos Pak Budi', 'usulan rapat'])
    expect(await faults('PATCH', path, { name: 'lain', revision: 1 })).toEqual([409, 'revision'])
    const before = await head()
    expect((await ask<CoverageScenario>('PATCH', path, { name: 'Pos Pak Budi', revision: 2 })).revision).toBe(2)
    expect(await head()).toEqual(before)
    expect(await ask('GET', '/api/coverage/scenarios')).toEqual([changed])
    // As kept it can be asked again.
    expect((await suppose(changed.changes, { minutes: changed.minutes })).difference.reach[1].people).toBeGreaterThan(0)
    expect(await faults('DELETE', `${path}?revision=1`)).toEqual([409, 'revision'])
    await ask('DELETE', `${path}?revision=2`)
    expect(await faults('DELETE', `${path}?revision=2`)).toEqual([404, 'id'])
    const lines = await server.running.services.db.rows<{ kind: string; line: string }>('live_events', { since: 0, limit: 10_000, most: 10_000 }) // prettier-ignore
    const about = lines.filter(({ kind }) => kind.startsWith('coverage.'))
    expect(about.map(({ kind }) => kind)).toEqual(['coverage.saved', 'coverage.saved', 'coverage.removed'])
    expect(JSON.stringify(about)).not.toMatch(/Budi|usulan/)
  })

  it.each<[object, string]>([
    [{ name: ' ', changes: [] }, 'name'],
    [{ name: 'a', changes: [{ kind: 'x' }] }, 'changes.0.kind'],
    [{ name: 'a', changes: [], minutes: [] }, 'minutes'],
  ])('refuses %j by field', async (body, field) => {
    expect(await faults('POST', '/api/coverage/scenarios', body)).toEqual([422, field])
  })
})
