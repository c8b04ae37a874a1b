import { z } from 'zod'
import { instant, point, text, uuid } from './primitives.ts'

const ALIAS_STATUSES = ['proposed', 'accepted', 'rejected'] as const
/** Longest name, in characters. */
const LONGEST_ALIAS = 60

/** Another name for a place, learnt from a correction or given by an admin; in force only once it is accepted. */
export const alias = z.object({
  id: uuid,
  alias: z.string(),
  /** Told by type, name and place, never by a row of a layer; `point` is a place without a name of its own. */
  target: z.object({
    type: z.enum(['kelurahan', 'kecamatan', 'street', 'place', 'facility', 'point']),
    name: z.string().nullable(),
    kelurahan_code: z.string().nullable(),
    /** The name with its kelurahan, or what stands around a bare point. */
    label: z.string(),
    location: point,
  }),
  status: z.enum(ALIAS_STATUSES),
  /** How often it was corrected so. */
  times: z.number().int(),
  proposed_at: instant,
  last_at: instant,
  decided_at: instant.nullable(),
  decided_by: z.string().nullable(),
  /** False: accepted for something the gazetteer does not have any more; it answers as a place at its point. */
  alive: z.boolean(),
})
export type Alias = z.infer<typeof alias>

export const aliasesQuery = z.object({ status: z.enum(ALIAS_STATUSES).optional() })
export const aliasPatch = z.strictObject({
  status: z.enum(['accepted', 'rejected']),
  alias: text(LONGEST_ALIAS).optional(),
})
export const aliasInput = z.strictObject({
  alias: text(LONGEST_ALIAS),
  location: point,
  /** Of what is named so within 500 m of `location`; without it the point itself gets the name. */
  target_name: text(200).min(1).optional(),
})
