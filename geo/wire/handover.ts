import { z } from 'zod'
import { CLOCK_STATES } from '../sla/clock.ts'
import { incidentStatus, instant, text, uuid } from './primitives.ts'
import { day, shiftName } from './shift_plan.ts'

const clock = z.object({
  state: z.enum(CLOCK_STATES),
  remaining_seconds: z.number().nullable(),
})
/** An open case as it stood when the note was written. */
export const handoverCase = z.object({
  incident_id: uuid,
  number: z.string(),
  incident_type: z.string(),
  status: incidentStatus,
  kelurahan: z.string().nullable(),
  handler: z.string(),
  agent: clock,
  opd: clock,
})
export type HandoverCase = z.infer<typeof handoverCase>

export const handover = z.object({
  id: uuid,
  day,
  shift: shiftName,
  cases: z.array(handoverCase),
  words: z.string().nullable(),
  /** Equipment and faults. */
  equipment: z.string().nullable(),
  revision: z.number().int(),
  written_at: instant,
  written_by: z.string(),
  acknowledged_at: instant.nullable(),
  acknowledged_by: z.string().nullable(),
})
export type Handover = z.infer<typeof handover>

export const handoverInput = z.strictObject({
  day,
  shift: shiftName,
  words: text(4_000).trim().min(1, 'tulis keadaan, atau "tidak ada"'),
  equipment: text(2_000).trim().min(1, 'tulis keadaan alat, atau "baik"'),
  /** The one that was read; 0: none yet. */
  revision: z.number().int().min(0),
})
export const acknowledgeInput = z.strictObject({ revision: z.number().int().min(1) })
export const handoversQuery = z.object({ from: day.optional(), to: day.optional() })
