import { z } from 'zod'
import { instant, text, uuid } from './primitives.ts'
import { victims } from './report.ts'

/** The operator's final report of a case; writing it closes a case that is not over. `revision` is the one that was read: 0 before the first. */
export const finalReportInput = z.strictObject({
  ...victims,
  summary: text(4_000).min(1, 'ringkas penanganannya'),
  cause: text(500).min(1, 'sebutkan penyebab, atau bahwa belum diketahui'),
  outcome: text(1_000).min(1, 'sebutkan hasil akhirnya'),
  damage: text(1_000).nullish(),
  /** What the caller was told. */
  told: text(1_000).nullish(),
  notes: text(2_000).nullish(),
  revision: z.number().int().min(0),
})
export type FinalReportInput = z.infer<typeof finalReportInput>

/** As read by those who handle the case. Words are null once they were erased; counts stay. */
export const finalReport = z.object({
  incident_id: uuid,
  dead: z.number().int(),
  injured: z.number().int(),
  evacuated: z.number().int(),
  summary: z.string().nullable(),
  cause: z.string().nullable(),
  outcome: z.string().nullable(),
  damage: z.string().nullable(),
  told: z.string().nullable(),
  notes: z.string().nullable(),
  revision: z.number().int(),
  written_at: instant,
  written_by: z.string(),
})
export type FinalReport = z.infer<typeof finalReport>
