import type { Role } from '../../geo/wire/primitives.ts'
import type { Executor } from '../db/database.ts'
import type { Scope } from './permissions.ts'
import type { Principal } from './principal.ts'
import { hashSecret, newSecret } from './secret.ts'

interface CredentialRow {
  id: string
  kind: 'token' | 'session' | 'link'
  role: Role
  label: string
  agency_id: string | null
  unit_id: string | null
}

interface FoundRow extends CredentialRow {
  scope: Scope | null
  account_id: string | null
  login: string | null
  expires_at: string | null
  stale: boolean
}

export interface NewCredential {
  kind: 'token' | 'session' | 'link'
  role: Role
  label: string
  /** Of a link; the others let somebody in by themselves. */
  purpose?: 'session' | 'first_admin' | 'password'
  account_id?: string | null
  agency_id?: string | null
  unit_id?: string | null
  parent_id?: string | null
  expires_at?: Date | null
  /** Over when not used for this long; null: never. */
  idle_seconds?: number | null
}

/** The simulation's own credential, and what the log calls it: nobody of the room. No label that somebody chooses begins like this. */
export const DEMO_LABEL = 'demo:live'
const DEMO_ACTOR = 'demo:live'

/** Makes a credential and answers its secret: the only time it is known. */
export async function issueCredential(db: Executor, credential: NewCredential, now: Date): Promise<string> {
  const secret = newSecret(credential.kind)
  await db.one('credential_add', {
    kind: credential.kind,
    purpose: credential.purpose ?? 'session',
    account_id: credential.account_id ?? null,
    role: credential.role,
    label: credential.label,
    secret_hash: hashSecret(secret),
    now,
    agency_id: credential.agency_id ?? null,
    unit_id: credential.unit_id ?? null,
    parent_id: credential.parent_id ?? null,
    expires_at: credential.expires_at ?? null,
    idle_seconds: credential.idle_seconds ?? null,
  })
  return secret
}

/**
 * Whom a token or session lets in; null when nobody. `stale` when its use was not noted for a minute. The log names an account by its login, anything
 * else by its credential.
 */
export async function findPrincipal(
  db: Executor,
  secret: string,
  now: Date,
): Promise<(Principal & { stale: boolean }) | null> {
  const row = await db.maybe<FoundRow>('credential_find', { secret_hash: hashSecret(secret), now })
  if (!row || row.kind === 'link') return null
  return {
    credential_id: row.id,
    kind: row.kind,
    scope: row.scope,
    role: row.role,
    account_id: row.account_id,
    login: row.login,
    agency_id: row.agency_id,
    unit_id: row.unit_id,
    expires_at: row.expires_at === null ? null : new Date(row.expires_at),
    actor: row.label === DEMO_LABEL ? DEMO_ACTOR : `${row.role}:${row.login ?? row.id.slice(0, 8)}`,
    anonymous: false,
    stale: row.stale,
  }
}

/** A shift with its hand-over; and a week, whatever happens. */
const IDLE_HOURS = 12
const SESSION_DAYS = 7

export interface Opened {
  secret: string
  expires_at: Date | null
}
interface Opener {
  role: Role
  label: string
  agency_id: string | null
  unit_id: string | null
  parent_id?: string
  account_id?: string
}

/**
 * Opens a browser session from a link, a token or a password, always under a new secret. A screen's lasts until it is revoked and
 * survives restarts; all others end after 12 hours without use and after 7 days.
 */
export async function openSession(db: Executor, from: Opener, now: Date): Promise<Opened> {
  const lasting = from.role === 'screen'
  const expires_at = lasting ? null : new Date(now.getTime() + SESSION_DAYS * 86_400_000)
  const idle_seconds = lasting ? null : IDLE_HOURS * 3600
  return { secret: await issueCredential(db, { ...from, kind: 'session', expires_at, idle_seconds }, now), expires_at }
}

/** Opens a session from a one-time link; null when it was used, has expired or never was. */
export async function redeemLink(db: Executor, secret: string, now: Date): Promise<(Opened & { role: Role }) | null> {
  const row = await db.maybe<CredentialRow>('credential_use_link', { secret_hash: hashSecret(secret), now })
  if (!row) return null
  const { id: parent_id, role, label, agency_id, unit_id } = row
  return { role, ...(await openSession(db, { parent_id, role, label, agency_id, unit_id }, now)) }
}

/** Ends the session that somebody came with: a browser keeps one, under a new secret. Of nobody's session: nothing. */
export async function endSession(db: Executor, id: string | null, now: Date): Promise<void> {
  if (id) await db.rows('credential_revoke', { id, now })
}
