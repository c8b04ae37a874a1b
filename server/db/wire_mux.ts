import { createServer, type Server, type Socket } from 'node:net'

/**
 * Lets many PostgreSQL clients share one single-session backend (PGlite) without seeing each other's half-sent work.
 *
 * Called by bin/embedded.ts only; knows bytes and turns, not SQL. What a client sends up to the next Sync (or simple
 * Query) is one turn and runs without another client between its Parse and its Execute; while a client is inside a
 * transaction the turns of all others wait. A client that dies inside one is rolled back. Unnamed statements only:
 * named ones and SET would leak between clients.
 */
export interface Backend {
  /** Runs one frontend message; answers with the backend's bytes. */
  execute(message: Uint8Array): Promise<Uint8Array>
}

const STARTUP = 196608
const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102
const QUERY = 0x51
const SYNC = 0x53
const TERMINATE = 0x58
const FLUSH = 0x48
const READY_FOR_QUERY = 0x5a
const IDLE = 0x49

interface Client {
  socket: Socket
  buffer: Buffer
  started: boolean
  turn: Buffer[]
  alive: boolean
}

interface Turn {
  client: Client
  messages: Buffer[]
}

/** Simple-query message that ends whatever transaction an absent client left open. */
const ROLLBACK = (() => {
  const text = Buffer.from('ROLLBACK\0')
  const head = Buffer.alloc(5)
  head[0] = QUERY
  head.writeInt32BE(text.length + 4, 1)
  return Buffer.concat([head, text])
})()

/** `broken`: the backend cannot even end a transaction. Nothing may be run on it any more: it would be told as written and be part of what is undone. */
export function createWireMux(backend: Backend, broken: (error: unknown) => void): Server {
  const queue: Turn[] = []
  let holder: Client | null = null
  let running = false

  let gone = false
  function giveUp(error: unknown): void {
    if (gone) return
    gone = true
    broken(error)
  }

  async function drain(): Promise<void> {
    if (running || gone) return
    running = true
    try {
      for (let turn = next(); turn; turn = next()) {
        const { client } = turn
        try {
          await run(turn)
        } catch {
          // He gets no answer any more, and what he may have begun is undone before anybody else's: else theirs would be part of it.
          client.socket.destroy()
          holder = client
          await release(client)
        }
      }
    } catch (error) {
      giveUp(error)
    } finally {
      running = false
    }
  }

  function next(): Turn | undefined {
    if (!holder) return queue.shift()
    const own = queue.findIndex((turn) => turn.client === holder)
    return own < 0 ? undefined : queue.splice(own, 1)[0]
  }

  async function run({ client, messages }: Turn): Promise<void> {
    const answers: Uint8Array[] = []
    for (const message of messages) {
      const answer = await backend.execute(message)
      if (answer.length) answers.push(answer)
    }
    const bytes = Buffer.concat(answers)
    const status = transactionStatus(bytes)
    if (status !== undefined) holder = status === IDLE ? null : client
    if (client.alive) client.socket.write(bytes)
    else if (holder === client) await release(client)
  }

  async function release(client: Client): Promise<void> {
    if (holder !== client || gone) return
    await backend.execute(ROLLBACK)
    holder = null
  }

  function accept(client: Client): void {
    for (let message = takeMessage(client); message; message = takeMessage(client)) {
      const type = message[0]
      if (type === TERMINATE && client.turn.length === 0) return void client.socket.end()
      client.turn.push(message)
      // Flush asks for the answers so far: the turn goes on, and with it the claim on the backend, so it is held back until Sync.
      if (type === FLUSH) client.turn.pop()
      if (type === QUERY || type === SYNC) {
        queue.push({ client, messages: client.turn })
        client.turn = []
      }
    }
    void drain()
  }

  function takeMessage(client: Client): Buffer | undefined {
    const { buffer } = client
    if (!client.started) {
      if (buffer.length < 8) return undefined
      const length = buffer.readInt32BE(0)
      const code = buffer.readInt32BE(4)
      if (buffer.length < length) return undefined
      client.buffer = buffer.subarray(length)
      if (code === SSL_REQUEST || code === GSS_REQUEST) {
        client.socket.write('N')
        return takeMessage(client)
      }
      if (code === CANCEL_REQUEST) return void client.socket.end()
      if (code !== STARTUP) return void client.socket.destroy()
      client.started = true
      queue.push({ client, messages: [Buffer.from(buffer.subarray(0, length))] })
      return takeMessage(client)
    }
    if (buffer.length < 5) return undefined
    const length = 1 + buffer.readInt32BE(1)
    if (buffer.length < length) return undefined
    client.buffer = buffer.subarray(length)
    return Buffer.from(buffer.subarray(0, length))
  }

  return createServer((socket) => {
    socket.setNoDelay(true)
    const client: Client = { socket, buffer: Buffer.alloc(0), started: false, turn: [], alive: true }
    socket.on('data', (data) => {
      client.buffer = client.buffer.length ? Buffer.concat([client.buffer, data]) : data
      accept(client)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      client.alive = false
      for (let i = queue.length - 1; i >= 0; i--) if (queue[i].client === client) queue.splice(i, 1)
      // A turn of this client that is running now notices `alive` itself.
      if (!running) void release(client).then(drain, giveUp)
    })
  })
}

/** The transaction status byte of the last ReadyForQuery in a run of backend messages, if there is one. */
function transactionStatus(bytes: Buffer): number | undefined {
  let status: number | undefined
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    if (bytes[at] === READY_FOR_QUERY) status = bytes[at + 5]
  }
  return status
}
