import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Problem } from '../../geo/wire/problem.ts'
import { DEFAULT_SCREEN, screenSettingsRow } from '../../geo/wire/screen_settings.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.stop())

const put = (id: string, token: string, change: object = {}) =>
  server.call<Problem>('PUT', `/api/screens/${id}/settings`, { token, body: { ...DEFAULT_SCREEN, ...change } })
const get = async (id: string, token: string) =>
  screenSettingsRow.parse((await server.call('GET', `/api/screens/${id}/settings`, { token })).body)

it('a screen keeps its settings, an admin sets any, another screen neither reads nor writes them', async () => {
  const [one, other, admin] = [await server.token('screen'), await server.token('screen'), await server.token('admin')]
  expect(await get('wall-1', one)).toMatchObject({ id: 'wall-1', settings: null })
  expect((await put('wall-1', one, { inches: 75, name: 'Dinding kiri' })).status).toBe(200)
  expect((await get('wall-1', one)).settings).toMatchObject({ inches: 75, name: 'Dinding kiri' })
  expect((await get('wall-1', other)).settings).toBeNull()
  const refused = await put('wall-1', other, { inches: 32 })
  expect([refused.status, refused.body.errors?.[0].field]).toEqual([409, 'id'])
  const live = await readLive(server.url, { token: one })
  expect((await put('wall-1', admin, { theme: 'light' })).status).toBe(200)
  await live.until((m) => m.type === 'event' && m.kind === 'screen.settings')
  live.close()
  expect((await get('wall-1', one)).settings).toMatchObject({ theme: 'light', inches: 55 })
  expect((await put('wall-1', one, { inches: 65 })).status).toBe(200)
  expect((await get('wall-1', admin)).settings?.inches).toBe(65)
})

it('refuses by field what no screen can be, and whoever is neither', async () => {
  const [screen, operator] = [await server.token('screen'), await server.token('operator')]
  for (const [change, field] of [
    [{ inches: 3 }, 'inches'],
    [{ distance_m: 400 }, 'distance_m'],
    [{ theme: 'pink' }, 'theme'],
    [{ rotation: [{ scene: 'heat', seconds: 20 }] }, 'rotation'],
    [{ rotation: [{ scene: 'live', seconds: 1 }] }, 'rotation.0.seconds'],
  ] as const) {
    const answer = await put('wall-2', screen, change)
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field])
  }
  expect((await get('wall-2', screen)).settings).toBeNull()
  expect((await put('wall-2', operator)).status).toBe(403)
})

it('keeps a name out of the log', async () => {
  const screen = await server.token('screen')
  await put('wall-3', screen, { name: 'Ruang Bu Siti' })
  const lines = await server.running.services.db.rows<{ kind: string }>('live_events', { since: 0, limit: 10_000 })
  expect(lines.some(({ kind }) => kind === 'screen.settings')).toBe(true)
  expect(JSON.stringify(lines)).not.toContain('Siti')
})
