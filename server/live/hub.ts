import type { Logger } from 'pino'
import type { Heartbeat, LiveEvent, Snapshot } from '../../geo/wire/live.ts'
import type { IncidentType, Position } from '../../geo/wire/masterdata.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { HEARD, may } from '../auth/permissions.ts'
import type { Database } from '../db/database.ts'
import { asHeard, toLiveEvent, type LogRow } from './event.ts'

/** One reader of the feed, whatever carries it. `send` must not block; it answers false when the reader is too slow. */
export interface Subscriber {
  role: Role
  send(text: string): boolean
}

type RoutingSaid = Pick<Heartbeat, 'routing' | 'routing_since'>

/** What the hub must be told of the rest, and what it tells the rest. */
export interface HubOptions {
  db: Database
  log: Logger
  now: () => Date
  simulated: boolean
  /** What a snapshot needs beside the database's own rows. */
  surroundings: () => { incident_types: IncidentType[]; map_hash: string } & RoutingSaid
  /** Walls that paint, and those that can sound. */
  walls?: () => Heartbeat['walls']
  /**
   * Called for each line in order before it is sent; awaited when it answers a promise (a new map is read first). One that
   * throws holds no line back: it is told to the log and called again with the same line, each second, until it does not.
   */
  onLine?: (row: LogRow) => Promise<void> | void
}

/** The head of the log, as sql/queries/live_head.sql reads it. */
export interface LogHead {
  seq: number
  log_id: string
}

/** Operators are counted with every fifteenth look at the log. */
const OPERATORS_EVERY = 15
const BATCH = 500
/** A reader further behind than this gets a fresh snapshot instead of the lines. */
const MAX_CATCH_UP = 2_000
const POSITIONS_EVERY_MS = 250
const CHECK_EVERY_MS = 1_000

interface Reader extends Subscriber {
  /** Lines up to here have been sent; null while its snapshot is being read, and lines wait. */
  sent_seq: number | null
  waiting: LiveEvent[]
}

/**
 * The live picture as a tail of the log. Called by live/socket.ts (readers), by the verbs (nudge) and by main.ts.
 * The log decides, nudges only hurry it: each second the head is read anyway, which also finds what other servers wrote
 * and proves that the database is there (`checked_at` of the heartbeat).
 */
export function createHub(options: HubOptions) {
  const { db, log, now, simulated } = options
  const readers = new Set<Reader>()
  let head = 0
  /** Head of the log in the database: what readers are measured by, whatever this server has got around to sending. */
  let written = 0
  let log_id = ''
  /** Lines whose `onLine` failed, one of each kind. */
  const owed = new Map<string, LogRow>()
  let checked_at = now()
  let operators: number | undefined
  let checks = 0
  let positions_seen = new Date(0).toISOString()
  let positionsDirty = true
  const last_fix = new Map<string, string>()
  let pumping: Promise<void> | null = null
  let again = false
  const timers: NodeJS.Timeout[] = []
  let stopped = false
  let listener: Awaited<ReturnType<Database['client']>> | undefined

  function deliver(reader: Reader, event: LiveEvent): void {
    if (reader.sent_seq === null) return void reader.waiting.push(event)
    if (event.seq <= reader.sent_seq) return
    reader.sent_seq = event.seq
    if (!reader.send(JSON.stringify(asHeard(reader.role, event)))) readers.delete(reader)
  }

  async function pumpOnce(): Promise<void> {
    for (;;) {
      const rows = await db.feed.rows<LogRow>('live_events', { since: head, limit: BATCH })
      for (const row of rows) {
        await heed(row)
        const event = toLiveEvent(row, simulated, options.surroundings().map_hash)
        head = row.seq
        for (const reader of readers) deliver(reader, event)
      }
      if (rows.length < BATCH) return
    }
  }

  async function heed(row: LogRow): Promise<void> {
    try {
      await options.onLine?.(row)
      owed.delete(row.kind)
    } catch (error) {
      owed.set(row.kind, row)
      log.error({ err: error, seq: row.seq, kind: row.kind }, 'a line of the log could not be followed; trying again')
    }
  }

  /** Sends what is new in the log; many nudges at once make one reading more, not many. */
  function nudge(): Promise<void> {
    if (pumping) {
      again = true
      return pumping
    }
    pumping = pumpOnce()
      .catch((error: unknown) => log.warn({ err: error }, 'live feed could not read the log'))
      .finally(() => {
        pumping = null
        if (again) {
          again = false
          void nudge()
        }
      })
    return pumping
  }

  async function check(): Promise<void> {
    try {
      const row = await db.feed.one<LogHead>('live_head')
      if (log_id && row.log_id !== log_id)
        return void log.error({ was: log_id, is: row.log_id }, 'another log: restart the server')
      checked_at = now()
      written = row.seq
      if (row.seq > head) void nudge()
      positionsDirty = true
      if (checks++ % OPERATORS_EVERY === 0)
        operators = (await db.feed.one<{ operators: number }>('operators_at_work', { now: now() })).operators
      for (const line of [...owed.values()]) await heed(line)
    } catch (error) {
      log.warn({ err: error }, 'database does not answer')
    }
  }

  function beat(): void {
    const message: Heartbeat = {
      type: 'heartbeat',
      server_time: now().toISOString(),
      // What is written, not what was sent: a reader that stays behind it knows that its picture is old.
      seq: Math.max(head, written),
      checked_at: checked_at.toISOString(),
      ...routing(),
      operators,
      walls: options.walls?.(),
    }
    const text = JSON.stringify(message)
    // Not before the snapshot: a reader compares the beat with the picture it holds.
    for (const reader of readers) if (reader.sent_seq !== null && !reader.send(text)) readers.delete(reader)
  }

  function routing(): RoutingSaid {
    const { routing, routing_since } = options.surroundings()
    return { routing, routing_since }
  }

  let sendingPositions = false
  async function sendPositions(): Promise<void> {
    if (!positionsDirty || sendingPositions || readers.size === 0) return
    positionsDirty = false
    sendingPositions = true
    try {
      // A fix that was stamped earlier may be committed later, so the last second is read again and what was sent is left out.
      const since = new Date(Date.parse(positions_seen) - 1_000)
      const rows = await db.rows<{ received_at: string; position: Position }>('positions_since', { since, simulated })
      const fresh = rows
        .filter(({ position }) => last_fix.get(position.unit_id) !== position.fix_at)
        .map((row) => row.position)
      if (!fresh.length) return
      positions_seen = rows[rows.length - 1].received_at
      for (const position of fresh) last_fix.set(position.unit_id, position.fix_at)
      const text = JSON.stringify({ type: 'positions', server_time: now().toISOString(), positions: fresh })
      for (const reader of readers) if (may(reader.role, 'incident.read') && reader.sent_seq !== null) reader.send(text)
    } catch (error) {
      log.warn({ err: error }, 'positions could not be read')
    } finally {
      sendingPositions = false
    }
  }

  async function readSnapshot(role: Role): Promise<Snapshot> {
    const row = await db.one<
      Omit<Snapshot, 'type' | 'server_time' | 'incident_types' | 'map_hash' | keyof RoutingSaid> & { log_id: string }
    >('live_snapshot', { simulated, now: now() })
    const { log_id: _id, ...picture } = row
    if (!may(role, 'incident.read')) picture.incidents = []
    if (!may(role, HEARD.call)) picture.calls = []
    return { type: 'snapshot', server_time: now().toISOString(), ...picture, ...options.surroundings() }
  }

  return {
    get seq() {
      return head
    },
    get log_id() {
      return log_id
    },
    get checked_at() {
      return checked_at
    },
    get readers() {
      return readers.size
    },
    nudge,
    /** New fixes were taken in by this server. */
    positionsChanged() {
      positionsDirty = true
    },

    /**
     * Starts sending to a reader: every line after `since`, or a snapshot and every line after it. Nothing falls between:
     * lines that arrive meanwhile wait.
     */
    async join(subscriber: Subscriber, since: number | null): Promise<() => void> {
      const reader: Reader = Object.assign(subscriber, { sent_seq: null, waiting: [] as LiveEvent[] })
      readers.add(reader)
      try {
        const resumes = since !== null && since <= head && head - since <= MAX_CATCH_UP
        const start = head
        if (resumes) {
          const rows = since < start ? await db.rows<LogRow>('live_events', { since, limit: MAX_CATCH_UP + BATCH }) : []
          reader.sent_seq = since
          for (const row of rows) deliver(reader, toLiveEvent(row, simulated, options.surroundings().map_hash))
        } else {
          const snapshot = await readSnapshot(reader.role)
          reader.send(JSON.stringify(snapshot))
          reader.sent_seq = snapshot.seq
        }
        for (const event of reader.waiting.splice(0)) deliver(reader, event)
        if (resumes) await resendPositions(reader)
      } catch (error) {
        readers.delete(reader)
        throw error
      }
      return () => readers.delete(reader)
    },

    /** Follows the log from `from` on. */
    async start(from: LogHead): Promise<void> {
      head = written = from.seq
      log_id = from.log_id
      checked_at = now()
      timers.push(
        setInterval(() => void check(), CHECK_EVERY_MS),
        setInterval(beat, 1_000),
        setInterval(() => void sendPositions(), POSITIONS_EVERY_MS),
      )
      if (!db.embedded) await listen()
    },

    async stop(): Promise<void> {
      stopped = true
      for (const timer of timers.splice(0)) clearInterval(timer)
      await listener?.end().catch(() => undefined)
      await pumping
    },
  }

  async function resendPositions(reader: Reader): Promise<void> {
    const rows = await db.rows<{ position: Position }>('positions_since', { since: new Date(0), simulated })
    if (may(reader.role, 'incident.read'))
      reader.send(
        JSON.stringify({
          type: 'positions',
          server_time: now().toISOString(),
          positions: rows.map((row) => row.position),
        }),
      )
  }

  // LISTEN only hurries the tail; when its connection breaks, the check each second goes on alone and tries it again.
  async function listen(): Promise<void> {
    if (stopped) return
    try {
      const client = await db.client()
      if (stopped) return void client.end()
      listener = client
      client.on('notification', () => void nudge())
      client.on('error', () => {
        listener = undefined
        setTimeout(() => void listen(), 2_000).unref()
      })
      await client.query('listen siaga_event')
    } catch (error) {
      log.warn({ err: error }, 'LISTEN failed; the log is read each second meanwhile')
      setTimeout(() => void listen(), 2_000).unref()
    }
  }
}
export type Hub = ReturnType<typeof createHub>
