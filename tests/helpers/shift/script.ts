import { INCIDENT_TYPES } from '../../../geo/city/incident_types.ts'
import type { LonLat } from '../../../geo/earth.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What becomes of a case of the script; `plain` goes the whole way. */
export type Course =
  | 'plain'
  | 'hidden'
  | 'declined'
  | 'help'
  | 'taken_over'
  | 'reassigned'
  | 'cancelled'
  | 'cancelled_after_dispatch'
  | 'cancellation_refused'
  | 'handed_over'
  | 'duplicate'

export interface ScriptedCall {
  rang_at: number
  kind: 'real' | 'information' | 'prank' | 'ghost' | 'test'
  /** A new case; a real call without one is about a case that is open already. */
  case: { incident_type: string; place: LonLat; course: Course } | null
}

const COURSES: readonly [Course, number][] = [
  ['hidden', 2],
  ['declined', 2],
  ['help', 2],
  ['taken_over', 1],
  ['reassigned', 1],
  ['cancelled', 2],
  ['cancelled_after_dispatch', 2],
  ['cancellation_refused', 1],
  ['handed_over', 2],
  ['duplicate', 2],
]
const OTHERS: readonly [ScriptedCall['kind'], number][] = [
  ['prank', 22],
  ['ghost', 15],
  ['information', 15],
  ['test', 3],
]
export const CASES = 40
export const CALLS = 120
/** Each has a dispatcher in the script: every step is taken by whom it falls to. */
export const OPD = ['damkar', 'psc119', 'polres', 'bpbd', 'satpol', 'dlh'] as const
/** Types that need nobody else, and no kind twice: the first of each group then go. */
const types = INCIDENT_TYPES.filter(
  ({ needs }) =>
    needs.every(({ agency_kind }) => OPD.some((kind) => kind === agency_kind)) &&
    new Set(needs.map(({ agency_kind }) => agency_kind)).size === needs.length,
)

/** A shift of eight hours: 120 calls of all kinds, 40 of them a case of its own, evenly over it in a seeded order. The first ring is a case. */
export function writeScript(random: () => number, places: readonly LonLat[], starts_at: number): ScriptedCall[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
  const courses: Course[] = COURSES.flatMap(([course, n]) => Array.from({ length: n }, () => course))
  while (courses.length < CASES) courses.push('plain')
  const calls: Omit<ScriptedCall, 'rang_at'>[] = courses.map((course) => ({
    kind: 'real',
    case: {
      incident_type: pick(types).code,
      place: pick(places).map((degrees) => degrees + (random() - 0.5) * 0.002) as unknown as LonLat,
      course,
    },
  }))
  for (const [kind, n] of OTHERS) for (let i = 0; i < n; i++) calls.push({ kind, case: null })
  while (calls.length < CALLS) calls.push({ kind: 'real', case: null })
  for (let i = calls.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[calls[i], calls[j]] = [calls[j], calls[i]]
  }
  const first = calls.findIndex((call) => call.case?.course === 'plain')
  ;[calls[0], calls[first]] = [calls[first], calls[0]]
  const rings = calls.map(() => Math.floor((random() * (8 * HOUR - 4 * MINUTE)) / 1000) * 1000).sort((a, b) => a - b)
  return calls.map((call, i) => ({ ...call, rang_at: starts_at + rings[i] }))
}
