import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { PHOTO_BYTES, type ReportPhoto } from '../../geo/wire/photo.ts'
import { phoneJpeg } from '../helpers/pictures.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server?.stop())

it('photos of the largest size hold up no call that comes in meanwhile', async () => {
  const token = await server.token('admin')
  const create = async () => {
    const started = performance.now()
    const { body } = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
      token,
      body: { incident_type: 'kebakaran', location: { type: 'Point', coordinates: [109.662, -6.89154] } },
    })
    return { incident: body.incident, ms: performance.now() - started }
  }
  const [{ id: agency_id }] = (await server.call<{ id: string }[]>('GET', '/api/agencies', { token })).body
  const { incident } = await create()
  const body = { agency_ids: [agency_id], override_reason: 'uji' }
  await server.call('POST', `/api/incidents/${incident.id}/assignments`, { token, body })
  const quiet: number[] = []
  for (let i = 0; i < 12; i++) quiet.push((await create()).ms)

  // Whatever stands between the scan's beginning and the end of the file is the picture to a reader of containers.
  const start = phoneJpeg().subarray(0, -`${'x'.repeat(15)} behind the end`.length - 2)
  const photos = Array.from({ length: 6 }, () => {
    const noise = randomBytes(PHOTO_BYTES - start.length - 2).map((byte) => (byte === 0xff ? 0 : byte))
    return Buffer.concat([start, noise, Buffer.from('ffd9', 'hex')])
  })
  const path = `${server.url}/api/incidents/${incident.id}/report/photos`
  const headers = { authorization: `Bearer ${token}` }
  const [sent, shown, created] = [[] as number[], [] as number[], [] as number[]]
  let over = false
  const hand = (async () => {
    for (const photo of photos) {
      let started = performance.now()
      const answer = await fetch(`${path}?agency_id=${agency_id}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'image/jpeg' },
        body: new Uint8Array(photo),
      })
      expect(answer.status).toBe(201)
      sent.push(performance.now() - started)
      const { id, size_bytes } = (await answer.json()) as ReportPhoto
      started = performance.now()
      const bytes = await (await fetch(`${path}/${id}`, { headers })).arrayBuffer()
      expect(bytes.byteLength).toBe(size_bytes)
      shown.push(performance.now() - started)
    }
  })().finally(() => (over = true))
  while (!over) created.push((await create()).ms)
  await hand
  const rank = (ms: number[], share: number) => [...ms].sort((a, b) => a - b)[Math.ceil(ms.length * share) - 1]
  const told = (ms: number[]) => `${Math.round(rank(ms, 0.5))} / ${Math.round(rank(ms, 0.95))} ms (n ${ms.length})`
  console.info(
    `p50 / p95: 3 MB sent ${told(sent)}, shown ${told(shown)}; created meanwhile ${told(created)}, before ${told(quiet)}`,
  )
  expect(created.length).toBeGreaterThan(3)
  expect(rank(created, 0.95) - rank(quiet, 0.95)).toBeLessThan(300)
})
