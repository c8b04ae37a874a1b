import { z } from 'zod'
import { instant, text, uuid } from './primitives.ts'

const count = (most: number) => z.number().int().min(0, `harus 0 sampai ${most}`).max(most, `harus 0 sampai ${most}`)

/** The counts of every report: of an OPD's and of the operator's. */
export const victims = { dead: count(9_999), injured: count(9_999), evacuated: count(99_999) }

/** The final report of one OPD on one case. `revision` is the one that was read: 0 before the first. */
export const reportInput = z.strictObject({
  ...victims,
  cause: text(500).min(1, 'sebutkan penyebab, atau bahwa belum diketahui'),
  damage: text(1_000).nullish(),
  measures: text(2_000).min(1, 'sebutkan tindakan'),
  words: text(4_000).nullish(),
  revision: z.number().int().min(0),
  /** Whom a supervisor or admin speaks for; a dispatcher speaks for its own OPD. */
  agency_id: uuid.optional(),
})

/** As read by those who handle the case. */
export const agencyReport = z.object({
  incident_id: uuid,
  agency_id: uuid,
  dead: z.number().int(),
  injured: z.number().int(),
  evacuated: z.number().int(),
  cause: z.string().nullable(),
  damage: z.string().nullable(),
  measures: z.string().nullable(),
  words: z.string().nullable(),
  revision: z.number().int(),
  written_at: instant,
  written_by: z.string(),
})
export type AgencyReport = z.infer<typeof agencyReport>
