import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

/**
 * OWASP's third of equal choices: 32 MB a try and 0.17 s on the machine of README's "Measured". The first (N 2^17, p 1) takes
 * 128 MB, which a room that signs in at once at a change of shift would feel.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_BYTES = 32
const MAX_MEMORY = 256 * 2 ** 20
/** Tries worked on at once: threads are shared with compression and files, and the live feed must not wait. */
const AT_ONCE = 2
/** More than these waiting are turned away. */
const MOST_WAITING = 32

const derive = (password: string, salt: Buffer, bytes: number, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, bytes, { ...options, maxmem: MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )

const waiting: (() => void)[] = []
let working = 0

/** Too many ask at once; the same may be tried in a moment. */
export class PasswordsBusy extends Error {}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new PasswordsBusy('too many passwords at once')
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else working++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // A place that is handed on stays taken.
    if (next) next()
    else working--
  }
}

/** `scrypt$N$r$p$salt$key`: what it was made with stands beside it, so that costs may rise later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await inTurn(() => derive(password, salt, KEY_BYTES, COST))
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

interface Parsed {
  cost: { N: number; r: number; p: number }
  salt: Buffer
  key: Buffer
}
function parse(hash: string): Parsed | null {
  const found = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/.exec(hash)
  if (!found) return null
  const [N, r, p] = found.slice(1, 4).map(Number)
  return { cost: { N, r, p }, salt: Buffer.from(found[4], 'base64url'), key: Buffer.from(found[5], 'base64url') }
}

/** Stands in where nobody has that login, so that the answer takes as long. */
const nobody = { cost: COST, salt: randomBytes(16), key: randomBytes(KEY_BYTES) }

/** Whether a password is the one of `hash`. Without a hash (unknown login) false, in the same time. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const known = hash === null ? null : parse(hash)
  const { cost, salt, key } = known ?? nobody
  const tried = await inTurn(() => derive(password, salt, key.length, cost))
  return timingSafeEqual(tried, key) && known !== null
}

/** True when a hash was made with other costs than today's: it is made anew at the next sign-in. */
export function isOutdated(hash: string): boolean {
  const cost = parse(hash)?.cost
  return !cost || cost.N !== COST.N || cost.r !== COST.r || cost.p !== COST.p
}
