import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ApiError, fromDatabase } from '../../server/errors.ts'
import { answerInTime } from '../../server/http/deadline.ts'
import { answerProblems } from '../../server/http/problems.ts'
import { problem } from '../../geo/wire/problem.ts'

const PATIENCE_MS = 150
const app = express()
app.use(express.json())
/** Answers once more each time it is looked at, or stands still. */
let still = true
let answers = 0
const lastAnswer = () => (still ? answers : ++answers)
app.use(answerInTime(pino({ level: 'silent' }), lastAnswer, { patience_ms: PATIENCE_MS, silent_ms: PATIENCE_MS / 2 }))
app.all('/never', () => undefined)
app.post('/late', (_req, res) => {
  setTimeout(() => void (res.headersSent || res.json({ written: true })), 3 * PATIENCE_MS)
})
app.post('/late_fault', async () => {
  await new Promise((later) => setTimeout(later, 3 * PATIENCE_MS))
  throw new ApiError(409, 'unit_taken', 'sudah dikirim')
})
app.get('/slow', (_req, res) => void setTimeout(() => res.json({ read: true }), 4 * PATIENCE_MS))
app.post('/soon', (_req, res) => void res.status(201).json({ written: true }))
app.use(answerProblems(pino({ level: 'silent' })))
const server = createServer(app)
let url = ''

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const write = (path: string) =>
  fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' })

it('answers a write that the database does not answer, and says that the same is to be sent again', async () => {
  for (const path of ['/never', '/late']) {
    const answer = await write(path)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(problem.parse(await answer.json())).toMatchObject({ code: 'database_slow', instance: path })
  }
  for (const method of ['POST', 'DELETE'])
    expect((await fetch(`${url}/never`, { method })).status, `${method} without a body`).toBe(503)
  expect((await write('/soon')).status).toBe(201)
})

it('leaves the connection to whoever uses it by then, when a write that was answered fails in the end', async () => {
  // One connection, as a proxy keeps it for everybody.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method: string, path: string) =>
    new Promise<{ status?: number; port?: number; body: string }>((answered, failed) => {
      request(url + path, { method, agent }, (answer) => {
        const { statusCode: status, socket } = answer
        const port = socket.localPort
        void text(answer).then((body) => answered({ status, port, body }), failed)
      })
        .once('error', failed)
        .end()
    })
  const write = await ask('POST', '/late_fault')
  expect(write.status).toBe(503)
  const read = await ask('GET', '/slow')
  expect(read).toEqual({ status: 200, port: write.port, body: '{"read":true}' })
  agent.destroy()
})

it('waits for a write that is slow while the database answers others', async () => {
  still = false
  expect((await write('/late')).status).toBe(200)
  still = true
})

it('waits for a body that comes slowly, as photos of phones do, and for reads', async () => {
  const slow = new ReadableStream({
    async start(to) {
      for (const part of ['{"a"', ':1', '}']) {
        await new Promise((done) => setTimeout(done, PATIENCE_MS))
        to.enqueue(new TextEncoder().encode(part))
      }
      to.close()
    },
  })
  const answer = await fetch(`${url}/soon`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: slow,
    duplex: 'half',
  } as RequestInit)
  expect(answer.status).toBe(201)
  await expect(fetch(`${url}/never`, { signal: AbortSignal.timeout(3 * PATIENCE_MS) })).rejects.toThrow()
})

it('tells a full, a broken and a read-only disk from a right that is missing', () => {
  const fault = (code: string, file: string) => fromDatabase(Object.assign(new Error('x'), { code, file }))
  for (const [code, file] of [
    ['53100', 'md.c'],
    ['53200', 'mcxt.c'],
    ['58030', 'md.c'],
    ['42501', 'fd.c'],
  ])
    expect(fault(code, file), code).toMatchObject({ status: 503, code: 'database_cannot_write' })
  expect(fault('42501', 'aclchk.c')).toBeNull()
})

it('watches no write that was answered before its body was read', async () => {
  let looks = 0
  const refusing = express()
  const looked = () => ++looks
  refusing.use(
    answerInTime(pino({ level: 'silent' }), looked, { patience_ms: PATIENCE_MS, silent_ms: PATIENCE_MS / 2 }),
  )
  refusing.use((_req, res) => void res.status(401).json({}))
  const listening = createServer(refusing)
  await once(listening.listen(0, '127.0.0.1'), 'listening')
  const target = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  for (const bytes of [10, 200_000]) {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => fetch(target, { method: 'POST', body: 'x'.repeat(bytes) })),
    )
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      await answer.text()
    }
  }
  await new Promise((done) => setTimeout(done, 4 * PATIENCE_MS))
  expect(looks).toBe(0)
  listening.closeAllConnections()
  listening.close()
})
