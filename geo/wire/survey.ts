import { z } from 'zod'
import { SKM_ELEMENTS } from '../stats/skm.ts'
import { instant, text, uuid } from './primitives.ts'

/** For whose caller the link is: a case by its number, or a call that led to none. */
export const surveyInput = z
  .strictObject({ incident_number: text(40).trim().min(1, 'wajib diisi').optional(), call_id: uuid.optional() })
  .refine((value) => (value.incident_number === undefined) !== (value.call_id === undefined), {
    path: ['incident_number'],
    message: 'sebutkan incident_number atau call_id, salah satu',
  })
/** The link, with its secret, for the only time: nobody can have it told again. Its secret stands behind `#`. */
export const surveyLink = z.object({ path: z.string(), expires_at: instant })

const token = z.string('wajib diisi').min(1, 'wajib diisi').max(200, 'bukan tautan')
export const surveyLook = z.strictObject({ token })
export const surveyOpen = z.object({ expires_at: instant, simulated: z.boolean() })

const score = z.number('wajib dijawab').int('harus 1 sampai 4').min(1, 'harus 1 sampai 4').max(4, 'harus 1 sampai 4')
export const surveyAnswer = z.strictObject({
  token,
  /** In the order of SKM_ELEMENTS. */
  scores: z.array(score).length(SKM_ELEMENTS.length, 'harus sembilan jawaban'),
  words: text(1_000).trim().nullish(),
})

const grade = z.enum(['A', 'B', 'C', 'D']).nullable()
/** The index of some months, by the month of the case. */
export const skm = z.object({
  /** First months, `2026-10`; `to` exclusive. */
  from: z.string(),
  to: z.string(),
  simulated: z.boolean(),
  n: z.number().int(),
  state: z.enum(['none', 'hidden', 'no_grade', 'graded']),
  index: z.number().nullable(),
  grade,
  /** Cases that were over, and how many respondents out of them the regulation asks for. */
  cases: z.number().int(),
  sample_needed: z.number().int(),
  elements: z.array(
    z.object({
      element: z.enum(SKM_ELEMENTS),
      mean: z.number().nullable(),
      index: z.number().nullable(),
      grade,
      counts: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]).nullable(),
    }),
  ),
})
export type Skm = z.infer<typeof skm>

export const surveyComment = z.object({ id: uuid, month: z.string(), body: z.string() })
export type SurveyComment = z.infer<typeof surveyComment>
