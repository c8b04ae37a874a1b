import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { caseMessage, type CaseMessage } from '../../geo/wire/case_message.ts'

export interface Received {
  id: string
  at: number
  message: CaseMessage
  text: string
  headers: IncomingMessage['headers']
}

/** How it answers: a status with headers, or not at all. */
export type Manner = { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'cut'

export interface Receiver {
  url: string
  port: number
  /** From now on; a function decides by message. */
  manner: Manner | ((message: CaseMessage) => Manner)
  /** Every request that came, signatures checked. */
  readonly received: Received[]
  /** Those answered with 2xx. */
  readonly accepted: Received[]
  /** The first accepted for which `wanted` holds, past or to come. */
  until(wanted: (each: Received) => boolean, timeout_ms?: number): Promise<Received>
  stop(): Promise<void>
}

/** A data centre as a real HTTP server: it verifies each signature by itself (Standard Webhooks) and reads each body by the documented schema. */
export async function startReceiver(secret: Buffer, port = 0): Promise<Receiver> {
  const sockets = new Set<Socket>()
  const received: Received[] = []
  const accepted: Received[] = []
  const faults: string[] = []
  const server = createServer((req, res) => {
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => parts.push(part))
    req.on('end', () => answer(req, res, Buffer.concat(parts).toString()))
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  function answer(req: IncomingMessage, res: ServerResponse, text: string): void {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = req.headers
    const good = createHmac('sha256', secret)
      .update(`${String(id)}.${String(timestamp)}.${text}`)
      .digest('base64')
    if (!String(signature).split(' ').includes(`v1,${good}`)) {
      faults.push(`signature of ${String(id)}`)
      return void res.writeHead(401).end()
    }
    const read = caseMessage.strict().safeParse(JSON.parse(text))
    if (!read.success) {
      faults.push(read.error.message)
      return void res.writeHead(422).end()
    }
    const each = { id: String(id), at: Date.now(), message: read.data, text, headers: req.headers }
    received.push(each)
    const manner = typeof receiver.manner === 'function' ? receiver.manner(read.data) : receiver.manner
    if (manner === 'hang') return
    if (manner === 'cut') return void req.socket.destroy()
    if (manner.status < 300) accepted.push(each)
    res.writeHead(manner.status, manner.headers).end(manner.body)
  }

  const receiver: Receiver = {
    url: '',
    port: 0,
    manner: { status: 204 },
    received,
    accepted,
    async until(wanted, timeout_ms = 10_000) {
      for (const end = Date.now() + timeout_ms; Date.now() < end;) {
        const found = accepted.find(wanted)
        if (found) return found
        await new Promise((done) => setTimeout(done, 10))
      }
      throw new Error(`nothing like it was accepted; ${received.length} came, ${faults.join('; ')}`)
    },
    stop() {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => void server.close(() => done()))
    },
  }
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const address = server.address()
  receiver.port = typeof address === 'object' && address ? address.port : 0
  receiver.url = `http://127.0.0.1:${receiver.port}/kasus`
  return receiver
}
