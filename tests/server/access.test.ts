import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../../geo/wire/primitives.ts'
import { apiRoutes } from '../../server/app.ts'
import { PERMISSIONS } from '../../server/auth/permissions.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

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
    for (const route of routes) {
      const path = fill(route.path)
      const method = route.method.toUpperCase()
      const body = method === 'GET' ? undefined : {}
      expect((await server.call(method, path, { body })).status, `${method} ${path} by nobody`).toBe(401)
      expect(
        (await server.call(method, path, { body, token: 'siaga_t_wrong' })).status,
        `${method} ${path} with a wrong token`,
      ).toBe(401)
      const granted: readonly Role[] = PERMISSIONS[route.permission as keyof typeof PERMISSIONS]
      for (const role of ROLES) {
        const { status } = await server.call(method, path, { body, token: tokens.get(role) })
        if (granted.includes(role)) expect([401, 403, 500], `${method} ${path} by ${role}`).not.toContain(status)
        else expect(status, `${method} ${path} by ${role}`).toBe(403)
      }
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
