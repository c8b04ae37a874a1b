/** How failures of one kind of key slow it down: free ones, then 1, 2, 4 … seconds, never more than `longest`. */
interface Rule {
  free: number
  longest_seconds: number
}
/** A login: guesses at a thousand a day are hopeless, and whoever is meant waits half a minute at worst, never for good. */
export const LOGIN: Rule = { free: 5, longest_seconds: 30 }
/** An address: the room's desks may share one. */
export const ADDRESS: Rule = { free: 20, longest_seconds: 900 }
const FORGET_MS = 3_600_000
const MOST = 10_000

interface Failures {
  count: number
  last: number
}

/**
 * Slows down guessing at passwords, by login and by address. In memory and bounded: a restart forgives, which no guesser can
 * bring about. An address from which a login came in before is not held up by what others try at that login.
 * A try counts as failed from its beginning, so that many at once are not one.
 */
export function createThrottle() {
  const failures = new Map<string, Failures>()
  const trusted = new Map<string, true>()

  function note<T>(map: Map<string, T>, key: string, value: T): void {
    map.delete(key)
    map.set(key, value)
    if (map.size > MOST) map.delete(map.keys().next().value as string)
  }
  function waitOf(key: string, { free, longest_seconds }: Rule, now: number): number {
    const known = failures.get(key)
    if (!known || known.count < free || now - known.last > FORGET_MS) return 0
    const seconds = Math.min(longest_seconds, 2 ** Math.min(known.count - free, 20))
    return Math.max(0, known.last + seconds * 1000 - now)
  }
  function failed(key: string, now: number): void {
    const known = failures.get(key)
    note(failures, key, { count: known && now - known.last <= FORGET_MS ? known.count + 1 : 1, last: now })
  }

  return {
    /** Seconds to wait before the next try, whole; 0: go on, and it counts until `succeeded`. */
    begin(login: string, address: string, now: number): number {
      const own = `login ${login}${trusted.has(`${login} ${address}`) ? ` ${address}` : ''}`
      const wait = Math.max(waitOf(own, LOGIN, now), waitOf(`address ${address}`, ADDRESS, now))
      if (wait > 0) return Math.ceil(wait / 1000)
      failed(own, now)
      failed(`address ${address}`, now)
      return 0
    },
    /** It was the right password: what led to it is forgiven, for the login only from here. */
    succeeded(login: string, address: string): void {
      failures.delete(`login ${login} ${address}`)
      if (!trusted.has(`${login} ${address}`)) failures.delete(`login ${login}`)
      failures.delete(`address ${address}`)
      note(trusted, `${login} ${address}`, true)
    },
    size: () => failures.size + trusted.size,
  }
}
