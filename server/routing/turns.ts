import { OsrmFault } from './types.ts'

/** A turn that was got; to be given back once. */
export type GiveBack = () => void

/**
 * So many at once and no more, the others in the order they came. Waiting ends with a `crowded` {@link OsrmFault} when the
 * signal is aborted.
 */
export function createTurns(most: number): (signal: AbortSignal) => Promise<GiveBack> {
  let taken = 0
  const waiting = new Set<() => void>()
  const give = (): void => {
    taken--
    const [next] = waiting
    next?.()
  }
  return (signal) =>
    new Promise((resolve, reject) => {
      const crowded = () => {
        waiting.delete(take)
        reject(new OsrmFault('crowded', 'too many questions at once'))
      }
      const take = () => {
        waiting.delete(take)
        signal.removeEventListener('abort', crowded)
        taken++
        resolve(give)
      }
      if (signal.aborted) return crowded()
      if (taken < most) return take()
      waiting.add(take)
      signal.addEventListener('abort', crowded, { once: true })
    })
}
