import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { createBuckets } from '../http/buckets.ts'
import type { Refusals } from '../http/refusals.ts'

/** Sockets open at once: of one session or token, and of nobody in particular by address (a demo's room of 200 walls, twice while they load anew). */
export const MOST_SOCKETS = { account: 1_000, address: 500 } as const
/** What a page may say: one word each 2 s is what it does say. */
const WORDS = { per_second: 5, burst: 50 }

/** A page is one screen; some more for whoever tells of several. */
const MOST_SCREENS = 16

/** Who is connected, and how much each says. In memory of this server. */
export function createAdmission(refusals: Refusals) {
  const open = new Map<string, number>()
  const words = () => createBuckets(WORDS)
  /** The session that tells of a screen, while its socket is open. */
  const tellers = new Map<string, { credential_id: string | null; sockets: number }>()

  return {
    /** Counts a socket of somebody at an address; answers how to end that. Throws 429 beyond {@link MOST_SOCKETS}. */
    enter({ credential_id }: Pick<Principal, 'credential_id'>, address: string): () => void {
      const key = credential_id ?? `address ${address}`
      const count = open.get(key) ?? 0
      if (count >= (credential_id ? MOST_SOCKETS.account : MOST_SOCKETS.address)) {
        refusals.count('sockets')
        throw new ApiError(429, 'too_many', 'Terlalu banyak sambungan terbuka', [], {}, 30)
      }
      open.set(key, count + 1)
      let left = false
      return () => {
        if (left) return
        left = true
        const rest = (open.get(key) ?? 1) - 1
        if (rest > 0) open.set(key, rest)
        else open.delete(key)
      }
    },
    /** Of one socket: whether it may say one more word; and whether it may tell of a screen: of one that no other session tells of. */
    speaker({ credential_id }: Pick<Principal, 'credential_id'>) {
      const bucket = words()
      const own = new Set<string>()
      return {
        may(): boolean {
          if (bucket.take('') === 0) return true
          refusals.count('socket_messages')
          return false
        },
        mayTellOf(screen_id: string): boolean {
          if (own.has(screen_id)) return true
          if (own.size >= MOST_SCREENS) return false
          const teller = tellers.get(screen_id)
          if (teller && teller.credential_id !== credential_id) return false
          tellers.set(screen_id, { credential_id, sockets: (teller?.sockets ?? 0) + 1 })
          own.add(screen_id)
          return true
        },
        gone(): void {
          for (const screen_id of own) {
            const teller = tellers.get(screen_id)
            if (teller && --teller.sockets <= 0) tellers.delete(screen_id)
          }
        },
      }
    },
  }
}
