import { z } from 'zod'

/** One field at fault; `suggestion` is the value that was probably meant. */
export const fieldFault = z.object({
  field: z.string(),
  reason: z.string(),
  suggestion: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).optional(),
})
export type FieldFault = z.infer<typeof fieldFault>

/** RFC 9457 Problem Details; `errors` names each field and its reason. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  code: z.string(),
  errors: z.array(fieldFault).optional(),
})
export type Problem = z.infer<typeof problem>
