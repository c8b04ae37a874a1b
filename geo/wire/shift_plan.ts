import { z } from 'zod'
import { SHIFTS, wibDate, wibMonthRange } from '../sla/shift.ts'
import { login } from './accounts.ts'
import { text } from './primitives.ts'

export const shiftName = z.enum(SHIFTS.map(({ shift }) => shift))
/** A WIB day, `2026-11-28`. */
export const day = z
  .string('wajib diisi')
  .refine((value) => /^(19|20|21)/.test(value) && wibDate(value) !== null, 'harus tanggal seperti 2026-11-28')

/** A WIB month, `2026-11`. */
export const month = z
  .string('harus bulan seperti 2026-11 (WIB)')
  .refine((value) => /^(19|20|21)/.test(value) && wibMonthRange(value) !== null, 'harus bulan seperti 2026-11 (WIB)')

const RECORD_KINDS = ['education', 'bhd', 'call_taking', 'other'] as const
/** Education, or a course: first aid (BHD), call taking, another. */
export const staffRecord = z
  .strictObject({
    kind: z.enum(RECORD_KINDS),
    title: text(120).trim().min(1, 'wajib diisi'),
    obtained_on: day.nullable(),
    expires_on: day.nullable(),
  })
  .refine(({ obtained_on, expires_on }) => !obtained_on || !expires_on || obtained_on <= expires_on, {
    path: ['expires_on'],
    message: 'sebelum tanggal perolehan',
  })
export type StaffRecord = z.infer<typeof staffRecord>

/** Somebody who carries out the service. Name and records are private; a code is a post. */
export const staff = z.object({
  code: z.string(),
  active: z.boolean(),
  name: z.string().nullable(),
  erased: z.boolean(),
  /** Whether an active account signs in by this code. */
  account: z.boolean(),
  records: z.array(staffRecord),
})
export type Staff = z.infer<typeof staff>
export const staffCode = z.object({ code: login })
export const staffInput = z.strictObject({
  name: text(120).trim().nullish(),
  active: z.boolean().optional(),
  records: z.array(staffRecord).max(50).optional(),
})

const duty = z.object({ day, shift: shiftName, code: z.string() })
export const dutyChanges = z.strictObject({
  changes: z
    .array(z.strictObject({ day, shift: shiftName, code: login, on: z.boolean() }))
    .min(1)
    .max(1_000),
})
const need = z.number().int().min(0).max(20)
export const shiftRules = z.strictObject({
  required: z.strictObject({ pagi: need, sore: need, malam: need }),
  week_hours: z.number().int().min(1).max(168),
  rest_hours: z.number().int().min(0).max(24),
})
/** Duties of the month and of a week before and after it, with what the plan is held against. */
export const shiftPlan = z.object({
  month: z.string(),
  duties: z.array(duty),
  rules: shiftRules,
  staff: z.array(staff),
})
export type ShiftPlan = z.infer<typeof shiftPlan>
