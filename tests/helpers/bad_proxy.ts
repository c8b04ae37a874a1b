import { connect, createServer, type Socket } from 'node:net'

/**
 * What a proxy in between may do to a wall: `pass` everything on; `buffer` what the server says and let it go in bursts; `hold` both ways and
 * keep the connections open, as a firewall that forgot them; `swallow` each message that begins so, and pass the rest; `mute`: take new
 * connections and never answer, while the old ones say no more.
 */
export type Mode =
  | { kind: 'pass' }
  | { kind: 'buffer'; ms: number }
  | { kind: 'hold' }
  | { kind: 'swallow'; begins: string }
  | { kind: 'mute' }

export interface BadProxy {
  url: string
  mode: Mode
  /** Breaks every connection as it stands; new ones are taken. */
  cut(): void
  /** The same the next time that a client says something in which the text stands, `ms` after it was passed on: before the answer, or while it comes. Resolves then. */
  cutAfter(text: string, ms: number): Promise<void>
  close(): Promise<void>
}

/** A TCP proxy before a server on this machine, as bad as it is told to be from one moment to the next. */
export async function openBadProxy(url: string): Promise<BadProxy> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const cut = () => sockets.forEach((socket) => socket.destroy())
  let awaited: { text: string; heard: () => void } | null = null
  const proxy: BadProxy = {
    url: '',
    mode: { kind: 'pass' },
    cut,
    cutAfter: (text, ms) =>
      new Promise((done) => {
        const heard = () => void setTimeout(() => (cut(), done()), ms)
        awaited = { text, heard }
      }),
    close: () => Promise.resolve(),
  }
  const held_up = () => proxy.mode.kind === 'hold' || proxy.mode.kind === 'mute'
  const server = createServer((client) => {
    keep(client)
    if (proxy.mode.kind === 'mute') return
    const upstream = keep(connect(Number(port), hostname))
    const frames = new Frames()
    let held: Buffer[] = []
    let timer: NodeJS.Timeout | undefined
    const release = () => {
      timer = undefined
      for (const data of held.splice(0)) client.write(data)
    }
    upstream.on('data', (data) => {
      const { mode } = proxy
      if (held_up()) return
      const wanted = frames.take(data, mode.kind === 'swallow' ? mode.begins : null)
      if (mode.kind === 'buffer') {
        held.push(wanted)
        timer ??= setTimeout(release, mode.ms)
      } else if (held.length > 0) held.push(wanted)
      else client.write(wanted)
    })
    client.on('data', (data) => {
      if (held_up()) return
      upstream.write(data)
      if (!awaited || !data.includes(awaited.text)) return
      awaited.heard()
      awaited = null
    })
    const end = (one: Socket, other: Socket) =>
      one.on('close', () => {
        clearTimeout(timer)
        held = []
        if (!held_up()) other.destroy()
      })
    end(client, upstream)
    end(upstream, client)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  proxy.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  proxy.close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((closed) => server.close(closed))
  }
  return proxy
}

/** Cuts what a server says over a WebSocket into its messages: only then one of them can be left out. */
class Frames {
  private rest = Buffer.alloc(0)
  private upgraded = false

  take(data: Buffer, begins: string | null): Buffer {
    this.rest = Buffer.concat([this.rest, data])
    const out: Buffer[] = []
    if (!this.upgraded) {
      const end = this.rest.indexOf('\r\n\r\n')
      if (end < 0 || !this.rest.toString('latin1', 0, 12).endsWith('101')) return this.all()
      out.push(this.rest.subarray(0, end + 4))
      this.rest = this.rest.subarray(end + 4)
      this.upgraded = true
    }
    for (let frame = this.next(); frame; frame = this.next())
      if (begins === null || !frame.payload.startsWith(begins)) out.push(frame.whole)
    return Buffer.concat(out)
  }

  private all(): Buffer {
    const { rest } = this
    this.rest = Buffer.alloc(0)
    return rest
  }

  /** The next whole frame; a server's are not masked. */
  private next(): { whole: Buffer; payload: string } | null {
    const { rest } = this
    if (rest.length < 2) return null
    const short = rest[1] & 0x7f
    const head = short === 126 ? 4 : short === 127 ? 10 : 2
    if (rest.length < head) return null
    const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short
    if (rest.length < head + length) return null
    this.rest = rest.subarray(head + length)
    return {
      whole: rest.subarray(0, head + length),
      payload: rest.toString('utf8', head, Math.min(head + 64, head + length)),
    }
  }
}
