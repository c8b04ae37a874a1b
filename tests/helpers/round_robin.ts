import { connect, createServer, type Socket } from 'node:net'

/** A proxy that gives each new connection to the next of its servers that takes it, knowing nothing of sessions. */
export async function roundRobin(ports: number[]): Promise<{ url: string; close(): void; took: number[] }> {
  let turn = 0
  const open = new Set<Socket>()
  const took = ports.map(() => 0)
  const server = createServer((client) => {
    client.on('error', () => client.destroy())
    const attempt = (tries: number) => {
      const at = turn++ % ports.length
      const up = connect(ports[at], '127.0.0.1')
      up.once('connect', () => {
        took[at]++
        for (const [from, to] of [
          [client, up],
          [up, client],
        ] as const) {
          open.add(from)
          from.on('close', () => (open.delete(from), to.destroy()))
          from.pipe(to)
        }
      })
      up.on('error', () => {
        if (up.connecting || up.remotePort === undefined) {
          if (tries > 0) attempt(tries - 1)
          else client.destroy()
        } else client.destroy()
      })
    }
    attempt(ports.length)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    took,
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
