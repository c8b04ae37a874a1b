import type { Request, RequestHandler } from 'express'
import type { Permission } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { addressKey } from './address.ts'
import { createBuckets } from './buckets.ts'
import type { Refusals } from './refusals.ts'

/**
 * Requests, of each server process by itself: behind a proxy that spreads them over n processes somebody has up to n times as much, and never less.
 * Who is signed in is never held below 200 a second (the contract): its own numbers lie far above, for what runs wild.
 */
export const RATES = {
  /** Of one session or token. */
  account: { per_second: 1_000, burst: 2_000 },
  /** Positions of one token: a gateway may pass on each fix of the city by itself. */
  positions: { per_second: 5_000, burst: 10_000 },
  /** Nobody in particular, by address: in a demo the 200 walls of a room behind one address, all opened at once, with 15 calls each; probes and figures. */
  anonymous: { per_second: 100, burst: 3_000 },
  /** What changes something and needs nobody signed in (signing in, links, the survey), by address: a shift that signs in behind one. */
  open: { per_second: 20, burst: 200 },
  /** Refused with 401, by address: then 429. Passwords are slowed down more (server/auth/throttle.ts); a token has 256 bits. */
  failed: { per_second: 20, burst: 600 },
  /** Pages and their files, by address: 200 walls of 60 files. */
  files: { per_second: 1_000, burst: 20_000 },
} as const

const UNSAFE = new Set(['POST', 'PATCH', 'DELETE', 'PUT'])

export type Limits = ReturnType<typeof createLimits>

/** Lets requests through at the {@link RATES}; the others get 429 with the seconds to wait, and are counted. */
export function createLimits(refusals: Refusals) {
  const buckets = {
    account: createBuckets(RATES.account),
    positions: createBuckets(RATES.positions),
    anonymous: createBuckets(RATES.anonymous),
    open: createBuckets(RATES.open),
    failed: createBuckets(RATES.failed),
    files: createBuckets(RATES.files),
  }
  function take(kind: keyof typeof RATES, key: string): void {
    const wait = buckets[kind].take(key)
    if (wait === 0) return
    refusals.count(kind)
    throw new ApiError(
      429,
      'too_many',
      `Terlalu banyak dalam waktu singkat; coba lagi dalam ${wait} detik`,
      [],
      {},
      wait,
    )
  }
  return {
    /** A request whose asker is known and who may. */
    pass(req: Request, principal: Principal, permission: Permission | 'public'): void {
      if (principal.credential_id)
        take(permission === 'position.create' ? 'positions' : 'account', principal.credential_id)
      else take(permission === 'public' && UNSAFE.has(req.method) ? 'open' : 'anonymous', addressKey(req.ip))
    },
    /** One that showed nothing that lets it in. Throws when that was too often. */
    failed: (address: string): void => take('failed', addressKey(address)),
    /** Before what needs nobody signed in. */
    before:
      (kind: 'anonymous' | 'open' | 'files'): RequestHandler =>
      (req, _res, next) => {
        take(kind, addressKey(req.ip))
        next()
      },
  }
}
