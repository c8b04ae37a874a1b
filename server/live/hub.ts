import type { Logger } from 'pino'
import type { Heartbeat } from '../../geo/wire/live.ts'
import { may } from '../auth/permissions.ts'
import type { Database } from '../db/database.ts'
import { toLiveEvent, type LogHead, type LogRow } from './event.ts'
import { followLines } from './follow.ts'
import { heartbeatText, textOf } from './heartbeat.ts'
import { listenToLog } from './listener.ts'
import { createPositionTail, positionsText } from './positions.ts'
import { createPump } from './pump.ts'
import { deliver, saying, type Reader, type Subscriber, type Told } from './reader.ts'
import { createPictures, snapshotText, type Surroundings } from './snapshot.ts'

/** What the hub must be told of the rest, and what it tells the rest. */
export interface HubOptions {
  db: Database
  log: Logger
  now: () => Date
  simulated: boolean
  /** What a snapshot needs beside the database's own rows. */
  surroundings: () => Surroundings
  /** Walls that paint, and those that can sound. */
  walls?: () => Heartbeat['walls']
  /**
   * Called for each line in order before it is sent; awaited when it answers a promise (a new map is read first). One that
   * throws holds no line back: it is told to the log and called again with the same line, each second, until it does not.
   */
  onLine?: (row: LogRow) => Promise<void> | void
  /** Another log lies under this server (a promotion, a restore): whatever was read from the old one is to be read again. */
  onAnotherLog?: () => Promise<void>
}

/** Operators are counted with every fifteenth look at the log. */
const OPERATORS_EVERY = 15
const BATCH = 500
/** A reader further behind than this gets a fresh snapshot instead of the lines. */
const MAX_CATCH_UP = 2_000
const POSITIONS_EVERY_MS = 250
const CHECK_EVERY_MS = 1_000
/** A database that says nothing for so long may be another machine by now. */
const SILENT_MS = 4_000
const FOLLOWED_MS = 500
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

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
  /** Of line `head`: what follows another one is not this log. */
  let head_hash: string | undefined
  const followed = followLines(log, options.onLine)
  let checked_at = now()
  let operators: number | undefined
  let checks = 0
  const positions = createPositionTail({ db, simulated })
  const pictures = createPictures({ db, simulated, now })
  const types = textOf(() => options.surroundings().incident_types)
  let positionsDirty = true
  /** Counts the messages of positions to everybody. */
  let positionsTold = 0
  const timers: NodeJS.Timeout[] = []
  /** While another log is taken up nothing is read of it. */
  let switching: Promise<void> | null = null
  /** Counts the logs: what was read of one must not be sent as of the next. */
  let epoch = 0
  let endListening = () => Promise.resolve()

  async function pumpOnce(): Promise<void> {
    while (!switching) {
      const rows = await db.feed.rows<LogRow>('live_events', { since: head, limit: BATCH })
      if (rows.length > 0 && head > 0 && rows[0].since_hash !== head_hash)
        return void log.warn({ seq: head }, 'what follows is of another log')
      for (const row of rows) {
        await followed.heed(row)
        const event = toLiveEvent(row, simulated, options.surroundings().map_hash)
        head = row.seq
        head_hash = row.hash
        pictures.line(event)
        const told = saying(event)
        for (const reader of readers) if (!deliver(reader, told)) readers.delete(reader)
      }
      if (rows.length < BATCH) return
    }
  }

  const pump = createPump(pumpOnce, log)
  /** Another log was taken up, or could not be and is tried again. */
  const switched = (): Promise<void> | undefined => switching?.catch(() => undefined)
  /** Sends what is new in the log. It never rejects: who asks after a commit has done his work, whatever becomes of the feed. */
  const nudge = (): Promise<void> => switched() ?? pump.nudge()
  async function readOn(): Promise<void> {
    await switched()
    await pump.readOn()
  }

  /** Line `seq` was written, here or by another server: most often whoever wrote it here has had it read already. */
  async function heard(seq: number): Promise<void> {
    await pump.settled()
    if (!(seq <= head)) await nudge()
  }

  let checking = false
  async function check(): Promise<void> {
    if (checking) return
    checking = true
    const silent = setTimeout(() => db.doubt(), SILENT_MS)
    try {
      let row = await db.feed.one<LogHead>('live_head')
      if (row.moved && (await db.feed.value<string | null>('log_follow', { now: now() })) !== null)
        row = await db.feed.one<LogHead>('live_head')
      if (log_id && row.log_id !== log_id) await (switching ??= takeUp(row).finally(() => (switching = null)))
      // A copy may be behind: what it holds is told, and that it was not the primary who told it.
      if (row.standby) db.doubt()
      else checked_at = now()
      written = row.seq
      if (row.seq > head) void nudge()
      positionsDirty = true
      if (checks++ % OPERATORS_EVERY === 0)
        operators = (await db.feed.one<{ operators: number }>('operators_at_work', { now: now() })).operators
      await followed.again()
    } catch (error) {
      log.warn({ err: error }, 'database does not answer')
    } finally {
      clearTimeout(silent)
      checking = false
    }
  }

  /**
   * Another log is here: a copy was promoted, or a backup restored. What was kept of the old one is read again. Readers go on where it continues
   * theirs; where lines that they may hold are gone, each gets a whole new picture.
   */
  async function takeUp(row: LogHead): Promise<void> {
    await pump.settled()
    const held = { seq: head, hash: head_hash ?? '', log_id }
    const { continues } = await db.feed.one<{ continues: boolean }>('log_continues', held)
    log.error({ was: held, is: row, continues }, 'another log: what was read of the old one is read again')
    if (!continues) for (const reader of readers) reader.sent_seq = null
    followed.forget()
    await options.onAnotherLog?.()
    epoch++
    log_id = row.log_id
    positions.forget()
    pictures.forget()
    if (!continues) {
      head = row.seq
      head_hash = row.hash
    }
    const there = [...readers]
    for (const reader of there) reader.greet?.(continues ? held.log_id : undefined)
    if (continues) return
    for (const reader of there)
      void sendPicture(reader).catch((error: unknown) => {
        // It comes back by itself and asks for a picture.
        readers.delete(reader)
        reader.drop?.()
        log.warn({ err: error, role: reader.role }, 'a reader could not be given its new picture')
      })
  }

  function beat(): void {
    // What is written, not what was sent: a reader that stays behind it knows that its picture is old.
    const seq = Math.max(head, written)
    const about = { now: now(), seq, checked_at, operators, walls: options.walls?.() }
    const { text, withTypes } = heartbeatText({ ...about, said: options.surroundings() })
    const known = types.text()
    for (const reader of readers) {
      // Not before the snapshot: a reader compares the beat with the picture it holds.
      if (reader.sent_seq === null) continue
      const sent = reader.send(reader.types === known ? text : withTypes(known))
      reader.types = known
      if (!sent) readers.delete(reader)
    }
  }

  let sendingPositions = false
  async function sendPositions(): Promise<void> {
    // Another server's are told of by nobody.
    if ((db.embedded && !positionsDirty) || sendingPositions || readers.size === 0) return
    positionsDirty = false
    sendingPositions = true
    try {
      const fresh = await positions.fresh()
      if (!fresh.length) return
      const text = positionsText(fresh, now())
      positionsTold++
      for (const reader of readers) if (may(reader.role, 'incident.read') && reader.sent_seq !== null) reader.send(text)
    } catch (error) {
      log.warn({ err: error }, 'positions could not be read')
    } finally {
      sendingPositions = false
    }
  }

  /** Every line after `since`, and where units are, before the next beat; false when another log came meanwhile. */
  async function catchUp(reader: Reader, since: number): Promise<boolean> {
    const of = epoch
    const rows = since < head ? await db.rows<LogRow>('live_events', { since, limit: MAX_CATCH_UP + BATCH }) : []
    const sees = may(reader.role, 'incident.read')
    const before = positionsTold
    const there = sees ? await positions.all() : []
    if (of !== epoch) return false
    reader.sent_seq = since
    for (const row of rows) deliver(reader, saying(toLiveEvent(row, simulated, options.surroundings().map_hash)))
    for (const told of reader.waiting.splice(0)) deliver(reader, told)
    if (sees) reader.send(positionsText(there, now()))
    await tellAgain(reader, before)
    return true
  }

  /** A whole picture with every line that was written before it was asked for, and the lines after it; of another log that came meanwhile, anew. */
  async function sendPicture(reader: Reader): Promise<void> {
    for (;;) {
      const of = epoch
      // One that is slow to be followed (a new city is read) keeps nobody waiting for his picture: it is read anew.
      const timely = await Promise.race([readOn().then(() => true), pause(FOLLOWED_MS).then(() => false)])
      if (!timely) pictures.forget()
      const before = positionsTold
      const there = await positions.all()
      const picture = await pictures.current()
      if (of !== epoch) continue
      const about = { role: reader.role, now: now(), surroundings: options.surroundings(), positions: there }
      reader.types = types.text()
      reader.send(snapshotText(picture, about))
      reader.sent_seq = picture.seq
      for (const told of reader.waiting.splice(0)) deliver(reader, told)
      return tellAgain(reader, before)
    }
  }

  /** Everybody else was told of positions while a reader's were read: it is told too. */
  async function tellAgain(reader: Reader, before: number): Promise<void> {
    if (positionsTold !== before && may(reader.role, 'incident.read'))
      reader.send(positionsText(await positions.all(), now()))
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
      const reader: Reader = Object.assign(subscriber, { sent_seq: null, waiting: [] as Told[], types: null })
      readers.add(reader)
      try {
        // Another server may have told more than this one has read yet.
        if (since !== null && since > head) await nudge()
        if (since === null || since > head || head - since > MAX_CATCH_UP || !(await catchUp(reader, since)))
          await sendPicture(reader)
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
      head_hash = from.hash
      checked_at = now()
      timers.push(
        setInterval(() => void check(), CHECK_EVERY_MS),
        setInterval(beat, 1_000),
        setInterval(() => void sendPositions(), POSITIONS_EVERY_MS),
      )
      endListening = listenToLog({ db, log }, (seq) => void heard(seq))
    },

    async stop(): Promise<void> {
      for (const timer of timers.splice(0)) clearInterval(timer)
      await endListening()
      await pump.settled()
    },
  }
}
export type Hub = ReturnType<typeof createHub>
