import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { PHOTO_MOST, type ReportPhoto } from '../../geo/wire/photo.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { cleanPhoto } from '../../server/photos/clean.ts'
import { orientationOf } from '../../server/photos/exif.ts'
import { animatedWebp, phoneJpeg, png, SECRET, webp } from '../helpers/pictures.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const fault = async (bytes: Buffer) => {
  const answer = await cleanPhoto(bytes).catch((error: unknown) => error)
  return (answer as { status?: number }).status ?? 'taken'
}

describe('a photo as it is kept', () => {
  it('of a phone has lost place, phone, words and what stood behind its end; it still knows which way up', async () => {
    for (const orientation of [1, 6]) {
      const sent = phoneJpeg({ orientation })
      expect(sent.toString('latin1')).toContain(SECRET)
      const { bytes, ...rest } = await cleanPhoto(sent)
      expect(rest).toEqual({ kind: 'jpeg', width: 8, height: 8 })
      expect(bytes.toString('latin1')).not.toMatch(new RegExp(`${SECRET}|xmpmeta|ICC|Photoshop|script|http`))
      const exif = bytes.indexOf('Exif\0\0', 0, 'latin1')
      if (orientation === 1) expect(exif).toBe(-1)
      else {
        expect(orientationOf(bytes.subarray(exif + 6))).toBe(6)
        // The one entry, and no room for a second.
        expect(bytes.readUInt16BE(exif - 2)).toBe(34)
      }
      // Written anew it is read the same, so that the same photo again is found again.
      expect((await cleanPhoto(bytes)).bytes).toEqual(bytes)
    }
  })

  it('of an editor has lost it too: PNG and WebP', async () => {
    for (const sent of [png(20, 10, 10, SECRET), webp(SECRET)]) {
      const { bytes } = await cleanPhoto(sent)
      expect(bytes.toString('latin1')).not.toMatch(new RegExp(`${SECRET}|EXIF|eXIf|XMP|tEXt`))
      expect((await cleanPhoto(bytes)).bytes).toEqual(bytes)
    }
    expect((await cleanPhoto(png(20, 10))).bytes).toEqual(png(20, 10))
    expect((await cleanPhoto(webp())).bytes).toEqual(webp())
  })

  it('is whole: wherever it is cut off, it is refused', async () => {
    for (const whole of [(await cleanPhoto(phoneJpeg())).bytes, png(20, 10), webp()])
      for (let end = 0; end < whole.length; end++)
        expect([415, 422], `${end} of ${whole.length}`).toContain(await fault(whole.subarray(0, end)))
  })

  it('is a photo by its content: nothing else is, whatever it begins with', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for (const other of ['<html><script>alert(1)</script>', svg, 'GIF89a', '%PDF-1.7', 'BM', ''])
      expect(await fault(Buffer.from(other.padEnd(64)))).toBe(415)
    expect(await fault(Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('<html>')]))).toBe(422)
    expect(await fault(animatedWebp())).toBe(422)
    const flipped = png(20, 10)
    flipped[60] ^= 1
    expect(await fault(flipped)).toBe(422)
  })

  it('is no bomb: neither by what it says of its size nor by what it unpacks to', async () => {
    expect(await fault(png(60_000, 60_000, 1))).toBe(422)
    expect(await fault(png(5_000, 5_000, 1))).toBe(422)
    expect(await fault(png(0, 10))).toBe(422)
    expect(await fault(png(20, 10, 9))).toBe(422)
    const before = process.memoryUsage().rss
    expect(await fault(png(10, 10, 5_000_000))).toBe(422)
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6)
  })

  it('is never answered with a fault of our own, whatever bytes are wrong', async () => {
    let seed = 112
    const random = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % n
    for (const whole of [phoneJpeg(), png(20, 10, 10, SECRET), webp(SECRET)])
      for (let i = 0; i < 700; i++) {
        const wrong = Buffer.from(whole)
        for (let n = 0; n <= random(3); n++) wrong[random(wrong.length)] = random(256)
        expect(['taken', 415, 422]).toContain(await fault(wrong))
      }
  })
})

describe('photos of an OPD’s report', () => {
  let server: TestServer
  let tokens: Record<'operator' | 'supervisor' | 'dispatcher' | 'stranger' | 'responder' | 'screen', string>
  let agency_id: string
  let incident: Incident
  beforeAll(async () => {
    server = await startTestServer()
    const operator = await server.token('operator')
    const agencies = (await server.call<{ id: string; code: string }[]>('GET', '/api/agencies', { token: operator }))
      .body
    const id = (code: string) => agencies.find((agency) => agency.code === code)?.id ?? ''
    agency_id = id('psc119')
    tokens = {
      operator,
      supervisor: await server.token('supervisor'),
      dispatcher: await server.token('dispatcher', { agency_id }),
      stranger: await server.token('dispatcher', { agency_id: id('polres') }),
      responder: await server.token('responder'),
      screen: await server.token('screen'),
    }
    incident = await aCase()
  })
  afterAll(() => server?.stop())

  let made = 0
  async function aCase(): Promise<Incident> {
    const location = { type: 'Point', coordinates: [109.662 + ++made * 0.006, -6.8915] }
    const created = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
      token: tokens.operator,
      body: { incident_type: 'kebakaran', location },
    })
    const { incident } = created.body
    await server.call('POST', `/api/incidents/${incident.id}/assignments`, {
      token: tokens.supervisor,
      body: { agency_ids: [agency_id], override_reason: 'uji' },
    })
    return incident
  }
  const at = (to: Incident = incident) => `${server.url}/api/incidents/${to.id}/report/photos`
  async function send<T = ReportPhoto>(
    bytes: Buffer,
    { to = incident, token = tokens.dispatcher, type = 'image/jpeg', query = '' } = {},
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const { status, headers, ...answer } = await fetch(at(to) + query, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: new Uint8Array(bytes),
    }).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as T,
    }))
    return { status, headers, body: answer.body }
  }
  const get = (path: string, token: string) => fetch(path, { headers: { authorization: `Bearer ${token}` } })
  const rows = async (sql: string) => {
    const client = await server.running.services.db.client()
    const answer = await client.query(sql)
    await client.end()
    return answer.rows as Record<string, unknown>[]
  }

  it('are kept without their secrets, once each, and told live; the log has a digest', async () => {
    const first = await send(phoneJpeg())
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({
      incident_id: incident.id,
      agency_id,
      number: 1,
      kind: 'jpeg',
      width: 8,
      height: 8,
    })
    const again = await Promise.all([send(phoneJpeg()), send(phoneJpeg({ orientation: 6 }))])
    expect(again.map(({ status, body }) => [status, body.id])).toEqual([
      [200, first.body.id],
      [200, first.body.id],
    ])
    const second = await send(webp(SECRET), { type: 'image/webp' })
    expect(second.body).toMatchObject({ number: 2, kind: 'webp' })
    const [{ photo }] = await rows(`select string_agg(encode(bytes, 'escape'), '') as photo from report_photo`)
    expect(photo).not.toContain(SECRET)
    const lines = await rows(`select line from event where kind = 'incident.photo_added'`)
    expect(lines).toHaveLength(2)
    const [{ sha256 }] = await rows('select sha256 from report_photo where number = 1')
    expect(JSON.stringify(lines)).not.toContain(sha256)
    expect(JSON.stringify(lines)).toMatch(/"photo\\": \\"[0-9a-f]{64}/)
  })

  it('go to those who handle the case, as nothing but a picture, each look recorded', async () => {
    const token = tokens.dispatcher
    const list = (await (await get(at(), token)).json()) as ReportPhoto[]
    expect(list.map(({ number }) => number)).toEqual([1, 2])
    const looks = async () => Number((await rows('select count(*) from private_view'))[0].count)
    const before = await looks()
    const shown = await get(`${at()}/${list[0].id}`, token)
    expect(shown.status).toBe(200)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'inline; filename="foto-1.jpg"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(Buffer.from(await shown.arrayBuffer())).toEqual((await cleanPhoto(phoneJpeg())).bytes)
    for (const other of ['operator', 'supervisor'] as const)
      expect((await get(`${at()}/${list[1].id}`, tokens[other])).status).toBe(200)
    expect((await looks()) - before).toBe(3)
    for (const [other, status] of [
      ['stranger', 404],
      ['responder', 404],
      ['screen', 403],
    ] as const)
      expect((await get(`${at()}/${list[0].id}`, tokens[other])).status, other).toBe(status)
    expect(await (await get(at(), tokens.stranger)).json()).toEqual([])
    // Of another case it is none.
    const other = await aCase()
    expect((await get(`${at(other)}/${list[0].id}`, tokens.operator)).status).toBe(404)
    expect((await looks()) - before).toBe(3)
  })

  it('are refused of who is not on the case, and of what is none, by name', async () => {
    expect((await send(phoneJpeg({ tone: 3 }), { token: tokens.stranger })).status).toBe(403)
    expect((await send(phoneJpeg({ tone: 3 }), { token: tokens.operator })).status).toBe(403)
    expect((await send<Problem>(phoneJpeg(), { token: tokens.supervisor })).body.errors?.[0].field).toBe('agency_id')
    const html = await send<Problem>(Buffer.from('<html><script>alert(1)</script></html>'))
    expect(html).toMatchObject({ status: 415, body: { code: 'not_a_photo', errors: [{ field: 'foto' }] } })
    expect((await send(phoneJpeg(), { type: 'text/html' })).status).toBe(415)
    expect((await send(phoneJpeg(), { type: 'multipart/form-data; boundary=x' })).status).toBe(415)
    const torn = await send<Problem>(phoneJpeg().subarray(0, 400))
    expect(torn.status).toBe(422)
    expect(torn.body.errors?.[0].reason).toMatch(/rusak atau terpotong/)
    expect((await send<Problem>(png(9_000, 9, 9))).body.errors?.[0].reason).toMatch(/9000 × 9 piksel terlalu besar/)
    const heavy = await send<Problem>(Buffer.concat([phoneJpeg(), Buffer.alloc(20e6)]))
    expect(heavy).toMatchObject({ status: 413, body: { errors: [{ field: 'foto', reason: 'melebihi 3 MB' }] } })
    expect((await (await get(at(), tokens.dispatcher)).json()) as ReportPhoto[]).toHaveLength(2)
  })

  it('are six at most, also when all come at once', async () => {
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => send(phoneJpeg({ tone: 10 + i }))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 409, 409])
    const list = (await (await get(at(), tokens.dispatcher)).json()) as ReportPhoto[]
    expect(list.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
    expect(list).toHaveLength(PHOTO_MOST)
  })

  it('are taken out by their own OPD until the case is closed, bytes and salt with them', async () => {
    const list = (await (await get(at(), tokens.dispatcher)).json()) as ReportPhoto[]
    const remove = (id: string, token: string) =>
      server.call<Problem>('DELETE', `/api/incidents/${incident.id}/report/photos/${id}`, { token })
    expect((await remove(list[0].id, tokens.stranger)).status).toBe(403)
    expect((await remove(list[0].id, tokens.dispatcher)).status).toBe(204)
    expect((await remove(list[0].id, tokens.dispatcher)).status).toBe(404)
    expect(await rows(`select 1 from report_photo where id = '${list[0].id}'`)).toEqual([])
    expect((await send(phoneJpeg(), { token: tokens.supervisor, query: `?agency_id=${agency_id}` })).status).toBe(201)
    await rows(`update incident set status = 'closed' where id = '${incident.id}'`)
    const late = await remove(list[1].id, tokens.dispatcher)
    expect(late).toMatchObject({ status: 409, body: { errors: [{ reason: 'kejadian sudah ditutup; fotonya tetap' }] } })
  })

  it('come no faster than a hand can send them', async () => {
    const other = await server.token('dispatcher', { agency_id })
    const answers: number[] = []
    for (let i = 0; i < 61; i++) answers.push((await send(Buffer.from('x'), { token: other })).status)
    expect(answers.slice(0, 60).every((status) => status === 415)).toBe(true)
    const last = await send<Problem>(Buffer.from('x'), { token: other })
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
