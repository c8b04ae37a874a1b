import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shiftToHandOver } from '../../geo/shift/handover_due.ts'
import { ROLES, type Role } from '../../geo/wire/primitives.ts'
import { DEFAULT_SCREEN } from '../../geo/wire/screen_settings.ts'
import { apiRoutes } from '../../server/app.ts'
import { HEARD, may, PERMISSIONS, VERBS, type Permission } from '../../server/auth/permissions.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server?.stop())

const PLACE = { type: 'Point', coordinates: [109.662, -6.89154] }
const NOBODY = '00000000-0000-4000-8000-000000000000'
const fill = (path: string) => path.replace(/:\w+/g, NOBODY)

describe('every route', () => {
  // The routes are known only once a server runs; they are walked inside.
  it('refuses nobody in particular with 401 and an ungranted role with 403', async () => {
    const tokens = new Map<Role, string>()
    for (const role of ROLES) tokens.set(role, await server.token(role))
    const routes = apiRoutes(server.running.services, { routes: [] } as never).filter(
      (route) => route.permission !== 'public',
    )
    expect(routes.length).toBeGreaterThan(15)
    const written = () => server.running.services.db.value<number>('live_head')
    const before = await written()
    const granted = (permission: string): readonly Role[] => PERMISSIONS[permission as Permission]
    const each = routes.map(({ method, path, permission }) => ({
      method: method.toUpperCase(),
      path: fill(path),
      body: method === 'get' ? undefined : {},
      granted: granted(permission),
    }))
    for (const { method, path, body, granted } of each) {
      expect((await server.call(method, path, { body })).status, `${method} ${path} by nobody`).toBe(401)
      expect(
        (await server.call(method, path, { body, token: 'siaga_t_wrong' })).status,
        `${method} ${path} with a wrong token`,
      ).toBe(401)
      for (const role of ROLES.filter((role) => !granted.includes(role)))
        expect(
          (await server.call(method, path, { body, token: tokens.get(role) })).status,
          `${method} ${path} by ${role}`,
        ).toBe(403)
    }
    expect(await written(), 'what is refused writes nothing').toBe(before)
    for (const { method, path, body, granted } of each)
      for (const role of granted) {
        const { status } = await server.call(method, path, { body, token: tokens.get(role) })
        expect([401, 403, 500], `${method} ${path} by ${role}`).not.toContain(status)
      }
    // Nobody is let in by a route outside the table, and no row of the table is for nothing.
    const named = new Set(routes.map((route) => route.permission))
    const unnamed = (Object.keys(PERMISSIONS) as Permission[]).filter((name) => !named.has(name))
    expect(unnamed.sort()).toEqual(ELSEWHERE)
  })
})

/** Granted not by a route but inside one, and by the socket. */
const ELSEWHERE: Permission[] = [
  'call.ring',
  'cancellation.decide',
  'complaint.handle',
  'complaint.settle',
  'incident.late_entry',
  'operator_figures.read',
]

const FUNCTIONS = resolve(import.meta.dirname, '../../sql/functions')
const functions = readdirSync(FUNCTIONS).map((name) => ({
  name: name.slice(0, -4),
  text: readFileSync(join(FUNCTIONS, name), 'utf8'),
}))

describe('every verb', () => {
  it('stands in the table, and the table has no other', () => {
    const verbs = functions.filter(({ text }) => text.startsWith('-- Verb')).map(({ name }) => name)
    expect(Object.keys(VERBS).sort()).toEqual(verbs.sort())
  })
  it('is reached by permissions that a route asks for', () => {
    const routes = apiRoutes(server.running.services, { routes: [] } as never)
    const offered = new Set<string>(routes.map((route) => route.permission))
    for (const [verb, needs] of Object.entries(VERBS) as [string, Permission | readonly Permission[] | 'system'][])
      for (const need of [needs].flat()) if (need !== 'system') expect(offered, verb).toContain(need)
  })
})

describe('every live message', () => {
  it('of the log has its hearers in the table, and the table no other subject', () => {
    const subjects = functions.flatMap(({ text }) =>
      [...text.matchAll(/'(\w+)\.[a-z_]*'/g)].map(([, subject]) => subject),
    )
    expect(new Set(subjects)).toEqual(new Set(Object.keys(HEARD)))
  })

  it('comes whole to the roles that may hear it and as a number to the others', async () => {
    const admin = await server.token('admin')
    const readers = await Promise.all(
      ROLES.map(async (role) => ({ role, reader: await readLive(server.url, { token: await server.token(role) }) })),
    )
    await Promise.all(readers.map(({ reader }) => reader.until((message) => message.type === 'snapshot')))
    const ask = async <T>(method: string, path: string, body?: object) => {
      const answer = await server.call<T>(method, path, { token: admin, body })
      expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
      return answer.body
    }
    const call = await ask<{ id: string }>('POST', '/api/calls', {})
    await ask('POST', '/api/device-locations', { call_id: call.id, location: PLACE, accuracy_m: 20, source: 'aml' })
    const { incident } = await ask<{ incident: { id: string } }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: PLACE,
    })
    const [agency] = await ask<{ id: string }[]>('GET', '/api/agencies')
    await ask('POST', `/api/incidents/${incident.id}/assignments`, { agency_ids: [agency.id], override_reason: 'uji' })
    await ask('POST', `/api/incidents/${incident.id}/cancellation`, { words: 'uji' })
    const { actor } = await ask<{ actor: string }>('GET', '/api/supervision')
    await server.call('POST', `/api/incidents/${incident.id}/take-over`, {
      token: await server.token('operator'),
      body: { former: actor },
    })
    const owed = shiftToHandOver(Date.now())
    await ask('PUT', '/api/handovers', { ...owed, words: 'uji', equipment: 'uji', revision: 0 })
    await ask('POST', '/api/aliases', { alias: 'simpang uji dengar', location: PLACE })
    await ask('POST', '/api/coverage/scenarios', { name: 'uji', changes: [] })
    await ask('POST', '/api/closures', {
      kind: 'road',
      reason: 'uji',
      geometry: { type: 'LineString', coordinates: [PLACE.coordinates, [109.664, -6.89154]] },
      starts_at: new Date().toISOString(),
      ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await ask('DELETE', '/api/incident-types/kebakaran/needs')
    await ask('PUT', '/api/agency-kinds/damkar', { position_age_limit_seconds: 77 })
    await ask('POST', '/api/accounts', { login: 'uji.dengar', role: 'operator' })
    const [unit] = await ask<{ id: string }[]>('GET', '/api/units')
    await ask('PATCH', `/api/units/${unit.id}`, { duty: 'off' })
    const complaint = { id: crypto.randomUUID(), channel: 'phone', category: 'other', words: 'uji' }
    await ask('POST', '/api/complaints', complaint)
    const asked = await ask<{ id: string }>('POST', '/api/calls', { kind: 'information' })
    await ask('PATCH', `/api/calls/${asked.id}`, { ended_at: new Date().toISOString() })
    await ask('POST', '/api/surveys', { call_id: asked.id })
    await ask('PUT', '/api/screens/uji/settings', DEFAULT_SCREEN)
    const last = await server.running.services.db.value<number>('live_head')
    const subjects = Object.keys(HEARD).filter((subject) => subject !== 'city') as (keyof typeof HEARD)[]
    for (const { role, reader } of readers) {
      await reader.until((message) => message.type === 'event' && message.seq >= last)
      const events = reader.messages.filter((message) => message.type === 'event')
      const heard = new Set(events.flatMap(({ kind }) => (kind ? [kind.split('.')[0]] : [])))
      const granted = subjects.filter((subject) => {
        const needed = HEARD[subject]
        return needed !== null && may(role, needed)
      })
      expect([...heard].sort(), role).toEqual(granted.sort())
      // Whoever hears less hears as many numbers.
      expect(events.length, role).toBe(readers[0].reader.messages.filter((message) => message.type === 'event').length)
      reader.close()
    }
  })
})

// What a granted role is refused for: the case or the unit is somebody else's. Nothing else may answer 403 to it.
describe('a role that is bound', () => {
  interface Known {
    id: string
    agency_id: string
  }
  const units = async () =>
    (await server.call<Known[]>('GET', '/api/units', { token: await server.token('admin') })).body

  it('a dispatcher moves what its agency was sent to, a responder what its unit was; bound to nothing, neither', async () => {
    const operator = await server.token('operator')
    const { body } = await server.call<{
      incident: { id: string }
      recommendations: { units: { unit_id: string }[] }[]
    }>('POST', '/api/incidents', { token: operator, body: { incident_type: 'kebakaran', location: PLACE } })
    const unit_id = body.recommendations[0].units[0].unit_id
    const sent = await server.call<{ id: string }[]>('POST', `/api/incidents/${body.incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit_id] },
    })
    expect(sent.status).toBe(201)
    const all = await units()
    const own = all.find((unit) => unit.id === unit_id)
    const other = all.find((unit) => unit.agency_id !== own?.agency_id)
    const answer = async (role: Role, bound: { agency_id?: string; unit_id?: string }, status: string) =>
      (
        await server.call('POST', `/api/assignments/${sent.body[0].id}/status`, {
          token: await server.token(role, bound),
          body: { status },
        })
      ).status
    expect(await answer('dispatcher', {}, 'acknowledged')).toBe(403)
    expect(await answer('dispatcher', { agency_id: other?.agency_id }, 'acknowledged')).toBe(403)
    expect(await answer('responder', {}, 'acknowledged')).toBe(403)
    expect(await answer('responder', { unit_id: other?.id }, 'acknowledged')).toBe(403)
    expect(await answer('dispatcher', { agency_id: own?.agency_id }, 'acknowledged')).toBe(200)
    expect(await answer('responder', { unit_id: own?.id }, 'en_route')).toBe(200)
  })

  it('a responder bound to no unit has no position', async () => {
    const [unit] = await units()
    const places = async (token: string) => [
      (await server.call('POST', '/api/positions', { token, body: [{ location: PLACE }] })).status,
      (await server.call('GET', '/api/positions/osmand?lat=-6.89154&lon=109.662', { token })).status,
      (
        await server.call('POST', '/api/positions/owntracks', {
          token,
          body: { _type: 'location', lat: -6.89, lon: 109.66 },
        })
      ).status,
    ]
    expect(await places(await server.token('responder'))).toEqual([403, 403, 403])
    expect(await places(await server.token('responder', { unit_id: unit.id }))).toEqual([200, 200, 200])
  })
})

describe('sessions', () => {
  it('turn a token in the address into a cookie that leaves it', async () => {
    const token = await server.token('screen')
    const response = await fetch(`${server.url}/wall?token=${token}&lang=en`, { redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/wall?lang=en')
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite/i)
    const session = await server.call<{ role: string }>('GET', '/api/session', {
      headers: { cookie: cookie.split(';')[0] },
    })
    expect(session.body.role).toBe('screen')
    // Browsers forget a cookie after some 400 days at most: each visit of a screen renews it.
    const visit = await fetch(`${server.url}/wall`, { headers: { cookie: cookie.split(';')[0] } })
    expect(visit.headers.get('set-cookie')).toContain(cookie.split(';')[0])
  })

  it('refuse an unsafe request that another site sends with the cookie', async () => {
    const token = await server.token('operator')
    const response = await fetch(`${server.url}/wall?token=${token}`, { redirect: 'manual' })
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0]
    const send = (origin: string) => server.call('POST', '/api/calls', { body: {}, headers: { cookie, origin } })
    expect((await send('https://situs-lain.example')).status).toBe(403)
    expect((await send(server.url)).status).toBe(201)
  })

  it('rest as hashes only', async () => {
    const token = await server.token('operator')
    const { rows } = await await server.running.services.db.client().then(async (client) => {
      const answer = await client.query('select secret_hash from credential')
      await client.end()
      return answer
    })
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})
