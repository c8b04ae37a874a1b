import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { alias as aliasSchema, type Alias } from '../../geo/wire/aliases.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { ROLES } from '../../geo/wire/primitives.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { importFolder } from '../../server/import/run.ts'
import { keepHouse } from '../../server/jobs/housekeeping.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'
import { city, collection, folder, options, place, removeFolders } from './import/folders.ts'

type Coordinates = [number, number]
const MELATI: Coordinates = [109.664, -6.8905]
const SINAR: Coordinates = [109.6665, -6.892]
const NOWHERE: Coordinates = [109.6621, -6.8893]
const point = (coordinates: Coordinates) => ({ type: 'Point', coordinates })

let server: TestServer
let operator: string
let admin: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  admin = await server.token('admin')
  await bring(place('Gedung Melati', MELATI), place('Toko Sinar', SINAR))
})
afterAll(async () => {
  await server?.stop()
  removeFolders()
})

/** Imports these places as the whole place layer; done when the server answers by it. */
async function bring(...places: object[]): Promise<void> {
  const marker = place(`Penanda ${places.length} ${Math.round(performance.now())}`, [109.668, -6.894])
  const name = (marker as { properties: { name: string } }).properties.name
  const report = await importFolder(
    server.running.services.db,
    folder({
      'layers.json': { city, layers: [{ file: 'p.geojson', as: 'place' }] },
      'p.geojson': collection(...places, marker),
    }),
    options,
  )
  expect(report.faults).toEqual([])
  await vi.waitFor(async () => expect((await locate(name)).name).toBe(name), { timeout: 10_000, interval: 50 })
}

const ask = <T>(method: string, path: string, body?: object, token = operator) =>
  server.call<T>(method, path, { token, body })
interface Place {
  name?: string
  point?: Coordinates
  why?: string[]
}
async function locate(q: string): Promise<Place> {
  const { body } = await ask<{
    features: { geometry: { coordinates: Coordinates }; properties: { geocoding: { name: string }; why: string[] } }[]
  }>('GET', `/api/geocode?limit=1&q=${encodeURIComponent(q)}`)
  const [first] = body.features
  if (!first) return {}
  return { name: first.properties.geocoding.name, point: first.geometry.coordinates, why: first.properties.why }
}
const list = async (status = '', token = admin) =>
  z
    .array(aliasSchema.strict())
    .parse((await ask<Alias[]>('GET', `/api/aliases${status && `?status=${status}`}`, undefined, token)).body)
/** Saves an incident with these words and this pin; answers what is proposed for the words once that was looked at. */
async function pin(address_text: string | null, at: Coordinates, more: object = {}) {
  const made = await ask<{ incident: Incident }>('POST', '/api/incidents', {
    incident_type: 'kebakaran',
    location: point(at),
    address_text,
    ...more,
  })
  expect(made.status).toBe(201)
  await looked()
  return made.body.incident
}
/** Whatever was saved so far has been looked at. */
async function looked(): Promise<void> {
  await new Promise((done) => setTimeout(done, 50))
  await server.running.services.proposer.settled()
}
const proposed = async (name: string) => (await list()).filter((each) => each.alias === name)
const decide = (id: string, body: object, token = admin) =>
  ask<Alias & Pick<Problem, 'errors'>>('PATCH', `/api/aliases/${id}`, body, token)
const rows = async (sql: string) => {
  const client = await server.running.services.db.client()
  const answer = await client.query(sql)
  await client.end()
  return answer.rows as Record<string, unknown>[]
}

describe('a correction', () => {
  it('proposes the words for what the pin stands on, counts up, and puts nothing in force', async () => {
    const said = 'ada kebakaran di balai kencana pak, rt 3 rw 2'
    const incident = await pin(said, [MELATI[0] + 0.0001, MELATI[1]], { pin_source: 'map' })
    const [first] = await proposed('balai kencana')
    expect(first).toMatchObject({
      target: {
        type: 'place',
        name: 'Gedung Melati',
        location: point(MELATI),
        kelurahan_code: incident.kelurahan_code,
      },
      status: 'proposed',
      times: 1,
      decided_at: null,
      decided_by: null,
      alive: true,
    })
    expect((await locate('balai kencana')).name).not.toBe('Gedung Melati')
    const again = await pin('balai kencana', MELATI, { pin_source: 'place' })
    const [second, ...others] = await proposed('balai kencana')
    expect(others).toEqual([])
    expect(second).toMatchObject({ id: first.id, times: 2 })
    expect(Date.parse(second.last_at)).toBeGreaterThan(Date.parse(first.last_at))
    expect(await rows(`select incident_id from alias where id = '${first.id}'`)).toEqual([{ incident_id: again.id }])
  })

  it('of the same words to another place is another proposal; the most frequent stands first', async () => {
    await pin('balai kencana', SINAR)
    expect((await proposed('balai kencana')).map((each) => [each.target.name, each.times])).toEqual([
      ['Gedung Melati', 2],
      ['Toko Sinar', 1],
    ])
  })

  it('is learnt when a pin is moved later, from the words that were kept', async () => {
    const incident = await pin('griya kemuning', SINAR)
    expect((await proposed('griya kemuning')).map((each) => each.target.name)).toEqual(['Toko Sinar'])
    await ask('PATCH', `/api/incidents/${incident.id}`, { location: point(NOWHERE) })
    await looked()
    expect((await proposed('griya kemuning')).map((each) => each.target.type).sort()).toEqual(['place', 'point'])
    await ask('PATCH', `/api/incidents/${incident.id}`, { address_text: 'griya seroja', location: point(NOWHERE) })
    await looked()
    expect((await proposed('griya seroja')).map((each) => each.target)).toMatchObject([
      { type: 'point', name: null, location: point(NOWHERE) },
    ])
  })

  it.each([
    ['a device says where it is', 'wisma anyelir', NOWHERE, { pin_source: 'device' }],
    ['nothing was said', null, NOWHERE, {}],
    ['the gazetteer said so itself', 'gedung melati', MELATI, {}],
    ['coordinates were said', '-6.8915, 109.662', NOWHERE, {}],
    ['the pin lies outside the city', 'wisma anyelir', [109.6, -6.98] as Coordinates, {}],
    ['the pin is as wide as the city', 'gedung melati anyelir', SINAR, { accuracy_m: 5_000 }],
  ])('teaches nothing when %s', async (_what, said, at, more) => {
    const before = await list()
    await pin(said, at, more)
    expect(await list()).toEqual(before)
  })

  it('answered twice under one key is counted once', async () => {
    const body = { incident_type: 'ular', location: point(NOWHERE), address_text: 'taman cempaka' }
    for (let i = 0; i < 2; i++)
      await server.call('POST', '/api/incidents', { token: operator, body, headers: { 'idempotency-key': 'alias-1' } })
    await looked()
    expect((await proposed('taman cempaka')).map((each) => each.times)).toEqual([1])
  })

  it('that cannot be stored costs no incident: it is counted as failed', async () => {
    const { proposer } = server.running.services
    const failed = proposer.counts.failed
    await rows('alter table alias rename to alias_away')
    try {
      expect((await pin('wisma dahlia', NOWHERE)).status).toBe('received')
    } finally {
      await rows('alter table alias_away rename to alias')
    }
    expect(proposer.counts.failed).toBe(failed + 1)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain(`siaga_alias_corrections{outcome="failed"} ${failed + 1}`)
    await pin('wisma dahlia', NOWHERE)
    expect(await proposed('wisma dahlia')).toHaveLength(1)
  })

  it('keeps a caller’s name and number out of the words, and the words out of the log', async () => {
    await pin('nama saya Sekar Arum 0812 3456 7890, di losmen teratai putih', NOWHERE)
    expect(await proposed('losmen teratai putih')).toHaveLength(1)
    const lines = JSON.stringify(await rows(`select line from event`))
    expect(lines).not.toMatch(/teratai|sekar/i)
    expect(await rows(`select 1 from event where kind = 'alias.proposed'`)).not.toEqual([])
  })
})

describe('accepting', () => {
  it('puts a name in force at once, on every server; rejecting takes it out', async () => {
    const [found] = (await proposed('balai kencana')).filter((each) => each.target.name === 'Gedung Melati')
    const accepted = await decide(found.id, { status: 'accepted' })
    expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted', alive: true } })
    expect(accepted.body.decided_by).toMatch(/^admin:/)
    expect(await locate('kebakaran di balai kencana')).toMatchObject({ name: 'Gedung Melati', point: MELATI })
    expect((await list('accepted')).map((each) => each.id)).toEqual([found.id])
    const [line] = await rows(`select line::jsonb -> 'body' as body from event where kind = 'alias.accepted'`)
    expect(line.body).toMatchObject({ after: { alias: 'balai kencana', target: { name: 'Gedung Melati' } } })

    expect((await decide(found.id, { status: 'rejected' })).body.status).toBe('rejected')
    expect((await locate('balai kencana')).name).not.toBe('Gedung Melati')
    // Another server's decision comes as a line of the log.
    const { db, now } = server.running.services
    await db.value('alias_decide', {
      id: found.id,
      input: { status: 'accepted' },
      actor: 'admin:lain',
      now: now(),
      simulated: false,
    })
    await expect.poll(async () => (await locate('balai kencana')).name, { timeout: 5_000 }).toBe('Gedung Melati')
  })

  it('in better words; a rejected text is a digest in the log', async () => {
    const [wisma] = await proposed('wisma dahlia')
    expect((await decide(wisma.id, { status: 'accepted', alias: 'Wisma  Dahlia Indah' })).body.alias).toBe(
      'wisma dahlia indah',
    )
    expect((await locate('wisma dahlia indah')).point).toEqual(NOWHERE)
    const [losmen] = await proposed('losmen teratai putih')
    expect((await decide(losmen.id, { status: 'rejected' })).status).toBe(200)
    const [line] = await rows(`select line from event where kind = 'alias.rejected' order by seq desc limit 1`)
    expect(line.line).toContain(losmen.id)
    expect(line.line).not.toContain('teratai')
    // What was rejected is counted on, and stays rejected.
    await pin('losmen teratai putih', NOWHERE)
    expect((await proposed('losmen teratai putih')).map((each) => [each.status, each.times])).toEqual([['rejected', 2]])
  })

  it('the same again writes no line', async () => {
    const [one] = await list('accepted')
    const seq = async () => (await rows('select seq from log_head'))[0].seq
    const before = await seq()
    expect((await decide(one.id, { status: 'accepted' })).status).toBe(200)
    expect(await seq()).toBe(before)
  })

  it.each([
    ['nothing', ' ', /kosong/],
    ['only a sort of thing', 'masjid', /umum/],
    ['only a road', 'Jalan', /umum/],
    ['the name that it has', 'Toko Sinar', /sudah bernama Toko Sinar/],
    ['a number', 'toko anyelir 0812 3456 789', /telepon/],
  ])('refuses %s by its field', async (_what, alias, reason) => {
    const [open] = (await list('proposed')).filter((each) => each.target.name === 'Toko Sinar')
    const { status, body } = await decide(open.id, { status: 'accepted', alias })
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ field: 'alias', reason: expect.stringMatching(reason) }])
    expect((await list('proposed')).find((each) => each.id === open.id)?.alias).toBe(open.alias)
  })

  it.each([
    [{ status: 'proposed' }, 'status'],
    [{}, 'status'],
    [{ status: 'accepted', alias: 'x'.repeat(61) }, 'alias'],
    [{ status: 'accepted', times: 9 }, 'times'],
  ])('refuses %j by its field', async (body, field) => {
    const [one] = await list()
    const answer = await decide(one.id, body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((error) => error.field)).toEqual([field])
  })

  it('is an admin’s alone; a supervisor reads, others neither', async () => {
    const [one] = await list()
    for (const role of ROLES) {
      const token = await server.token(role)
      const read = await ask('GET', '/api/aliases', undefined, token)
      expect(read.status, role).toBe(role === 'admin' || role === 'supervisor' ? 200 : 403)
      if (role === 'admin') continue
      expect((await decide(one.id, { status: 'rejected' }, token)).status, role).toBe(403)
      expect((await ask('POST', '/api/aliases', { alias: 'a b', location: point(SINAR) }, token)).status).toBe(403)
    }
  })

  it('tells screens nothing but that there was a line', async () => {
    const reader = await readLive(server.url, { token: await server.token('screen') })
    await reader.until((m) => m.type === 'snapshot')
    const { body } = await ask<Alias>('POST', '/api/aliases', { alias: 'kolam kenanga', location: point(SINAR) }, admin)
    const [{ seq }] = await rows(`select seq from event where line like '%${body.id}%'`)
    expect(await reader.until((m) => m.type === 'event' && m.seq === Number(seq))).toEqual({
      type: 'event',
      seq: Number(seq),
    })
    reader.close()
  })

  it('tell an operator, who may have typed one, that names have changed', async () => {
    const reader = await readLive(server.url, { token: operator })
    await reader.until((m) => m.type === 'snapshot')
    const { body } = await ask<Alias>('POST', '/api/aliases', { alias: 'kolam teratai', location: point(SINAR) }, admin)
    const [{ seq }] = await rows(`select seq from event where line like '%${body.id}%'`)
    // The kind alone; and by then the answer is the new one.
    expect(await reader.until((m) => m.type === 'event' && m.seq === Number(seq))).toEqual({
      ...{ type: 'event', kind: 'alias.accepted', seq: Number(seq) },
    })
    expect((await locate('kolam teratai')).point?.[0]).toBeCloseTo(SINAR[0], 4)
    reader.close()
  })
})

describe('giving a place another name', () => {
  const give = (body: object) => ask<Alias & Pick<Problem, 'errors'>>('POST', '/api/aliases', body, admin)
  it('of what is named so near, or of the bare point; in force at once', async () => {
    const named = await give({
      alias: 'Toko Serba Ada',
      location: point([SINAR[0] + 0.001, SINAR[1]]),
      target_name: 'toko sinar',
    })
    expect(named).toMatchObject({
      status: 201,
      body: { status: 'accepted', target: { type: 'place', name: 'Toko Sinar' } },
    })
    expect(await locate('depan toko serba ada')).toMatchObject({ name: 'Toko Sinar', point: SINAR })
    const bare = await give({ alias: 'Sumur Mawar', location: point(NOWHERE) })
    expect(bare.body).toMatchObject({ alias: 'sumur mawar', target: { type: 'point', name: null } })
    expect(await locate('sumur mawar')).toMatchObject({ name: 'sumur mawar', point: NOWHERE })
    expect((await give({ alias: 'sumur mawar', location: point(NOWHERE) })).body.id).toBe(bare.body.id)
  })

  it.each([
    [
      'a name nobody there bears',
      { alias: 'balai anyar', location: point(SINAR), target_name: 'Gedung Entah' },
      'target_name',
    ],
    ['a place outside the city', { alias: 'balai anyar', location: point([109.6, -6.98]) }, 'location'],
    ['only a sort of thing', { alias: 'masjid', location: point(SINAR) }, 'alias'],
    ['no place', { alias: 'balai anyar' }, 'location'],
    ['half a character', { alias: 'balai \ud83d', location: point(SINAR) }, 'alias'],
  ])('refuses %s by its field', async (_what, body, field) => {
    const answer = await give(body)
    expect(answer.status).toBe(422)
    expect(new Set(answer.body.errors?.map((error) => error.field))).toEqual(new Set([field]))
  })
})

describe('an import', () => {
  it('keeps names in force: for what moved a little, and as a place of its own for what is gone', async () => {
    const moved: Coordinates = [MELATI[0] + 0.001, MELATI[1]]
    await bring(place('Kantor Baru', NOWHERE), place('GEDUNG MELATI', moved))
    expect(await locate('balai kencana')).toMatchObject({ name: 'GEDUNG MELATI', point: moved })
    const life = async (name: string) => (await list('accepted')).find((each) => each.alias === name)?.alive
    expect(await life('balai kencana')).toBe(true)
    expect(await life('toko serba ada')).toBe(false)
    expect(await life('sumur mawar')).toBe(true)
    const gone = await locate('toko serba ada')
    expect(gone.name).toBe('Toko Sinar')
    expect(gone.point).toEqual([SINAR[0] + 0.001, SINAR[1]])
  })
})

describe('the other world', () => {
  it('neither sees these names nor puts its own in force here', async () => {
    const { db, now } = server.running.services
    const input = { alias: 'taman simulasi', target_type: 'point', target_name: null, target_kelurahan_code: null }
    const at = { lon: NOWHERE[0], lat: NOWHERE[1] }
    await db.value('alias_add', { input: { ...input, ...at }, actor: 'admin:demo', now: now(), simulated: true })
    const simulated = await db.rows<{ alias: Alias }>('aliases', { status: null, simulated: true })
    expect(simulated.map((row) => row.alias.alias)).toEqual(['taman simulasi'])
    expect(await proposed('taman simulasi')).toEqual([])
    await new Promise((done) => setTimeout(done, 1_500))
    expect((await locate('taman simulasi')).name).not.toBe('taman simulasi')
    expect((await decide(simulated[0].alias.id, { status: 'rejected' })).status).toBe(404)
  })
})

describe('proposals nobody decides on', () => {
  it('are forgotten after 90 days; decided ones stay', async () => {
    const { db, log, now } = server.running.services
    const open = (await list('proposed')).length
    const decided = (await list()).length - open
    expect(open).toBeGreaterThan(0)
    const in_days = (days: number) => () => new Date(now().getTime() + days * 86_400_000)
    ;(await keepHouse({ db, log, now: in_days(89) }))()
    expect(await list('proposed')).toHaveLength(open)
    ;(await keepHouse({ db, log, now: in_days(91) }))()
    expect(await list()).toHaveLength(decided)
  })
})
