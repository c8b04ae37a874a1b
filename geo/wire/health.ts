import { z } from 'zod'
import { instant } from './primitives.ts'

/** What the service consists of, in the order an operator is told. READY_PARTS are told by /health/ready; without database, feed or map a server is not ready. */
export const READY_PARTS = ['database', 'feed', 'disk', 'clock', 'map'] as const
export const HEALTH_PARTS = [
  ...READY_PARTS,
  'servers',
  'copies',
  'screens',
  'positions',
  'kominfo',
  'routing',
  'audit',
  'backup',
  'jobs',
  'queries',
] as const
export type HealthPart = (typeof HEALTH_PARTS)[number]

/** `down`: does not work; `warning`: works, and somebody should look; `unknown`: cannot be told; `off`: not set up, which is no fault. */
const HEALTH_STATES = ['down', 'warning', 'unknown', 'off', 'ok'] as const
export type HealthState = (typeof HEALTH_STATES)[number]

export const healthPart = z.object({
  id: z.enum(HEALTH_PARTS),
  state: z.enum(HEALTH_STATES),
  /** One sentence for people, in Indonesian; and the same in English. */
  words: z.string(),
  words_en: z.string(),
  /** The one thing to do; null: nothing. */
  todo: z.string().nullable(),
  todo_en: z.string().nullable(),
  /** Since when this server sees it in this state. */
  since: instant,
  /** So it was at the first look after a start already, or after none could be had: it may have begun before `since`. */
  or_earlier: z.boolean(),
  /** How old that is what `words` tell of; null where it has no age. */
  age_seconds: z.number().nullable(),
})
export type HealthPartRow = z.infer<typeof healthPart>

/** `GET /api/health`: every part; `version` and `started_at` of the server that answers. */
export const healthReport = z.object({
  checked_at: instant,
  version: z.string(),
  started_at: instant,
  parts: z.array(healthPart),
})
export type HealthReport = z.infer<typeof healthReport>

/** The gravest of some parts: what the one sentence at the top tells; null: all well. */
export function gravest(parts: readonly HealthPartRow[]): HealthPartRow | null {
  for (const state of ['down', 'warning', 'unknown'] as const) {
    const found = parts.find((part) => part.state === state)
    if (found) return found
  }
  return null
}
