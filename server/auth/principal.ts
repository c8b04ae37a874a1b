import type { Role } from '../../geo/wire/primitives.ts'
import type { Scope } from './permissions.ts'

/** Who asks. `anonymous`: nobody signed in; in the demo such a visitor sees what a screen sees. */
export interface Principal {
  credential_id: string | null
  kind: 'token' | 'session' | 'anonymous'
  /** A token for one thing only; null: all that the role may. */
  scope: Scope | null
  role: Role
  /** Of somebody who signed in with a password; tokens and links belong to nobody. */
  account_id: string | null
  login: string | null
  agency_id: string | null
  unit_id: string | null
  /** When the session ends, however much it is used; null: never. */
  expires_at: Date | null
  /** As written in the log: role and login, or role and credential; never a person's name. */
  actor: string
  anonymous: boolean
}

export const anonymousScreen: Principal = {
  credential_id: null,
  kind: 'anonymous',
  scope: null,
  role: 'screen',
  account_id: null,
  login: null,
  agency_id: null,
  unit_id: null,
  expires_at: null,
  actor: 'screen:anonymous',
  anonymous: true,
}

/** Who took a call, as other desks are told: a login, else the actor of the log. */
export const deskOf = ({ login, actor }: Pick<Principal, 'login' | 'actor'>): string => login ?? actor

/** An id that nobody has: whoever is bound to nothing may touch nothing. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The one OPD whose rows somebody may touch; null: any. */
export const scopeAgency = ({ role, agency_id }: Pick<Principal, 'role' | 'agency_id'>): string | null =>
  role === 'dispatcher' ? (agency_id ?? NOBODY) : null

/** The one unit that somebody may act for; null: any (of {@link scopeAgency}). */
export const scopeUnit = ({ role, unit_id }: Pick<Principal, 'role' | 'unit_id'>): string | null =>
  role === 'responder' ? (unit_id ?? NOBODY) : null
