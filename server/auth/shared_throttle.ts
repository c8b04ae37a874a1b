import type { Executor } from '../db/database.ts'
import { ADDRESS, createThrottle, LOGIN } from './throttle.ts'

/**
 * Slows down guessing at passwords on all servers of one database together. Each server first asks its own memory, so that a flood costs the database
 * nothing; what passes there is counted in the database, which a restart does not make forget.
 */
export function createSharedThrottle(db: Executor) {
  const own = createThrottle()
  return {
    /** Seconds to wait before the next try, whole; 0: go on, and it counts until `succeeded`. */
    async begin(login: string, address: string, now: Date): Promise<number> {
      const wait = own.begin(login, address, now.getTime())
      if (wait > 0) return wait
      return db.value<number>('sign_in_begin', {
        login,
        address,
        free: [LOGIN.free, ADDRESS.free],
        longest: [LOGIN.longest_seconds, ADDRESS.longest_seconds],
        now,
      })
    },
    async succeeded(login: string, address: string, now: Date): Promise<void> {
      own.succeeded(login, address)
      await db.rows('sign_in_succeeded', { login, address, now })
    },
  }
}
export type SharedThrottle = ReturnType<typeof createSharedThrottle>
