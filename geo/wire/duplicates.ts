import { z } from 'zod'
import { incidentStatus, instant, uuid } from './primitives.ts'

/** An open incident that a report may repeat, with the probability that it does (geo/duplicate/probability.ts). */
export const possibleDuplicate = z.object({
  incident_id: uuid,
  number: z.string(),
  incident_type: z.string(),
  status: incidentStatus,
  place_label: z.string().nullable(),
  received_at: instant,
  call_count: z.number().int(),
  distance_m: z.number(),
  /** From its report to this one; negative when this one rang first. */
  age_seconds: z.number(),
  probability: z.number().min(0).max(1),
})
export type PossibleDuplicate = z.infer<typeof possibleDuplicate>
