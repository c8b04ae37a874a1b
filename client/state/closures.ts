import { closurePhase } from '../../geo/roads/closure_times.ts'
import type { Closure } from '../../geo/wire/closures.ts'

/** What began within this is new to the room. */
const FRESH_MS = 10 * 60_000
/** What ends within this is about to. */
const ENDING_MS = 10 * 60_000
/** A closure to come is drawn on maps from this long before. */
const SOON_MS = 60 * 60_000

/** A closure as it stands at a moment. */
export interface ShownClosure {
  closure: Closure
  phase: 'planned' | 'in_force'
  fresh: boolean
  ending: boolean
  /** Planned, and near enough to be drawn. */
  soon: boolean
}

/** Closures that are not over at `now` (epoch ms), those in force first, then by their begin. */
export function shownClosures(closures: readonly Closure[], now: number): ShownClosure[] {
  return closures
    .flatMap((closure): ShownClosure[] => {
      const phase = closurePhase(closure, now)
      if (phase === 'over') return []
      const [starts, ends] = [Date.parse(closure.starts_at), Date.parse(closure.ends_at)]
      const held = phase === 'in_force'
      return [
        {
          closure,
          phase,
          fresh: held && now - starts < FRESH_MS,
          ending: held && ends - now <= ENDING_MS,
          soon: !held && starts - now <= SOON_MS,
        },
      ]
    })
    .sort(
      (a, b) =>
        Number(a.phase === 'planned') - Number(b.phase === 'planned') ||
        Date.parse(a.closure.starts_at) - Date.parse(b.closure.starts_at),
    )
}

/** Changes whenever what is shown does. */
export const shownKey = (shown: readonly ShownClosure[]): string =>
  shown
    .map(({ closure: { id, revision }, phase, fresh, ending, soon }) =>
      [id, revision, phase, fresh, ending, soon].join(),
    )
    .join(';')

/** Which closures slow whoever drives now: changes when an ETA may. */
export const forceKey = (shown: readonly ShownClosure[]): string =>
  shown
    .filter(({ phase }) => phase === 'in_force')
    .map(({ closure: { id, revision } }) => `${id} ${revision}`)
    .sort()
    .join()
