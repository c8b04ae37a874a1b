import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { OutboxMessage, OutboxState } from '../../../geo/wire/outbox.ts'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/database.ts'
import { pauseAfter, type Backoff } from './backoff.ts'
import { createBreaker } from './breaker.ts'
import { deliver, type Outcome } from './deliver.ts'
import { applyMapping, MissingField, type Mapping } from './mapping.ts'
import { buildMessage } from './payload.ts'

/** In milliseconds: the pauses of a message that fails, of an endpoint that is away, and the look for what another server wrote. */
export interface Pace {
  message: Backoff
  endpoint: Backoff
  poll_ms: number
}
const PACE: Pace = {
  message: { first_ms: 5_000, most_ms: 3_600_000 },
  endpoint: { first_ms: 5_000, most_ms: 120_000 },
  poll_ms: 2_000,
}
/** Messages under way at once. */
const AT_ONCE = 4
/** A lease outlives a try by this: nobody else sends what is still under way. */
const LEASE_MORE_MS = 5_000
/** Without a Retry-After. */
const BUSY_MS = 30_000

type Claimed = Pick<OutboxMessage, 'id' | 'ord' | 'incident_id' | 'reason' | 'tries'>
/** What the server's log is searched by. */
const named = ({ id, incident_id }: Claimed) => ({ message: id, incident_id })
export type OutboxFigures = Pick<OutboxState, 'pending' | 'dead' | 'oldest_at'>

/** What becomes of a message after a try. */
interface Finish {
  outcome: 'sent' | 'dead' | 'pending'
  counted: number
  next_try_at: Date
  reason: string | null
  status: number | null
}

interface Options {
  db: Database
  log: Logger
  now: () => Date
  simulated: boolean
  config: Config['kominfo']
  mapping: Mapping | null
  random?: () => number
  pace?: Partial<Pace>
}

/**
 * Sends what is owed to the data centre (sql/functions/outbox_put.sql), beside everything else: it holds a database connection for single short
 * statements only, never while it waits for an answer. What it was doing when the process died is sent again once its lease is over, under the same id.
 */
export function createOutbox({ db, log, now, simulated, config, mapping, random = Math.random, ...more }: Options) {
  const pace = { ...PACE, ...more.pace }
  const { target, most_tries } = config
  const breaker = createBreaker({ now, random, pace: pace.endpoint })
  const stopping = new AbortController()
  const under_way = new Set<Promise<void>>()
  let paused_until = 0
  let last_error: string | null = null
  let looking: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined

  /** Takes what is due as far as there is room. */
  async function look(): Promise<void> {
    for (;;) {
      const at = now()
      const room = breaker.room(AT_ONCE) - under_way.size
      if (!target || stopping.signal.aborted || room <= 0 || at.getTime() < paused_until) return
      const claim = randomUUID()
      const lease_ms = target.timeout_ms + LEASE_MORE_MS
      const due = await db.rows<Claimed>('outbox_claim', { now: at, simulated, limit: room, claim, lease_ms })
      if (due.length === 0) return
      for (const message of due) {
        const sending = send(message, claim)
          .catch((error: unknown) =>
            log.warn({ err: error, ...named(message) }, 'a message to the data centre is stuck'),
          )
          .finally(() => {
            under_way.delete(sending)
            nudge()
          })
        under_way.add(sending)
      }
    }
  }

  /** Something may be due now. Many at once make one look more. */
  function nudge(): void {
    if (!target || stopping.signal.aborted) return
    if (looking) {
      again = true
      return
    }
    looking = look()
      .catch((error: unknown) => log.warn({ err: error, job: 'outbox' }, 'the outbox could not be read'))
      .finally(() => {
        looking = null
        if (!again) return
        again = false
        nudge()
      })
  }

  async function send(message: Claimed, claim: string): Promise<void> {
    if (!target) return
    const was_away = breaker.away_since !== null
    const outcome = await tryOnce(message, target)
    if (stopping.signal.aborted && outcome.kind === 'silent') {
      // Nobody knows whether it arrived: it is due again as it was.
      await finish(message, claim, { outcome: 'pending', counted: 0, next_try_at: now(), reason: null, status: null })
      return
    }
    if (outcome.kind === 'silent') breaker.missed()
    else if (outcome.kind !== 'unbuilt') breaker.answered()
    if (outcome.kind !== 'sent') last_error = outcome.reason
    const at = now().getTime()
    const asked_ms = 'wait_ms' in outcome ? outcome.wait_ms : null
    if (outcome.kind === 'busy' || asked_ms !== null) paused_until = at + (asked_ms ?? BUSY_MS)
    // What an endpoint costs that is away or asks for a pause is no fault of the message.
    const counted = outcome.kind === 'busy' || (outcome.kind === 'silent' && was_away) ? 0 : 1
    const tries = message.tries + counted
    const lost = outcome.kind === 'refused' || outcome.kind === 'unbuilt' || (counted === 1 && tries >= most_tries)
    const pause_ms = counted ? pauseAfter(tries, pace.message, random) : 0
    await finish(message, claim, {
      outcome: outcome.kind === 'sent' ? 'sent' : lost ? 'dead' : 'pending',
      counted,
      next_try_at: new Date(at + Math.max(pause_ms, asked_ms ?? 0)),
      reason: outcome.kind === 'sent' ? null : outcome.reason,
      status: outcome.status,
    })
  }

  async function tryOnce(
    message: Claimed,
    to: NonNullable<typeof target>,
  ): Promise<Outcome | { kind: 'unbuilt'; status: null; reason: string }> {
    let body: string
    try {
      const built = await buildMessage(db, message, { now: now(), callers: mapping?.callers ?? false })
      body = JSON.stringify(mapping ? applyMapping(mapping, built) : built)
    } catch (error) {
      if (error instanceof MissingField) return { kind: 'unbuilt', status: null, reason: error.message }
      if (error instanceof z.ZodError)
        return { kind: 'unbuilt', status: null, reason: `isi tidak sah: ${error.issues[0]?.path.join('.') ?? ''}` }
      throw error
    }
    return deliver(to, message.id, body, now(), stopping.signal)
  }

  async function finish(message: Claimed, claim: string, { reason, status, ...rest }: Finish): Promise<void> {
    const { id } = message
    await db.rows('outbox_finish', { id, claim, now: now(), last_error: reason, last_status: status, ...rest })
    if (rest.outcome === 'dead') log.warn({ ...named(message), reason }, 'a message to the data centre is dead')
  }

  const destination = (): OutboxState['destination'] =>
    !target ? 'none' : breaker.away_since ? 'away' : now().getTime() < paused_until ? 'paused' : 'ok'

  return {
    nudge,
    mapping,
    destination,
    figures: () => db.one<OutboxFigures>('outbox_figures', { simulated }),
    async state(): Promise<OutboxState> {
      const to = destination()
      const next = to === 'away' ? Math.max(breaker.probe_at, paused_until) : to === 'paused' ? paused_until : null
      return {
        destination: to,
        host: target && new URL(target.url).host,
        since: breaker.away_since?.toISOString() ?? null,
        next_at: next === null ? null : new Date(next).toISOString(),
        last_error: to === 'ok' ? null : last_error,
        mapped: mapping !== null,
        most_tries,
        ...(await db.one<OutboxFigures>('outbox_figures', { simulated })),
      }
    },
    async start(): Promise<void> {
      if (!target) return
      if (db.embedded) await db.rows('outbox_release')
      timer = setInterval(nudge, pace.poll_ms)
      nudge()
    },
    /** Ends what is under way; it is due again as it was. */
    async stop(): Promise<void> {
      clearInterval(timer)
      stopping.abort()
      await looking
      await Promise.all(under_way)
    },
  }
}
export type Outbox = ReturnType<typeof createOutbox>
