import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { pino } from 'pino'
import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '../../geo/wire/problem.ts'
import { issueCredential } from '../../server/auth/credentials.ts'
import { createSharedThrottle } from '../../server/auth/shared_throttle.ts'
import { readConfig } from '../../server/config.ts'
import { addressKey, clientAddress } from '../../server/http/address.ts'
import { createBuckets } from '../../server/http/buckets.ts'
import { guardConnections, SLOWEST } from '../../server/http/connections.ts'
import { depthOf } from '../../server/http/json_body.ts'
import { RATES } from '../../server/http/limits.ts'
import { createRefusals } from '../../server/http/refusals.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const PAGES = [
  '/',
  '/masuk',
  '/wall',
  '/console',
  '/dispatch',
  '/field',
  '/coverage',
  '/hotspots',
  '/admin',
  '/complaints',
  '/supervisor',
  '/survey',
]
const PUBLIC_URL = 'https://siaga.example'
const PASSWORD = 'kuda baterai jepit benar'

let server: TestServer
let admin: string
let server_log = ''
beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void (server_log += line) })
  server = await startTestServer({ PUBLIC_URL }, { log })
  admin = await server.token('admin')
})
afterAll(() => server?.stop())

const open = (path: string, headers: Record<string, string> = {}, more: RequestInit = {}) =>
  fetch(server.url + path, { redirect: 'manual', headers, ...more })
const metric = async (name: RegExp) => Number(name.exec(await (await open('/metrics')).text())?.[1] ?? 0)
/** As one that comes through a proxy on this machine, by https, from an address of its own. */
let visitors = 0
const visitor = () => ({ 'x-forwarded-for': `203.0.113.${++visitors}`, 'x-forwarded-proto': 'https' })

/** What comes back on a connection of its own for bytes. */
function raw(text: string, port: number): Promise<string> {
  return new Promise((done) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (data) => (answer += String(data)))
    socket.on('error', () => undefined)
    socket.on('close', () => done(answer))
    socket.setTimeout(5_000, () => socket.destroy())
  })
}

describe('headers', () => {
  it.each(PAGES)('%s runs and loads nothing but its own files', async (path) => {
    const { headers, status } = await open(path)
    expect(status).toBeLessThan(400)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    for (const part of [
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      'report-uri /api/csp-reports',
    ])
      expect(policy).toContain(part)
    expect(/ data:/.test(policy)).toBe(['/wall', '/dispatch'].includes(path))
    expect(/ blob:/.test(policy)).toBe(['/console', '/dispatch'].includes(path))
  })

  it.each(['/api/session', '/tidak/ada', '/health/live', '/metrics', '/api/openapi.json'])(
    '%s may do nothing in a browser',
    async (path) => {
      const { headers } = await open(path)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'; .*sandbox/) as string,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()') as string,
      })
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  it('ask for https for a year where it is offered, and only there', async () => {
    expect((await open('/masuk', visitor())).headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    )
    expect((await open('/masuk')).headers.get('strict-transport-security')).toBeNull()
  })

  it('keep private answers out of every cache', async () => {
    for (const path of ['/api/incidents', '/api/session', '/ogc/'])
      expect((await open(path, { authorization: `Bearer ${admin}` })).headers.get('cache-control'), path).toBe(
        'no-store',
      )
  })
})

describe('a session’s cookie', () => {
  const cookies = async (headers: Record<string, string>) =>
    (await open(`/wall?token=${await server.token('supervisor')}`, headers)).headers.getSetCookie()

  it('is this host’s alone over https, and ends the other name', async () => {
    const given = await cookies(visitor())
    expect(given[0]).toMatch(
      /^__Host-siaga_session=siaga_s_[\w-]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(given[1]).toMatch(/^siaga_session=; Max-Age=0;/)
  })
  it('is a plain one over http', async () =>
    expect((await cookies({}))[0]).toMatch(
      /^siaga_session=siaga_s_[\w-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    ))

  it('that somebody else may have planted lets nobody in where https is offered, but a wall stays', async () => {
    const planted = async (role: 'admin' | 'screen') => {
      const secret = await issueCredential(
        server.running.services.db,
        { kind: 'session', role, label: 'uji' },
        new Date(),
      )
      // fetch sets no Host of its own
      const answer = await raw(
        `GET /api/session HTTP/1.1\r\nHost: siaga.example\r\nCookie: siaga_session=${secret}\r\nConnection: close\r\n\r\n`,
        server.running.port,
      )
      return /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]
    }
    expect(await planted('admin')).toBe('401')
    expect(await planted('screen')).toBe('200')
  })

  it('is new at each sign-in, whatever the browser came with', async () => {
    const first = (await cookies({}))[0].split(';')[0]
    const second = await open(`/wall?token=${await server.token('operator')}`, { cookie: first })
    expect(second.headers.getSetCookie()[0].split(';')[0]).not.toBe(first)
  })
})

describe('addresses', () => {
  const from = (forwarded: string | undefined, direct = '127.0.0.1') =>
    clientAddress(
      {
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
        socket: { remoteAddress: direct } as never,
      },
      (address) => address === '127.0.0.1',
    )
  it('are the last that no trusted proxy told of itself', () => {
    expect(from(undefined)).toBe('127.0.0.1')
    expect(from('203.0.113.9')).toBe('203.0.113.9')
    expect(from('10.9.9.9, 203.0.113.9')).toBe('203.0.113.9')
    expect(from('1.1.1.1', '198.51.100.7')).toBe('198.51.100.7')
  })
  it('of IPv6 count by the network of a house', () => {
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0')
    expect(addressKey('::1')).toBe('0:0:0:0')
    expect(addressKey('::ffff:10.0.0.7')).toBe('10.0.0.7')
    expect(addressKey('x'.repeat(10_000))).toHaveLength(64)
  })
  it('of proxies are named in TRUSTED_PROXIES, this machine when not', () => {
    expect(readConfig({}).trusted_proxies).toEqual(['loopback'])
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16 fd00::/8' }).trusted_proxies).toEqual([
      '10.0.0.5',
      '10.1.0.0/16',
      'fd00::/8',
    ])
    for (const wrong of ['0.0.0.0/0', 'proxy.local', '10.0.0.0/33', '*'])
      expect(() => readConfig({ TRUSTED_PROXIES: wrong }), wrong).toThrow(/TRUSTED_PROXIES/)
  })
  it.each(['DATABASE_URL', 'DATABASE_REPLICA_URL', 'DATABASE_DIRECT_URL', 'KOMINFO_SECRET'])(
    'of databases and the like are not told when they are wrong: %s',
    (name) => {
      const told = () => readConfig({ [name]: 'mysql://siaga:QwxzRahasia@db1/siaga' })
      expect(told).toThrow(new RegExp(`${name}=…`))
      expect(told).not.toThrow(/QwxzRahasia/)
    },
  )
})

describe('limits', () => {
  it('let a burst through, then the rate, and are bounded', () => {
    const buckets = createBuckets({ per_second: 10, burst: 20 })
    expect(Array.from({ length: 20 }, () => buckets.take('a', 0)).every((wait) => wait === 0)).toBe(true)
    expect(buckets.take('a', 0)).toBe(1)
    expect(buckets.take('b', 0)).toBe(0)
    let passed = 0
    for (let ms = 0; ms < 10_000; ms += 5) if (buckets.take('a', ms) === 0) passed++
    expect(passed).toBeGreaterThanOrEqual(99)
    expect(passed).toBeLessThanOrEqual(101)
    for (let i = 0; i < 30_000; i++) buckets.take(`k${i}`, 0)
    expect(buckets.size()).toBeLessThanOrEqual(10_000)
  })

  it('never bind who is signed in below 200 a second, whatever others do at that address', async () => {
    expect(RATES.account.per_second).toBeGreaterThanOrEqual(200)
    const headers = visitor()
    const flood = Array.from({ length: 1_000 }, () =>
      open('/api/incidents', { ...headers, authorization: 'Bearer siaga_t_wrong' }),
    )
    const refused = (await Promise.all(flood)).map(({ status }) => status)
    expect(new Set(refused)).toEqual(new Set([401, 429]))
    const own = Array.from({ length: 400 }, () =>
      open('/api/session', { ...headers, authorization: `Bearer ${admin}` }),
    )
    expect(new Set((await Promise.all(own)).map(({ status }) => status))).toEqual(new Set([200]))
    expect(await metric(/^siaga_refused_total\{limit="failed"\} (\d+)/m)).toBeGreaterThan(0)
  })

  it('hold nobody in particular to some tries of what changes something, by address', async () => {
    const look = (headers: Record<string, string>) =>
      open(
        '/api/links/look',
        { 'content-type': 'application/json', ...headers },
        { method: 'POST', body: '{"link":"siaga_l_none"}' },
      )
    const { 'x-forwarded-for': address } = visitor()
    // What a client says of itself before a proxy's word does not make it another.
    const said = (i: number) => ({ 'x-forwarded-for': i % 2 ? `10.0.0.${i % 200}, ${address}` : address })
    const started = performance.now()
    const answers = await Promise.all(Array.from({ length: 2 * RATES.open.burst }, (_, i) => look(said(i))))
    const seconds = (performance.now() - started) / 1000
    expect(answers.filter(({ status }) => status === 404).length).toBeLessThanOrEqual(
      RATES.open.burst + RATES.open.per_second * (seconds + 1),
    )
    const over = answers.find(({ status }) => status === 429)
    expect(over?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(problem.parse(await over?.json())).toMatchObject({ status: 429, code: 'too_many' })
    expect((await look(visitor())).status).toBe(404)
  })

  it('of sign-in tries are one for all servers, and hold no login or address in the clear', async () => {
    const { db } = server.running.services
    const [one, other] = [createSharedThrottle(db), createSharedThrottle(db)]
    const at = new Date()
    for (let i = 0; i < 5; i++) expect(await (i % 2 ? one : other).begin('uji.bersama', `10.0.${i}.1`, at)).toBe(0)
    expect(await createSharedThrottle(db).begin('uji.bersama', '10.0.9.1', at)).toBe(1)
    expect(await createSharedThrottle(db).begin('uji.bersama', '10.0.9.1', new Date(at.getTime() + 3_601_000))).toBe(0)
    // Known at this address: what others try does not hold it up.
    await one.succeeded('uji.bersama', '10.0.5.5', at)
    for (let i = 0; i < 8; i++) await one.begin('uji.bersama', `10.1.${i}.1`, at)
    expect(await createSharedThrottle(db).begin('uji.bersama', '10.0.5.5', at)).toBe(0)
    expect(await createSharedThrottle(db).begin('uji.bersama', '10.2.0.1', at)).toBeGreaterThan(0)
    const client = await db.client()
    const { rows } = await client.query('select key_hash from sign_in_try union all select key_hash from sign_in_known')
    await client.end()
    expect(rows.length).toBeGreaterThan(5)
    for (const { key_hash } of rows as { key_hash: string }[]) expect(key_hash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('bodies', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    open(
      '/api/calls',
      { authorization: `Bearer ${admin}`, 'content-type': 'application/json', ...headers },
      { method: 'POST', body: new Uint8Array(Buffer.from(body)) },
    )
  it('of more than 1 MB are refused, packed or not', async () => {
    expect((await post(`{"line":"${'x'.repeat(1_100_000)}"}`)).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20))
    expect(bomb.length).toBeLessThan(300_000)
    expect((await post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
  })
  it('deeper than anything we read are refused before they are read', async () => {
    expect(depthOf(Buffer.from('{"a":[{"b":"[[[{{{\\"["}]}'))).toBe(3)
    const { status, body } = await server.call('POST', '/api/calls', {
      token: admin,
      body: JSON.parse(`${'[1,'.repeat(40)}1${']'.repeat(40)}`),
    })
    expect(status).toBe(400)
    expect(problem.parse(body).code).toBe('too_deep')
  })
  it('change no prototype', async () => {
    await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"line":"x"}')
    await open('/api/geocode?__proto__[polluted]=1&q=x', { authorization: `Bearer ${admin}` })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('slow and broken requests', () => {
  let slow: Server
  const refusals = createRefusals()
  beforeAll(async () => {
    expect(SLOWEST).toMatchObject({ headersTimeout: 15_000, requestTimeout: 120_000 })
    slow = createServer(
      { ...SLOWEST, headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 100 },
      (_req, res) => void res.end(),
    )
    guardConnections(slow, { trust: () => true, refusals })
    await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done))
  })
  afterAll(() => slow.close())
  const port = () => (slow.address() as { port: number }).port
  it.each([
    ['a head that never ends', 'GET / HTTP/1.1\r\nHost: x\r\nA: ', 408],
    ['no HTTP', '\u0016\u0003\u0001', 400],
    ['a head of 200 kB', `GET /${'a'.repeat(200_000)} HTTP/1.1\r\n`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ])('%s is answered as a problem and let go', async (_what, text, status) => {
    const answer = await raw(text, port())
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(problem.parse(JSON.parse(answer.split('\r\n\r\n')[1])).status).toBe(status)
  })
  it('is counted', () => expect(refusals.counts.broken_request).toBeGreaterThanOrEqual(4))
})

describe('the live socket', () => {
  const socket = (headers: Record<string, string>, more: object = {}) =>
    new WebSocket(`${server.url.replace('http', 'ws')}/live`, { headers, ...more })
  const closed = (ws: WebSocket) => new Promise<number>((done) => ws.once('close', (code) => done(code)))
  // It may be open before anybody asks.
  const opened = (ws: WebSocket) =>
    new Promise<void>((done, failed) =>
      ws.readyState === ws.OPEN ? done() : ws.once('open', done).once('error', failed),
    )

  it.each([
    ['https://lain.example', 403],
    ['null', 403],
    [undefined, 101],
    [PUBLIC_URL, 101],
  ])('from a page of %s: %s', async (origin, wanted) => {
    const ws = socket({ authorization: `Bearer ${admin}` }, origin ? { origin } : {})
    const status = await new Promise((done) =>
      ws
        .once('open', () => done(101))
        .once('unexpected-response', (_req, res) => done(res.statusCode))
        .on('error', () => undefined),
    )
    ws.terminate()
    expect(status).toBe(wanted)
  })

  /** The one word that a page may say. */
  const painted = (screen_id: string, scene?: string) =>
    JSON.stringify({
      type: 'painted',
      screen_id,
      painted_at: new Date().toISOString(),
      seq: 1,
      version: 'test',
      heap_mb: 1,
      contexts: 1,
      scene,
    })

  it('lets go who says too much, and what nobody may say', async () => {
    const noisy = socket({ authorization: `Bearer ${admin}` })
    await opened(noisy)
    for (let i = 0; i < 80; i++) noisy.send(painted('dinding-ramai'))
    expect(await closed(noisy)).toBe(1008)
    const huge = socket({ authorization: `Bearer ${admin}` })
    await opened(huge)
    huge.send('x'.repeat(20_000))
    expect(await closed(huge)).toBe(1009)
    expect(await metric(/^siaga_refused_total\{limit="socket_messages"\} (\d+)/m)).toBeGreaterThan(0)
  })

  it('believes nobody about a screen that another session tells of, nor who may not see one', async () => {
    const sceneOf = async (id: string) =>
      (await server.call<{ screen_id: string; scene: string }[]>('GET', '/api/screens', { token: admin })).body.find(
        ({ screen_id }) => screen_id === id,
      )?.scene
    const [wall, stranger, planner] = [
      socket({ authorization: `Bearer ${await server.token('screen')}` }),
      socket({ authorization: `Bearer ${await server.token('responder')}` }),
      socket({ authorization: `Bearer ${await server.token('planner')}` }),
    ]
    await Promise.all([wall, stranger, planner].map(opened))
    wall.send(painted('dinding-1', 'live'))
    await expect.poll(() => sceneOf('dinding-1')).toBe('live')
    stranger.send(painted('dinding-1', 'palsu'))
    planner.send(painted('dinding-2', 'palsu'))
    stranger.send(painted('dinding-3', 'sendiri'))
    await expect.poll(() => sceneOf('dinding-3')).toBe('sendiri')
    expect(await sceneOf('dinding-1')).toBe('live')
    expect(await sceneOf('dinding-2')).toBeUndefined()
    for (const ws of [wall, stranger, planner]) ws.terminate()
  })
})

describe('addresses that lead elsewhere', () => {
  it.each([
    '/wall?token=T&next=https://evil.example',
    '/masuk?next=//evil.example&tautan=x',
    '//evil.example/%2e%2e',
    '/report?x=//evil.example',
    '/report/..%2f..%2fpackage.json',
  ])('%s stays here', async (path) => {
    const { headers, status } = await open(path.replace('T', await server.token('supervisor')))
    expect(status).toBeLessThan(500)
    const to = headers.get('location')
    if (to !== null) expect(new URL(to, server.url).origin).toBe(server.url)
  })
  it.each([
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/server/serve.js',
    '/..%5c..%5cpackage.json',
    '/wall/index.html%00',
    '/.git/config',
    '/%2e%2e%2fserver%2fserve.js',
  ])('%s shows no other file', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, server.running.port)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer).not.toMatch(/siaga-112|repositoryformat/)
  })
  it('names of files take no lines of their own', async () => {
    const { status, headers } = await open('/api/reports/2026-10%0d%0aSet-Cookie:%20a=b.csv', {
      authorization: `Bearer ${admin}`,
    })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(headers.get('set-cookie')).toBeNull()
  })
})

describe('reports of broken policies', () => {
  const tell = (body: string, type = 'application/csp-report') =>
    open('/api/csp-reports', { 'content-type': type, ...visitor() }, { method: 'POST', body })
  it('are counted by directive, told once each kind, and hold no secret', async () => {
    const report = {
      'csp-report': {
        'document-uri': `${PUBLIC_URL}/masuk?tautan=siaga_l_RAHASIA#x`,
        'effective-directive': 'script-src-elem',
        'blocked-uri': 'https://evil.example/x?siaga_t_RAHASIA',
      },
    }
    for (let i = 0; i < 3; i++) expect((await tell(JSON.stringify(report))).status).toBe(204)
    await tell(
      JSON.stringify([
        {
          type: 'csp-violation',
          body: { documentURL: `${PUBLIC_URL}/wall`, effectiveDirective: 'img-src', blockedURL: 'data' },
        },
      ]),
      'application/reports+json',
    )
    expect(await metric(/^siaga_csp_violations_total\{directive="script-src-elem"\} (\d+)/m)).toBe(3)
    expect(await metric(/^siaga_csp_violations_total\{directive="img-src"\} (\d+)/m)).toBe(1)
    expect(server_log.match(/content security policy forbids/g)).toHaveLength(2)
    expect(server_log).not.toContain('RAHASIA')
  })
  it('may be anything at all', async () => {
    for (const body of ['', '{', '[]', '{"csp-report":1}', 'x'.repeat(100_000), '[null]'])
      expect((await tell(body)).status).toBe(204)
    await tell(JSON.stringify({ 'csp-report': { 'effective-directive': 'x"} 9\nother' } }))
    expect(await metric(/^siaga_csp_violations_total\{directive="other"\} (\d+)/m)).toBe(1)
  })
})

describe('the server’s own log', () => {
  it('tells who was let in and who was refused, and holds no secret, at any level', async () => {
    const { db } = server.running.services
    const { body: account } = await server.call<{ id: string }>('POST', '/api/accounts', {
      token: admin,
      body: { login: 'uji.rahasia', role: 'operator' },
    })
    const { body: made } = await server.call<{ path: string }>('POST', `/api/accounts/${account.id}/link`, {
      token: admin,
    })
    const link = made.path.split('tautan=')[1]
    expect(link).toMatch(/^siaga_l_/)
    await open(`/masuk?tautan=${link}`)
    const used = await open(
      '/api/links/use',
      { 'content-type': 'application/json' },
      { method: 'POST', body: JSON.stringify({ link, password: PASSWORD }) },
    )
    expect(used.status).toBe(201)
    const session = used.headers.getSetCookie()[0].split(';')[0]
    const secrets = [admin, link, PASSWORD, session.split('=')[1]]
    await open('/api/session', { cookie: session })
    await open('/api/incidents', { cookie: session, origin: 'https://lain.example' }, { method: 'POST', body: '{' })
    const signIn = (password: string, login = 'uji.rahasia') =>
      open(
        '/api/session',
        { 'content-type': 'application/json', ...visitor() },
        { method: 'POST', body: JSON.stringify({ login, password }) },
      )
    expect((await signIn(PASSWORD)).status).toBe(201)
    expect((await signIn('SalahSekali12345')).status).toBe(401)
    expect((await signIn('x', 'KataSandiDiKolomLain')).status).toBe(401)
    const token = await server.token('integration')
    for (const path of [
      `/api/positions/osmand?token=${token}&lat=0&lon=0`,
      `/api/positions/osmand?id=${token}&lat=x`,
      `/tidak/ada?token=${token}`,
      `/${token}`,
    ])
      await open(path)
    await open('/api/calls', { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` })
    expect((await open('/api/accounts', { authorization: `Bearer ${token}` })).status).toBe(403)
    // A fault inside, with the request at hand.
    await expect(db.rows('tidak_ada')).rejects.toThrow()
    expect(server_log).toMatch(/"login":"uji\.rahasia".*signed in/)
    expect(server_log).toMatch(/"status":401,"code":"wrong_password".*"address":"203\.0\.113\.\d+".*refused/)
    expect(server_log).toMatch(/"status":403,"code":"forbidden".*"actor":"integration:\w+".*refused/)
    for (const secret of [
      ...secrets,
      token,
      'SalahSekali12345',
      'KataSandiDiKolomLain',
      Buffer.from(token).toString('base64').slice(4, 40),
    ])
      expect(server_log.includes(secret), secret.slice(0, 12)).toBe(false)
    expect(server_log).not.toMatch(/siaga_[tsl]_|authorization|cookie/i)
  })
})
