import type { Role } from '../../geo/wire/primitives.ts'
import type { Executor } from '../db/database.ts'
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

export interface NewCredential {
  kind: 'token' | 'session' | 'link'
  role: Role
  label: string
  agency_id?: string | null
  unit_id?: string | null
  parent_id?: string | null
  expires_at?: Date | null
}

/** Makes a credential and answers its secret: the only time it is known. */
export async function issueCredential(db: Executor, credential: NewCredential, now: Date): Promise<string> {
  const secret = newSecret(credential.kind)
  await db.one('credential_add', {
    kind: credential.kind,
    role: credential.role,
    label: credential.label,
    secret_hash: hashSecret(secret),
    now,
    agency_id: credential.agency_id ?? null,
    unit_id: credential.unit_id ?? null,
    parent_id: credential.parent_id ?? null,
    expires_at: credential.expires_at ?? null,
  })
  return secret
}

/** Whom a token or session lets in; null when nobody. */
export async function findPrincipal(db: Executor, secret: string, now: Date): Promise<Principal | null> {
  const row = await db.maybe<CredentialRow>('credential_find', { secret_hash: hashSecret(secret), now })
  if (!row || row.kind === 'link') return null
  return {
    credential_id: row.id,
    kind: row.kind,
    role: row.role,
    agency_id: row.agency_id,
    unit_id: row.unit_id,
    actor: `${row.role}:${row.id.slice(0, 8)}`,
    anonymous: false,
  }
}

const SESSION_HOURS = 12

/**
 * Opens a browser session from a link or a token. A screen's lasts until it is revoked and survives restarts; all others
 * end after 12 hours.
 */
export async function openSession(
  db: Executor,
  from: { id: string; role: Role; label: string; agency_id: string | null; unit_id: string | null },
  now: Date,
): Promise<{ secret: string; expires_at: Date | null }> {
  const expires_at = from.role === 'screen' ? null : new Date(now.getTime() + SESSION_HOURS * 3_600_000)
  const secret = await issueCredential(db, { ...from, kind: 'session', parent_id: from.id, expires_at }, now)
  return { secret, expires_at }
}

/** Opens a session from a one-time link; null when it was used, has expired or never was. */
export async function redeemLink(
  db: Executor,
  secret: string,
  now: Date,
): Promise<{ secret: string; role: Role; expires_at: Date | null } | null> {
  const row = await db.maybe<CredentialRow>('credential_use_link', { secret_hash: hashSecret(secret), now })
  if (!row) return null
  return { role: row.role, ...(await openSession(db, row, now)) }
}
