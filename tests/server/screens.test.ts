import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Heartbeat } from '../../geo/wire/live.ts'
import { screenRow, type ScreenRow, type ScreenSpan } from '../../geo/wire/screen.ts'
import { createScreens } from '../../server/live/screens.ts'
import { readLive, startTestServer, TEST_VERSION, type TestServer } from '../helpers/server.ts'

let server: TestServer
let admin: string
/** The server's clock runs ahead by so much: what takes minutes in a room takes none here. */
let ahead_ms = 0
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(Date.now() + ahead_ms) })
  admin = await server.token('admin')
})
afterAll(() => server?.stop())

const now = () => new Date(Date.now() + ahead_ms)
const word = (screen_id: string, over: object = {}) => ({
  type: 'painted' as const,
  screen_id,
  painted_at: now().toISOString(),
  seq: 1,
  version: TEST_VERSION,
  heap_mb: 80,
  contexts: 1,
  stale: null,
  scene: 'live',
  sound: 'ready' as const,
  dom_nodes: 900,
  loaded: 'opened' as const,
  ...over,
})
const screens = () => server.running.services.screens
const listed = async () => (await server.call<ScreenRow[]>('GET', '/api/screens', { token: admin })).body
const spansOf = async (screen_id: string) =>
  (await server.call<ScreenSpan[]>('GET', '/api/screens/spans', { token: admin })).body
    .filter((span) => span.screen_id === screen_id)
    .reverse()
const rowsOf = async (screen_id: string) =>
  server.running.services.db
    .rows<{ span: ScreenSpan }>('screen_spans', { since: new Date(0), gap_seconds: 10 })
    .then((rows) => rows.filter(({ span }) => span.screen_id === screen_id))
/** Seconds of words every 2 s. */
function paint(screen_id: string, seconds: number, over: () => object = () => ({})): void {
  for (let i = 0; i < seconds; i += 2) {
    screens().heard(word(screen_id, over()), 'screen')
    ahead_ms += 2000
  }
}

describe('the screens of the room', () => {
  it('are listed by what they told over the socket, the worst first, to whom it concerns', async () => {
    const token = await server.token('screen')
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}/live`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await new Promise((open) => ws.once('open', open))
    // An older page knows nothing of most of it, and is let in all the same.
    const { screen_id, painted_at, seq, heap_mb, contexts, type } = word('tua')
    ws.send(JSON.stringify({ type, screen_id, painted_at, seq, version: 'lama', heap_mb, contexts }))
    ws.send(JSON.stringify(word('baik')))
    ws.send(JSON.stringify(word('basi', { stale: 'database' })))
    ws.send(JSON.stringify(word('bisu', { sound: 'blocked' })))
    ws.send(JSON.stringify(word('macet', { painted_at: new Date(now().getTime() - 60_000).toISOString() })))
    await expect.poll(() => screens().list().length, { timeout: 10_000 }).toBe(5)
    const list = await listed()
    for (const row of list) screenRow.parse(row)
    expect(list.map(({ screen_id, state }) => [screen_id, state])).toEqual([
      ['macet', 'frozen'],
      ['basi', 'stale'],
      ['bisu', 'mute'],
      ['tua', 'outdated'],
      ['baik', 'ok'],
    ])
    expect(list[0].painted_age_seconds).toBeGreaterThan(59)
    expect(list.at(-1)).toMatchObject({ role: 'screen', heap_mb: 80, dom_nodes: 900, version_current: true })
    ws.close()
    ahead_ms += 11_000
    expect(new Set((await listed()).map(({ state }) => state))).toEqual(new Set(['lost']))
    for (const role of ['screen', 'operator'] as const)
      expect((await server.call('GET', '/api/screens', { token: await server.token(role) })).status).toBe(403)
  })

  it('leave one row per unbroken stretch in one state, however many words', async () => {
    paint('ruang', 30)
    await screens().write()
    paint('ruang', 20, () => ({ stale: 'socket' }))
    await screens().write()
    paint('ruang', 30)
    await screens().write()
    const spans = await spansOf('ruang')
    expect(spans.map(({ stale }) => stale)).toEqual([null, 'socket', null])
    const seconds = spans.map(({ began_at, ended_at }) => (Date.parse(ended_at) - Date.parse(began_at)) / 1000)
    expect(seconds).toEqual([30, 20, 28].map((s) => expect.closeTo(s, 0) as number))
    expect(Date.parse(spans[1].began_at)).toBe(Date.parse(spans[0].ended_at))
  })

  it('are as little written when they flicker, and then count as stale', async () => {
    let n = 0
    for (let round = 0; round < 6; round++) {
      paint('kedip', 20, () => ({ stale: n++ % 2 === 0 ? null : 'renderer' }))
      await screens().write()
    }
    const rows = await rowsOf('kedip')
    expect(n).toBe(60)
    expect(rows.length).toBeLessThanOrEqual(4 * 6)
    expect(rows.some(({ span }) => span.stale === 'renderer')).toBe(true)
  })

  it('go on in the same stretch at another server and after a restart, and begin another after a silence', async () => {
    const { db, log } = server.running.services
    paint('pindah', 20)
    await screens().write()
    const other = createScreens({ db, log, now, version: TEST_VERSION })
    for (let i = 0; i < 5; i++) {
      other.heard(word('pindah'), 'screen')
      ahead_ms += 2000
    }
    await other.write()
    expect(await spansOf('pindah')).toHaveLength(1)
    // The other server's word is the newer one, for whoever asks here.
    expect((await listed()).find(({ screen_id }) => screen_id === 'pindah')?.state).toBe('ok')
    ahead_ms += 60_000
    paint('pindah', 4)
    await screens().write()
    expect(await spansOf('pindah')).toHaveLength(2)
  })

  it('are kept while the database is away, and written afterwards', async () => {
    const { db, log } = server.running.services
    let away = true
    const flaky = {
      ...db,
      rows: (name: string, params?: object) =>
        away ? Promise.reject(new Error('away')) : db.rows(name, params as never),
    }
    const patient = createScreens({ db: flaky as typeof db, log, now, version: TEST_VERSION })
    patient.heard(word('sabar', { stale: 'database' }), 'screen')
    await patient.write()
    ahead_ms += 4000
    patient.heard(word('sabar'), 'screen')
    await patient.write()
    away = false
    await patient.write()
    expect((await spansOf('sabar')).map(({ stale }) => stale)).toEqual(['database', null])
  })

  it('count in the heartbeat: painting, and of those sounding', async () => {
    ahead_ms += 60_000
    screens().heard(word('a'), 'screen')
    screens().heard(word('b', { sound: 'blocked' }), 'supervisor')
    screens().heard(word('c', { stale: 'delayed' }), 'screen')
    expect(screens().walls()).toEqual({ painting: 3, sounding: 1 })
    const reader = await readLive(server.url, { token: admin })
    const beat = await reader.until((message): message is Heartbeat => message.type === 'heartbeat')
    expect(beat.walls).toEqual({ painting: 3, sounding: 1 })
    reader.close()
    ahead_ms += 11_000
    expect(screens().walls()).toEqual({ painting: 0, sounding: 0 })
  })

  it('are told to Prometheus, by reason, with a bounded number of series', async () => {
    ahead_ms += 60_000
    screens().heard(word('metrik', { stale: 'socket', heap_mb: 100, contexts: 2, version: 'lama' }), 'screen')
    const { body } = await server.call<string>('GET', '/metrics')
    expect(body).toMatch(/siaga_screen_stale\{screen="metrik"\} 1/)
    expect(body).toMatch(/siaga_screens_stale\{reason="socket"\} 1/)
    expect(body).toMatch(/siaga_screens_stale\{reason="database"\} 0/)
    expect(body).toMatch(/siaga_screen_version_current\{screen="metrik"\} 0/)
    expect(body).toMatch(/siaga_screen_heap_bytes\{screen="metrik"\} 104857600/)
    expect(body).toMatch(/siaga_screen_webgl_contexts\{screen="metrik"\} 2/)
    for (let i = 0; i < 1200; i++) screens().heard(word(`banyak-${i}`), 'screen')
    const many = (await server.call<string>('GET', '/metrics')).body
    expect(many.match(/^siaga_screen_stale\{/gm)?.length).toBe(200)
  })

  it('get a name, and are forgotten; both stand in the log without the words', async () => {
    paint('nama', 4)
    const renamed = await server.call('PATCH', '/api/screens/nama', { token: admin, body: { name: 'Dinding kiri' } })
    expect(renamed.status).toBe(204)
    expect((await listed()).find(({ screen_id }) => screen_id === 'nama')?.name).toBe('Dinding kiri')
    expect((await server.call('PATCH', '/api/screens/tiada', { token: admin, body: { name: 'x' } })).status).toBe(404)
    expect((await server.call('PATCH', '/api/screens/nama', { token: admin, body: { name: ' ' } })).status).toBe(422)
    expect((await server.call('DELETE', '/api/screens/nama', { token: admin })).status).toBe(204)
    expect((await listed()).some(({ screen_id }) => screen_id === 'nama')).toBe(false)
    expect((await server.call('DELETE', '/api/screens/nama', { token: admin })).status).toBe(404)
    paint('nama', 2)
    expect((await listed()).find(({ screen_id }) => screen_id === 'nama')?.name).toBeNull()
  })

  it('are forgotten with what they painted after ninety days', async () => {
    const { db } = server.running.services
    await db.rows('screen_span_purge', { before: new Date(now().getTime() + 1000) })
    expect(await rowsOf('ruang')).toEqual([])
  })
})
