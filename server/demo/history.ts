import type { Database, Executor } from '../db/database.ts'
import { daysBetween, planDay, type DemoCity, type Item } from './day.ts'
import { HISTORY_ACTOR, writeSteps, type WriteOptions } from './write.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const HISTORY_DAYS = 365
/** What rang in the last hours is left to the live part: its cases would not be over yet. */
const LEAVE_MS = 1.5 * HOUR_MS
/** A pause of the demo shorter than this leaves no gap worth filling. */
const GAP_MS = 6 * HOUR_MS
/** Calls written in one transaction. */
const CALLS_AT_ONCE = 6

/** A stretch of time that history covers; `day` and `written` say how far: items of that day already in the database. */
interface Span {
  from: number
  to: number
  day: number
  written: number
}
/** The row of `setting` that makes history resumable; written in the same transaction as what it counts. */
interface Progress {
  seed: number
  spans: Span[]
}
const SETTING = 'demo_history'

export interface HistoryOptions {
  seed: number
  now: () => Date
  city: () => DemoCity | Promise<DemoCity>
  describe: WriteOptions['describe']
  signal: AbortSignal
  /** Called after each transaction; history waits until it resolves. */
  breathe: (spent_ms: number) => Promise<void>
  days?: number
}

/**
 * Writes what is missing of the last twelve months, today's first hours first (the wall shows them), and the gaps that
 * pauses left. Answers how many items it wrote. Killed at any moment, the next call goes on exactly there.
 */
export async function writeHistory(db: Database, options: HistoryOptions): Promise<number> {
  const progress = await readProgress(db, options)
  let items = 0
  for (const span of progress.spans) {
    for (const day of daysBetween(span.day, span.to)) {
      if (options.signal.aborted) return items
      if (day !== span.day) [span.day, span.written] = [day, 0]
      const due = planDay(progress.seed, day, await options.city()).filter(
        (item) => item.at >= span.from && item.at < span.to && endsBy(item, span.to + LEAVE_MS),
      )
      for (const batch of batchesOf(due.slice(span.written))) {
        if (options.signal.aborted) return items
        const started = performance.now()
        span.written += batch.length
        await atomically(db, async (tx) => {
          for (const item of batch) await writeItem(tx, item, options)
          await tx.rows('setting_put', { key: SETTING, value: progress })
        })
        items += batch.length
        await options.breathe(performance.now() - started)
      }
    }
    if (span.day < span.to) {
      span.day = span.to
      span.written = 0
      await db.rows('setting_put', { key: SETTING, value: progress })
    }
  }
  return items
}

const ATTEMPTS = 3

/** A live verb may take a unit between our look and our write (PostgreSQL): then all of it is tried again. */
async function atomically(db: Database, work: (tx: Executor) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work)
    } catch (error) {
      if (attempt === ATTEMPTS || !/^(SG409|40)/.test((error as { code?: string }).code ?? '')) throw error
    }
  }
}

async function readProgress(db: Database, { seed, now, days = HISTORY_DAYS }: HistoryOptions): Promise<Progress> {
  const until = now().getTime() - LEAVE_MS
  const [today] = daysBetween(until, until + 1)
  const span = (from: number, to: number): Span => ({ from, to, day: daysBetween(from, from + 1)[0], written: 0 })
  const known = await db.value<Progress | null>('setting', { key: SETTING })
  if (!known)
    return { seed, spans: [span(today, until), span(today - days * DAY_MS, today)].filter((s) => s.from < s.to) }
  const last = await db.value<string | null>('demo_last_received')
  const covered = Math.max(...known.spans.map((s) => s.to), last === null ? 0 : Date.parse(last))
  if (until - covered > GAP_MS) known.spans.push(span(covered, until))
  return known
}

const endsBy = (item: Item, limit: number): boolean => ('call' in item ? item.call.at : item.life.ends_at) < limit

/** A life alone, or some calls that follow one another. */
function batchesOf(items: readonly Item[]): Item[][] {
  const batches: Item[][] = []
  for (const item of items) {
    const last = batches.at(-1)
    if (last && 'call' in item && 'call' in last[0] && last.length < CALLS_AT_ONCE) last.push(item)
    else batches.push([item])
  }
  return batches
}

async function writeItem(tx: Executor, item: Item, options: HistoryOptions): Promise<void> {
  if ('call' in item)
    await tx.value('call_create', {
      input: item.call.input,
      actor: HISTORY_ACTOR,
      now: new Date(item.call.at),
      simulated: true,
    })
  else await writeSteps(tx, item.life.steps, { actor: HISTORY_ACTOR, describe: options.describe })
}
