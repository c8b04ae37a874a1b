import { z } from 'zod'
import { agencyKind, coverageFrom, minutesList, STANDARD_MINUTES } from './coverage.ts'
import { coverageChanges } from './coverage_what_if.ts'
import { instant, numberParameter, text, uuid } from './primitives.ts'

const words = text(120).trim().min(1, 'wajib diisi')
const scenarioFields = {
  name: words,
  agency_kind: agencyKind,
  minutes: minutesList,
  from: coverageFrom,
  changes: coverageChanges,
  note: text(2_000).trim(),
}
export const scenarioInput = z.strictObject({
  ...scenarioFields,
  agency_kind: agencyKind.default('damkar'),
  minutes: minutesList.default(STANDARD_MINUTES),
  from: coverageFrom.default('posts'),
  note: scenarioFields.note.default(''),
})
export const scenarioPatch = z.strictObject(scenarioFields).partial().extend({
  /** The revision that was read: 409 when somebody changed it meanwhile. */
  revision: z.number().int().positive(),
})
/** `revision` as read; of a deletion in the query. */
export const scenarioRevision = z.object({ revision: numberParameter(1, 1e9).pipe(z.number().int()) })

export const coverageScenario = z.object({
  id: uuid,
  ...scenarioFields,
  revision: z.number().int(),
  created_at: instant,
  created_by: z.string(),
  updated_at: instant,
  updated_by: z.string(),
  simulated: z.boolean(),
})
export type CoverageScenario = z.infer<typeof coverageScenario>
