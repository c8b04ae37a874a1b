import { z } from 'zod'
import { incident } from './incident.ts'
import { instant, text, uuid } from './primitives.ts'
import { day } from './shift_plan.ts'

/** Why a case is looked at; `lot`: drawn by lot. */
export const REVIEW_REASONS = [
  'both_breached',
  'override',
  'declined_by_all',
  'reopened',
  'cancelled_sent',
  'peer_cancelled',
  'prank_reversed',
  'lot',
] as const
export const FINDING_CATEGORIES = ['time', 'location', 'choice', 'record', 'conduct', 'system', 'none'] as const
export const SEVERITIES = ['note', 'minor', 'major'] as const

export const finding = z.object({
  id: uuid,
  category: z.enum(FINDING_CATEGORIES),
  severity: z.enum(SEVERITIES),
  words: z.string().nullable(),
  follow_up: z.string().nullable(),
  due_on: z.string().nullable(),
  done_at: instant.nullable(),
  revision: z.number().int(),
  made_at: instant,
  made_by: z.string(),
})
export type Finding = z.infer<typeof finding>

/** Nothing of callers: the incident is as everybody sees it. */
export const review = z.object({
  id: uuid,
  reasons: z.array(z.enum(REVIEW_REASONS)),
  status: z.enum(['open', 'done']),
  drawn_at: instant,
  done_at: instant.nullable(),
  done_by: z.string().nullable(),
  incident,
  findings: z.array(finding),
})
export type Review = z.infer<typeof review>

const counts = <K extends readonly string[]>(keys: K) => z.partialRecord(z.enum(keys), z.number().int())
/** Figures of a month, for the monthly report. */
export const reviewFigures = z.object({
  /** Cases of the month that are over. */
  over: z.number().int(),
  cases: z.number().int(),
  done: z.number().int(),
  by_reason: counts(REVIEW_REASONS),
  findings: z.number().int(),
  by_category: counts(FINDING_CATEGORIES),
  by_severity: counts(SEVERITIES),
  /** Findings whose follow-up is not done, and of these past their day. */
  waiting: z.number().int(),
  overdue: z.number().int(),
})
export type ReviewFigures = z.infer<typeof reviewFigures>

export const reviewMonth = z.object({
  month: z.string(),
  /** Null until the month is over and its lot is drawn. */
  lot: z.object({ seed: z.string(), share: z.number(), pool: z.number().int(), drawn_at: instant }).nullable(),
  /** Of months that are not drawn yet. */
  share: z.number(),
  figures: reviewFigures,
  reviews: z.array(review),
})
export type ReviewMonth = z.infer<typeof reviewMonth>

const said = {
  category: z.enum(FINDING_CATEGORIES),
  severity: z.enum(SEVERITIES),
  words: text(2_000).trim().min(1, 'wajib diisi'),
  follow_up: text(1_000).trim().nullish(),
  due_on: day.nullish(),
}
export const findingInput = z.strictObject(said)
export const findingPatch = z.strictObject({
  ...z.object(said).partial().shape,
  done: z.boolean().optional(),
  /** The one that was read. */
  revision: z.number().int().min(1),
})
export const reviewPatch = z.strictObject({ status: z.enum(['open', 'done']) })
/** Share of the cases of a month that the lot takes, 0 to 1. */
export const reviewShare = z.strictObject({ share: z.number().min(0, 'harus 0 sampai 1').max(1, 'harus 0 sampai 1') })
/** A share that is asked for nowhere else: one case in twenty. */
export const STANDARD_SHARE = 0.05
