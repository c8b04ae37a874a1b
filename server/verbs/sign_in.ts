import { endSession, openSession, type Opened } from '../auth/credentials.ts'
import { hashPassword, isOutdated, isPassword, PasswordsBusy } from '../auth/password.ts'
import type { Principal } from '../auth/principal.ts'
import { hashSecret } from '../auth/secret.ts'
import type { SharedThrottle } from '../auth/shared_throttle.ts'
import { passwordFault } from '../../geo/wire/password.ts'
import type { Account } from '../../geo/wire/accounts.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { ApiError, invalid } from '../errors.ts'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'db' | 'hub'>

interface AccountRow {
  id: string
  login: string
  role: Role
  agency_id: string | null
  unit_id: string | null
  password_hash: string | null
  active: boolean
}

export interface SignedIn extends Opened {
  role: Role
  login: string
}

/** Too often or too many: 429 with how long to wait. */
export const tooOften = (seconds: number, what: string) =>
  new ApiError(429, 'too_many_tries', `${what}; coba lagi dalam ${seconds} detik`, [], {}, seconds)

/** scrypt with its queue's fault told to the caller. */
export async function unhurried<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof PasswordsBusy) throw tooOften(2, 'Terlalu banyak yang masuk bersamaan')
    throw error
  }
}

/**
 * Signs somebody in by login and password and opens a session under a new secret; the one the browser came with ends. One answer, in
 * one time, for an unknown login, a wrong password, a disabled account and one whose link was never used.
 */
export async function signIn(
  { db, throttle }: Pick<Services, 'db'> & { throttle: SharedThrottle },
  tried: { login: string; password: string; address: string; came_with: string | null },
  now: Date,
): Promise<SignedIn> {
  const login = tried.login.toLowerCase()
  const wait = await throttle.begin(login, tried.address, now)
  if (wait > 0) throw tooOften(wait, 'Terlalu banyak percobaan')
  const row = await db.maybe<AccountRow>('account_sign_in', { login })
  const right = await unhurried(isPassword(tried.password, row?.password_hash ?? null))
  if (!row?.password_hash || !right || !row.active)
    throw new ApiError(401, 'wrong_password', 'Nama masuk atau kata sandi salah')
  await throttle.succeeded(login, tried.address, now)
  if (isOutdated(row.password_hash)) {
    const hash = await unhurried(hashPassword(tried.password))
    await db.rows('account_rehash', { id: row.id, was: row.password_hash, hash })
  }
  await endSession(db, tried.came_with, now)
  return { role: row.role, login: row.login, ...(await openFor(db, row, now)) }
}

const openFor = (
  db: Needed['db'],
  { id, login, role, agency_id, unit_id }: Pick<AccountRow, 'id' | 'login' | 'role' | 'agency_id' | 'unit_id'>,
  now: Date,
) => openSession(db, { account_id: id, label: login, role, agency_id, unit_id }, now)

/** A password that may be one, hashed; else 422 at `password`. */
async function fitPassword(password: string, login: string | null): Promise<string> {
  const fault = passwordFault(password, login)
  if (fault) throw invalid('password', fault)
  return unhurried(hashPassword(password))
}

/** Changes one's own password, known the old one; every other session of the account ends. */
export async function changePassword(
  { db, hub, throttle }: Needed & { throttle: SharedThrottle },
  principal: Principal,
  change: { current: string; password: string; address: string },
  now: Date,
): Promise<void> {
  const { account_id, login, credential_id: keep, actor } = principal
  if (!account_id || !login)
    throw new ApiError(409, 'no_account', 'Sesi ini dibuka dengan tautan atau token, bukan akun')
  const wait = await throttle.begin(login, change.address, now)
  if (wait > 0) throw tooOften(wait, 'Terlalu banyak percobaan')
  const row = await db.maybe<AccountRow>('account_sign_in', { login })
  if (!(await unhurried(isPassword(change.current, row?.password_hash ?? null))))
    throw invalid('current', 'kata sandi sekarang salah')
  await throttle.succeeded(login, change.address, now)
  const hash = await fitPassword(change.password, login)
  await db.value('account_password_set', { id: account_id, hash, keep, actor, now })
  await hub.nudge()
}

export interface LinkFor {
  purpose: 'session' | 'first_admin' | 'password'
  login: string | null
}
export const lookAtLink = (db: Needed['db'], link: string, now: Date): Promise<LinkFor | null> =>
  db.maybe<LinkFor>('credential_link_look', { secret_hash: hashSecret(link), now })

/** Sets a password by a one-time link (of the first admin: makes that account) and signs in with it. */
export async function useLink(
  { db, hub }: Needed,
  use: { link: string; login?: string; password: string; came_with: string | null },
  now: Date,
): Promise<SignedIn> {
  const found = await lookAtLink(db, use.link, now)
  if (!found || found.purpose === 'session')
    throw new ApiError(404, 'link_used', 'Tautan ini sudah dipakai atau kedaluwarsa', [
      { field: 'link', reason: 'sudah dipakai atau kedaluwarsa' },
    ])
  const login = found.purpose === 'first_admin' ? use.login : found.login
  if (!login) throw invalid('login', 'wajib diisi')
  const hash = await fitPassword(use.password, login)
  const account = await db.value<Account>('account_link_use', {
    secret_hash: hashSecret(use.link),
    login,
    hash,
    now,
  })
  await hub.nudge()
  await endSession(db, use.came_with, now)
  return { role: account.role, login: account.login, ...(await openFor(db, account, now)) }
}
