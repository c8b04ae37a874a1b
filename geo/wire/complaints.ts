import { z } from 'zod'
import { parseEdge } from '../sla/period.ts'
import { instant, text, uuid } from './primitives.ts'

/** How a complaint came in: by calling 112, by Instagram, on the officer's phone, in person. */
export const CHANNELS = ['112', 'instagram', 'phone', 'in_person'] as const
/** What it is about. */
export const CATEGORIES = [
  'slow_answer',
  'slow_arrival',
  'attitude',
  'wrong_handling',
  'not_answered',
  'other',
] as const
export const COMPLAINT_STATUSES = ['received', 'being_handled', 'escalated', 'answered', 'closed'] as const
const COMPLAINT_STEPS = ['take', 'escalate', 'answer', 'close', 'reopen', 'note'] as const
export type ComplaintStep = (typeof COMPLAINT_STEPS)[number]

/** A complaint without anything personal: as in the log, in figures and in the CSV. */
export const complaint = z.object({
  id: uuid,
  number: z.string(),
  channel: z.enum(CHANNELS),
  category: z.enum(CATEGORIES),
  status: z.enum(COMPLAINT_STATUSES),
  open: z.boolean(),
  /** Of the case it is about. */
  incident_number: z.string().nullable(),
  received_at: instant,
  /** Received, or reopened last: what the officer's clock runs from. */
  opened_at: instant,
  officer_due_at: instant,
  taken_at: instant.nullable(),
  escalated_at: instant.nullable(),
  /** Why it went up: with a reason, by a deadline that passed, or reopened after the official had answered. */
  escalation: z.enum(['words', 'deadline', 'reopened']).nullable(),
  official_due_at: instant.nullable(),
  answered_at: instant.nullable(),
  reopen_until: instant.nullable(),
  closed_at: instant.nullable(),
  first_answered_at: instant.nullable(),
  first_answer_late: z.boolean().nullable(),
  reopened: z.number().int(),
  revision: z.number().int(),
  simulated: z.boolean(),
  created_by: z.string(),
})
export type Complaint = z.infer<typeof complaint>

/** As in a list: initials alone. */
export const complaintRow = complaint.extend({
  name_masked: z.string().nullable(),
  has_contact: z.boolean(),
  erased: z.boolean(),
})
export type ComplaintRow = z.infer<typeof complaintRow>

/** Whole, for whoever opens it; each look is recorded. */
export const complaintDetail = complaintRow.extend({
  name: z.string().nullable(),
  contact: z.string().nullable(),
  notes: z.array(
    z.object({
      id: uuid,
      kind: z.enum(['register', ...COMPLAINT_STEPS]),
      /** Null: said without words, or erased. */
      body: z.string().nullable(),
      actor: z.string(),
      at: instant,
    }),
  ),
  /** Of the case only what answering takes: no place and no caller. */
  incident: z
    .object({
      number: z.string(),
      incident_type: z.string(),
      type_name: z.string(),
      status: z.string(),
      received_at: instant,
      dispatched_at: instant.nullable(),
      on_scene_at: instant.nullable(),
      resolved_at: instant.nullable(),
    })
    .nullable(),
})
export type ComplaintDetail = z.infer<typeof complaintDetail>

const words = text(4_000).trim()
/** An empty field of a form is none. */
const optional = (max: number) =>
  text(max)
    .trim()
    .nullish()
    .transform((value) => value || null)

export const complaintInput = z.strictObject({
  /** Made by the client: registering again answers the same complaint. */
  id: uuid,
  channel: z.enum(CHANNELS, 'pilih kanal'),
  category: z.enum(CATEGORIES, 'pilih pokok pengaduan'),
  words: words.min(1, 'wajib diisi'),
  name: optional(120),
  contact: optional(120),
  incident_number: optional(40),
  /** When it came in, if it is entered later. */
  received_at: instant.optional(),
})

export const complaintStepInput = z.strictObject({
  step: z.enum(COMPLAINT_STEPS),
  words: words.nullish(),
  /** The one that was read: of two who act at once the second is told. */
  revision: z.number().int(),
})

const days = z
  .number('harus 1 sampai 60')
  .int('harus 1 sampai 60')
  .min(1, 'harus 1 sampai 60')
  .max(60, 'harus 1 sampai 60')
const day = z
  .string()
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && parseEdge(value) !== null, 'harus tanggal seperti 2026-12-25')

/** Deadlines in working days, and the days that are none beside Saturdays and Sundays. */
export const complaintRules = z.strictObject({
  officer_days: days,
  official_days: days,
  reopen_days: days,
  holidays: z
    .array(z.strictObject({ day, name: text(80).trim().min(1, 'wajib diisi') }))
    .max(500)
    .refine((list) => new Set(list.map((each) => each.day)).size === list.length, 'ada tanggal yang disebut dua kali'),
  revision: z.number().int(),
})
export type ComplaintRules = z.infer<typeof complaintRules>

const counts = <T extends readonly [string, ...string[]]>(codes: T) =>
  z.array(z.object({ code: z.enum(codes), n: z.number().int() }))

/** A month of complaints, by received_at. */
export const complaintFigures = z.object({
  from: instant,
  to: instant,
  simulated: z.boolean(),
  n: z.number().int(),
  by_channel: counts(CHANNELS),
  by_category: counts(CATEGORIES),
  by_status: counts(COMPLAINT_STATUSES),
  escalated: z.object({ words: z.number().int(), deadline: z.number().int() }),
  reopened: z.number().int(),
  /** k answered in time of n: first answers, and those still owed whose deadline has passed; `running` stand outside n. */
  in_time: z.object({
    k: z.number().int(),
    n: z.number().int(),
    running: z.number().int(),
    share: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    /** n < 5: too few to judge by. */
    few: z.boolean(),
  }),
  /** Kaplan-Meier, calendar days from received to the first answer; null while fewer than half are answered. */
  median_days: z.number().nullable(),
})
export type ComplaintFigures = z.infer<typeof complaintFigures>
