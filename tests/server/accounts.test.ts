import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { Account } from '../../geo/wire/accounts.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { issueCredential } from '../../server/auth/credentials.ts'
import { createThrottle } from '../../server/auth/throttle.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const PASSWORD = 'kuda lumping dua belas'
const OTHER = 'ombak pantai slamaran'
const HOUR = 3_600_000

/** The test's own clock: sessions end while nobody waits. */
let ahead_ms = 0
let stopped: number | null = null
const now = () => new Date((stopped ?? Date.now()) + ahead_ms)
let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startTestServer({}, { now })
  admin = await server.token('admin')
})
afterAll(() => server?.stop())

/** A browser: keeps the cookie it is given. Requests come from the own page unless `origin` says otherwise. */
function browser() {
  let cookie = ''
  return {
    get cookie() {
      return cookie
    },
    async call<T = Problem>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const answer = await server.call<T>(method, path, {
        body,
        headers: { ...(cookie ? { cookie } : {}), origin: server.url, ...headers },
      })
      const set = answer.headers.get('set-cookie')
      if (set) cookie = set.split(';')[0]
      return answer
    },
    async role(): Promise<string | number> {
      const { status, body } = await this.call<{ role: string }>('GET', '/api/session')
      return status === 200 ? body.role : status
    },
  }
}
const signIn = async (login: string, password: string) => {
  const own = browser()
  return { own, ...(await own.call('POST', '/api/session', { login, password })) }
}
const firstAdminLink = () =>
  issueCredential(
    server.running.services.db,
    {
      kind: 'link',
      purpose: 'first_admin',
      role: 'admin',
      label: 'test',
      expires_at: new Date(now().getTime() + HOUR),
    },
    now(),
  )
const byAdmin = <T = Account>(method: string, path: string, body?: unknown) =>
  server.call<T>(method, path, { token: admin, body })
const linkOf = async (id: string) =>
  (await byAdmin<{ path: string }>('POST', `/api/accounts/${id}/link`)).body.path.split('tautan=')[1]

/** An account with its password set by its link, as its owner does it. */
async function settle(login: string, role = 'operator', bound: object = {}): Promise<Account> {
  const made = await byAdmin('POST', '/api/accounts', { login, role, ...bound })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const used = await browser().call('POST', '/api/links/use', { link: await linkOf(made.body.id), password: PASSWORD })
  expect(used.status, JSON.stringify(used.body)).toBe(201)
  return made.body
}
const fieldsOf = (body: unknown) => ((body as Problem).errors ?? []).map(({ field }) => field)
const lastSeen = async (login: string) =>
  (await byAdmin<Account[]>('GET', '/api/accounts')).body.find((each) => each.login === login)?.last_seen_at ?? ''
async function text(query: string): Promise<string> {
  const client = await server.running.services.db.client()
  const { rows } = await client.query(query)
  await client.end()
  return JSON.stringify(rows)
}

describe('guessing', () => {
  it('gets slower by login up to half a minute and by address up to a quarter of an hour, and is forgotten in an hour', () => {
    const throttle = createThrottle()
    let at = 0
    const waits = Array.from({ length: 14 }, (_, i) => {
      const wait = throttle.begin('agen1', `10.0.0.${i}`, at)
      at += wait * 1000
      if (wait > 0) expect(throttle.begin('agen1', `10.0.0.${i}`, at)).toBe(0)
      return wait
    })
    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30, 30])
    expect(throttle.begin('agen1', '10.0.1.1', at + 3_601_000)).toBe(0)

    let longest = 0
    for (let i = 0; i < 60; i++) {
      const wait = throttle.begin(`nama${i}`, 'penebak', at)
      longest = Math.max(longest, wait)
      at += wait * 1000
    }
    expect(longest).toBe(900)
  })

  it('at a login does not hold up the desk it is used from, and needs bounded memory', () => {
    const throttle = createThrottle()
    expect(throttle.begin('agen1', 'meja', 0)).toBe(0)
    throttle.succeeded('agen1', 'meja')
    for (let i = 0; i < 30_000; i++) throttle.begin('agen1', `10.${i}`, 1)
    expect(throttle.begin('agen1', '10.1', 2)).toBeGreaterThan(0)
    expect(throttle.begin('agen1', 'meja', 2)).toBe(0)
    expect(throttle.size()).toBeLessThanOrEqual(20_000)
  })
})

describe('the first admin', () => {
  it('is made once, by a link that is not used up by looking at it', async () => {
    const [link, second] = [await firstAdminLink(), await firstAdminLink()]
    const opened = await fetch(`${server.url}/masuk?tautan=${link}`, { redirect: 'manual' })
    expect(opened.headers.get('location')).toBe(`/masuk#tautan=${link}`)
    const own = browser()
    expect((await own.call('POST', '/api/links/look', { link })).body).toEqual({ purpose: 'first_admin', login: null })
    const short = await own.call('POST', '/api/links/use', { link, login: 'kepala', password: 'pendek' })
    expect([short.status, fieldsOf(short.body)]).toEqual([422, ['password']])
    const named = await own.call('POST', '/api/links/use', { link, password: PASSWORD })
    expect([named.status, fieldsOf(named.body)]).toEqual([422, ['login']])
    const used = await own.call<{ home: string }>('POST', '/api/links/use', {
      link,
      login: 'Kepala',
      password: PASSWORD,
    })
    expect(used.body).toMatchObject({ role: 'admin', login: 'kepala', home: '/admin' })
    expect(await own.role()).toBe('admin')
    for (const again of [link, second])
      expect(
        (await browser().call('POST', '/api/links/use', { link: again, login: 'lain', password: PASSWORD })).status,
      ).toBe(404)
    const third = await firstAdminLink()
    const late = await browser().call('POST', '/api/links/use', { link: third, login: 'lain', password: PASSWORD })
    expect(late.status).toBe(409)
  })

  it('stays: the last active admin is neither disabled nor made something else', async () => {
    const list = (await byAdmin<Account[]>('GET', '/api/accounts')).body
    const { id } = list.find(({ login }) => login === 'kepala') as Account
    for (const body of [{ active: false }, { role: 'operator' }])
      expect((await byAdmin('PATCH', `/api/accounts/${id}`, body)).status).toBe(409)
    const second = await settle('wakil', 'admin')
    expect((await byAdmin('PATCH', `/api/accounts/${second.id}`, { active: false })).status).toBe(200)
    expect((await signIn('wakil', PASSWORD)).status).toBe(401)
  })
})

describe('signing in', () => {
  it('answers alike, and about as slowly, whoever is wrong', async () => {
    await settle('agen1')
    const took = async (login: string, password: string) => {
      const started = performance.now()
      const { status, body } = await signIn(login, password)
      return { ms: performance.now() - started, said: [status, body.code, body.detail] }
    }
    const wrong = await took('agen1', OTHER)
    const unknown = await took('tidak.ada', OTHER)
    expect(wrong.said).toEqual([401, 'wrong_password', 'Nama masuk atau kata sandi salah'])
    expect(unknown.said).toEqual(wrong.said)
    expect(unknown.ms).toBeGreaterThan(wrong.ms / 4)
  })

  it('gives a new session each time and ends the one the browser had', async () => {
    await settle('agen2')
    const { own, headers } = await signIn('AGEN2', PASSWORD)
    expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
    const before = own.cookie
    expect(await own.role()).toBe('operator')
    await own.call('POST', '/api/session', { login: 'agen2', password: PASSWORD })
    expect(own.cookie).not.toBe(before)
    expect(await own.role()).toBe('operator')
    ahead_ms += 3_000
    expect((await server.call('GET', '/api/session', { headers: { cookie: before } })).status).toBe(401)
    expect((await own.call('DELETE', '/api/session')).status).toBe(204)
    expect(own.cookie).toBe('siaga_session=')
  })

  it('is refused from another site, sign-out and a plain form too', async () => {
    await settle('agen3')
    const { own } = await signIn('agen3', PASSWORD)
    const foreign = { origin: 'https://situs-lain.example' }
    const tries = [
      await own.call('POST', '/api/session', { login: 'agen3', password: PASSWORD }, foreign),
      await own.call('DELETE', '/api/session', undefined, foreign),
      await own.call('PUT', '/api/session/password', { current: PASSWORD, password: OTHER }, foreign),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403])
    const form = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { ...foreign, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ login: 'agen3', password: PASSWORD }),
    })
    expect([form.status, form.headers.get('set-cookie')]).toEqual([403, null])
    expect(await own.role()).toBe('operator')
  })

  it('is slowed down by failures, says for how long, and is never shut for good', async () => {
    await settle('agen4')
    const known = await signIn('agen4', PASSWORD)
    expect(known.status).toBe(201)
    stopped = Date.now()
    const tries = await Promise.all(Array.from({ length: 9 }, () => signIn('korban', OTHER)))
    expect(tries.filter(({ status }) => status === 401).length).toBe(5)
    const held = tries.find(({ status }) => status === 429)
    expect(held?.headers.get('content-type')).toMatch(/problem\+json/)
    expect(Number(held?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    // Neither another login nor the same one later.
    expect((await signIn('agen4', PASSWORD)).status).toBe(201)
    ahead_ms += 31_000
    expect((await signIn('korban', OTHER)).status).toBe(401)
    stopped = null
  })
})

describe('sessions', () => {
  it('end after 12 hours without use and after 7 days with it', async () => {
    await settle('agen5')
    const used = (await signIn('agen5', PASSWORD)).own
    const idle = (await signIn('agen5', PASSWORD)).own
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      expect(await used.role()).toBe('operator')
      // The use is noted beside the answer.
      const asked = now().getTime() - 60_000
      await expect.poll(async () => Date.parse(await lastSeen('agen5')), { timeout: 10_000 }).toBeGreaterThan(asked)
      ahead_ms += 11 * HOUR
    }
    expect(await idle.role()).toBe(401)
    expect(await used.role()).toBe('operator')
    ahead_ms += 11 * HOUR
    expect(await used.role()).toBe(401)
    const screen = await server.token('screen')
    const wall = await fetch(`${server.url}/wall?token=${screen}`, { redirect: 'manual' })
    const cookie = (wall.headers.get('set-cookie') ?? '').split(';')[0]
    ahead_ms += 400 * 24 * HOUR
    expect((await server.call('GET', '/api/session', { headers: { cookie } })).status).toBe(200)
  })

  it('of one account end together: by its owner, by an admin, with its password, with the account', async () => {
    const { id } = await settle('agen6')
    const open = async (password = PASSWORD) => (await signIn('agen6', password)).own
    const [a, b] = [await open(), await open()]
    expect((await a.call('DELETE', '/api/sessions')).status).toBe(204)
    expect([await a.role(), await b.role()]).toEqual([401, 401])

    const c = await open()
    const { sessions } = (await byAdmin<Account[]>('GET', '/api/accounts')).body.find(
      (each) => each.id === id,
    ) as Account
    expect(sessions).toBe(1)
    const live = new WebSocket(`${server.url.replace('http', 'ws')}/live`, { headers: { cookie: c.cookie } })
    await new Promise((resolve) => live.once('message', resolve))
    const shut = new Promise<number>((resolve) => live.on('close', resolve))
    const asked = Date.now()
    expect((await byAdmin('DELETE', `/api/accounts/${id}/sessions`)).status).toBe(204)
    expect(await c.role()).toBe(401)
    // At once, not at the next look at who is still let in.
    expect(await shut).toBe(4401)
    expect(Date.now() - asked).toBeLessThan(5_000)

    const [d, e] = [await open(), await open()]
    const wrong = await d.call('PUT', '/api/session/password', { current: OTHER, password: OTHER })
    expect([wrong.status, fieldsOf(wrong.body)]).toEqual([422, ['current']])
    expect((await d.call('PUT', '/api/session/password', { current: PASSWORD, password: OTHER })).status).toBe(204)
    expect([await d.role(), await e.role()]).toEqual(['operator', 401])
    expect((await signIn('agen6', PASSWORD)).status).toBe(401)

    const f = await open(OTHER)
    const unused = await linkOf(id)
    expect((await byAdmin('PATCH', `/api/accounts/${id}`, { active: false })).body.active).toBe(false)
    expect([await d.role(), await f.role()]).toEqual([401, 401])
    expect((await byAdmin('POST', `/api/accounts/${id}/link`)).status).toBe(409)
    expect((await browser().call('POST', '/api/links/use', { link: unused, password: PASSWORD })).status).toBe(404)
    expect((await byAdmin('PATCH', `/api/accounts/${id}`, { active: true })).status).toBe(200)
    expect(await f.role()).toBe(401)
    expect((await signIn('agen6', OTHER)).status).toBe(201)
  })
})

describe('accounts', () => {
  it('bind a dispatcher to an OPD and a responder to a unit, and nobody else', async () => {
    type Unit = { id: string; agency_id: string; callsign: string }
    const [unit] = (await byAdmin<Unit[]>('GET', '/api/units')).body
    const refused = async (body: object) => {
      const { status, body: said } = await byAdmin('POST', '/api/accounts', { login: 'opd.jaga', ...body })
      return [status, ...fieldsOf(said)]
    }
    expect(await refused({ role: 'dispatcher' })).toEqual([422, 'agency_id'])
    expect(await refused({ role: 'responder' })).toEqual([422, 'unit_id'])
    expect(await refused({ role: 'operator', agency_id: unit.agency_id })).toEqual([422, 'agency_id'])
    expect(await refused({ role: 'screen' })).toEqual([422, 'role'])
    expect(await refused({ role: 'operator', login: 'Nama Orang' })).toEqual([422, 'login'])
    await settle('opd.jaga', 'dispatcher', { agency_id: unit.agency_id })
    const responder = await settle('petugas7', 'responder', { unit_id: unit.id })
    expect(responder).toMatchObject({ agency_id: unit.agency_id, unit: unit.callsign })
    expect(await refused({ role: 'operator' })).toEqual([409, 'login'])

    const { own } = await signIn('petugas7', PASSWORD)
    expect((await own.call('PATCH', `/api/accounts/${responder.id}`, { role: 'admin' })).status).toBe(403)
    // Another role is not bound any more, and what was open under the old one is over.
    const changed = await byAdmin('PATCH', `/api/accounts/${responder.id}`, { role: 'operator' })
    expect(changed.body).toMatchObject({ role: 'operator', unit_id: null, agency_id: null })
    expect(await own.role()).toBe(401)
  })

  it('are bound wherever they act: the case and the unit of another OPD are not theirs', async () => {
    type Unit = { id: string; agency_id: string; callsign: string }
    const operator = await server.token('operator')
    const units = (await byAdmin<Unit[]>('GET', '/api/units')).body
    const made = await server.call<{
      incident: { id: string }
      recommendations: { units: { unit_id: string }[] }[]
    }>('POST', '/api/incidents', {
      token: operator,
      body: {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.662, -6.89154] },
        caller_name: 'rahasia',
      },
    })
    const { unit_id } = made.body.recommendations[0].units[0]
    const sent = await server.call<{ id: string }[]>('POST', `/api/incidents/${made.body.incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit_id] },
    })
    const own = units.find(({ id }) => id === unit_id) as Unit
    const other = units.find(({ agency_id }) => agency_id !== own.agency_id) as Unit
    const may = async (login: string, status: string) => {
      const who = (await signIn(login, PASSWORD)).own
      const seen = await who.call<{ caller_name?: string }>('GET', `/api/incidents/${made.body.incident.id}`)
      const moved = await who.call('POST', `/api/assignments/${sent.body[0].id}/status`, { status })
      const took = await who.call('POST', '/api/calls', {})
      return [seen.body.caller_name, moved.status, took.status]
    }
    await settle('d.lain', 'dispatcher', { agency_id: other.agency_id })
    await settle('d.sendiri', 'dispatcher', { agency_id: own.agency_id })
    await settle('r.lain', 'responder', { unit_id: other.id })
    await settle('r.sendiri', 'responder', { unit_id: own.id })
    expect(await may('d.lain', 'acknowledged')).toEqual([undefined, 403, 403])
    expect(await may('d.sendiri', 'acknowledged')).toEqual(['rahasia', 200, 403])
    expect(await may('r.lain', 'en_route')).toEqual([undefined, 403, 403])
    expect(await may('r.sendiri', 'en_route')).toEqual(['rahasia', 200, 403])
    expect(await text(`select actor from private_view`)).toContain('dispatcher:d.sendiri')
  })

  it('leave no credentials behind once they let nobody in for long, and keep those that do', async () => {
    const { db } = server.running.services
    await settle('agen8')
    const { own } = await signIn('agen8', PASSWORD)
    const gone = await signIn('agen8', PASSWORD)
    await gone.own.call('DELETE', '/api/session')
    const count = async () => JSON.parse(await text('select count(*)::int as n from credential'))[0].n as number
    const opened = await text(
      'select count(*)::int as n from credential where revoked_at is null and parent_id is not null',
    )
    const before = await count()
    await db.rows('credential_purge', { before: new Date(now().getTime() - 90 * 24 * HOUR) })
    await db.rows('credential_purge', { before: now() })
    expect(await count()).toBeLessThan(before)
    expect(await own.role()).toBe('operator')
    expect(await server.call('GET', '/api/session', { token: admin })).toMatchObject({ status: 200 })
    // What was opened with a link that is used up still stands on it.
    expect(
      await text('select count(*)::int as n from credential where revoked_at is null and parent_id is not null'),
    ).toBe(opened)
  })

  it('stand in the log by login, without hash, password or secret', async () => {
    const log = await text(`select kind, line from event where kind like 'account.%'`)
    for (const kind of ['created', 'changed', 'disabled', 'enabled', 'password_set', 'link_issued', 'sessions_ended'])
      expect(log).toContain(`account.${kind}`)
    for (const secret of ['scrypt', PASSWORD, OTHER, 'siaga_']) expect(log).not.toContain(secret)
    const hashes = await text(`select password_hash from account where password_hash is not null`)
    expect(hashes).toMatch(/scrypt\$32768\$8\$3\$/)
    expect(hashes).not.toContain(PASSWORD)
  })
})
