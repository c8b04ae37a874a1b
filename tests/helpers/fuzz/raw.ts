import { connect } from 'node:net'
import { pick, type Random } from './values.ts'

const bytes = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))

/** A frame of a WebSocket: first two bytes as told, then whatever. */
const frame = (random: Random): Buffer => {
  const payload = bytes(random, Math.floor(random() * 100))
  const head = pick(random, [
    [0x81, 0x80 | payload.length],
    [0x81, payload.length],
    [0xf1, 0x80 | payload.length],
    [0x83, 0x80],
    [0x88, 0xff],
    [0x89, 0xfe, 0xff, 0xff],
    [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x80, 0x80],
  ])
  return Buffer.concat([Buffer.from(head), bytes(random, 4), payload])
}
const upgrade = (token: string, more = '') =>
  `GET /live${more} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`

type Part = string | Buffer
/** What is written, part after part with a pause between. */
const ATTACKS: ((random: Random, token: string) => Part[])[] = [
  (random) => [bytes(random, 200)],
  () => ['GET / HTTP/9.9\r\n\r\n'],
  () => ['GET  /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
  () => ['GET /api/session HTTP/1.1\r\n\r\n'],
  () => ['GET /api/session HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'],
  () => ['GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n'],
  () => [`GET /${'a'.repeat(140_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  () => [`GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(3_000)}\r\n`],
  () => ['POST /api/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  () => ['POST /api/calls HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}'],
  () => ['POST /api/calls HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n'],
  (_random, token) => [
    `POST /api/calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"li`,
  ],
  (_random, token) =>
    [...`GET /api/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`].slice(
      0,
      40,
    ),
  () => ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  () => ['CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  () => ['TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['GET http://169.254.169.254/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['GET /assets/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['GET /assets/%2e%2e/%2e%2e/package.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['GET /wall/%c0%af HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  () => ['GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
  () => ['GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'],
  () => ['GET //[ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
  (_random, token) => [upgrade(token, '?since=-1')],
  (_random, token) => [upgrade(token, '?since=999999999999999'), Buffer.from([0x88, 0x80, 0, 0, 0, 0])],
  (random, token) => [upgrade(token), frame(random)],
  (random, token) => [upgrade(token), frame(random), frame(random)],
  (random, token) => [upgrade(token) + bytes(random, 30).toString('latin1')],
]

const PAUSE_MS = 2
const LET_GO_MS = 120

/** One attack of bytes on a connection of its own, which is let go after a moment. Answers the status that came, if any. */
export function attack(random: Random, url: URL, token: string): Promise<number | null> {
  const parts = pick(random, ATTACKS)(random, token)
  return new Promise((done) => {
    let text = ''
    const socket = connect(Number(url.port), url.hostname)
    const end = () => {
      socket.destroy()
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]
      done(status === undefined ? null : Number(status))
    }
    socket.on('error', () => undefined)
    socket.on('close', end)
    socket.on('data', (data: Buffer) => (text += data.toString('latin1').slice(0, 4_000)))
    socket.on('connect', () => {
      parts.forEach((part, i) => setTimeout(() => socket.destroyed || socket.write(part), i * PAUSE_MS))
      setTimeout(end, parts.length * PAUSE_MS + LET_GO_MS)
    })
  })
}
