import { randomBytes } from 'node:crypto'
import { wibMidnight } from '../../geo/sla/shift.ts'
import type { ComplaintRow } from '../../geo/wire/complaints.ts'
import { hashSecret } from '../auth/secret.ts'
import type { Database, Executor } from '../db/database.ts'
import { inventScores, nextComplaintStep, planComplaints, type PlannedComplaint } from './complaint_life.ts'
import { daysBetween } from './day.ts'
import { randomOf } from './random.ts'
import { HISTORY_ACTOR } from './write.ts'

const DAY_MS = 86_400_000
const HISTORY_DAYS = 365
/** A term is seen to have passed this long after it. */
const NOTICED_MS = 20_000
/** Share of the cases whose caller is asked and answers. */
const ANSWERED = 0.25

export interface ComplaintHistoryOptions {
  seed: number
  now: () => Date
  signal: AbortSignal
  /** Called after each transaction; waits until it resolves. */
  breathe: (spent_ms: number) => Promise<void>
  days?: number
}

/**
 * Writes what is missing of the last twelve months of complaints, each by the verbs of everybody with the clock of its moment, one transaction each.
 * `setting` says in the same transaction how far it came. Answers how many.
 */
export async function writeComplaints(db: Database, options: ComplaintHistoryOptions): Promise<number> {
  const { seed, signal } = options
  const until = options.now().getTime()
  const from = await begun(db, 'demo_complaints', options)
  let n = 0
  for (const day of daysBetween(from, until))
    for (const planned of planComplaints(seed, day).filter(({ at }) => at >= from && at < until)) {
      if (signal.aborted) return n
      const started = performance.now()
      await db.transaction(async (tx) => {
        await writeComplaint(tx, planned, { seed, until })
        await tx.rows('setting_put', { key: 'demo_complaints', value: { from: planned.at + 1 } })
      })
      n++
      await options.breathe(performance.now() - started)
    }
  return n
}

/** Where to go on: what stands in `setting`, else `days` back. */
async function begun(
  db: Database,
  key: string,
  { now, days = HISTORY_DAYS }: ComplaintHistoryOptions,
): Promise<number> {
  const known = await db.value<{ from: number } | null>('setting', { key })
  return known?.from ?? wibMidnight(now().getTime()) - days * DAY_MS
}

/** One complaint with all that became of it by `until` (epoch ms), terms that passed included. */
async function writeComplaint(
  tx: Executor,
  { at, input }: PlannedComplaint,
  { seed, until }: { seed: number; until: number },
): Promise<void> {
  const verb = { actor: HISTORY_ACTOR, simulated: true }
  let row = await tx.value<ComplaintRow>('complaint_register', { ...verb, input, now: new Date(at) })
  for (;;) {
    const next = nextComplaintStep(seed, row)
    const term = row.status === 'answered' ? row.reopen_until : row.escalated_at === null ? row.officer_due_at : null
    const passes = term === null || row.status === 'closed' ? Infinity : Date.parse(term) + NOTICED_MS
    if (Math.min(passes, next?.at ?? Infinity) >= until) return
    if (next === null || passes < next.at) {
      const now = new Date(passes)
      if (!(await tx.value<boolean>('complaint_due', { id: row.id, actor: HISTORY_ACTOR, now }))) return
      row = (await tx.one<{ complaint: ComplaintRow }>('complaint_get', { id: row.id, simulated: true })).complaint
    } else {
      const body = { step: next.step, words: next.words, revision: row.revision, handles: true, settles: true }
      row = await tx.value<ComplaintRow>('complaint_step', { ...verb, id: row.id, input: body, now: new Date(next.at) })
    }
  }
}

/** Cases of the demo that were closed in a period and whose callers nobody asked yet. */
export const casesToAsk = async (db: Executor, from: number, to: number): Promise<string[]> =>
  (await db.rows<{ number: string }>('demo_survey_cases', { from: new Date(from), to: new Date(to) })).map(
    ({ number }) => number,
  )

/** Whether the caller of a case is asked and answers: the same of the same case. */
export const isAsked = (seed: number, number: string): boolean => randomOf(seed, number, 'asked').chance(ANSWERED)

/**
 * Answers to the survey for the cases that history has written so far, a day in a transaction. Answers how many.
 */
export async function writeSurveys(db: Database, options: ComplaintHistoryOptions): Promise<number> {
  const { seed, signal } = options
  const until = Math.min(options.now().getTime(), await historyReached(db))
  let n = 0
  for (const day of daysBetween(await begun(db, 'demo_surveys', options), until)) {
    if (signal.aborted) return n
    const started = performance.now()
    const numbers = await casesToAsk(db, day, Math.min(until, day + DAY_MS))
    await db.transaction(async (tx) => {
      for (const number of numbers)
        if (isAsked(seed, number)) {
          await answerOne(tx, seed, number, Math.min(until, day + 2 * DAY_MS))
          n++
        }
      await tx.rows('setting_put', { key: 'demo_surveys', value: { from: Math.min(until, day + DAY_MS) } })
    })
    await options.breathe(performance.now() - started)
  }
  return n
}

/** Up to where history is written without a gap (epoch ms); it has a `setting` of its own (server/demo/history.ts). */
async function historyReached(db: Database): Promise<number> {
  const known = await db.value<{ spans: { day: number; to: number }[] } | null>('setting', { key: 'demo_history' })
  return known === null ? 0 : Math.min(...known.spans.map((span) => (span.day < span.to ? span.day : Infinity)))
}

async function answerOne(tx: Executor, seed: number, number: string, at: number): Promise<void> {
  const now = new Date(at)
  const token_hash = hashSecret(randomBytes(16).toString('base64url'))
  const link = { incident_number: number, token_hash, expires_at: new Date(at + 30 * DAY_MS) }
  await tx.value('survey_invite', { input: link, actor: HISTORY_ACTOR, now, simulated: true })
  const random = randomOf(seed, number, 'survey')
  const words = random.chance(0.08) ? 'Simulasi: terima kasih, petugas cepat dan ramah.' : null
  const input = { token_hash, scores: inventScores(random), words }
  await tx.value('survey_respond', { input, now, simulated: true })
}
