import type { Role } from '../../geo/wire/primitives.ts'

/** Who asks. `anonymous`: nobody signed in; in the demo such a visitor sees what a screen sees. */
export interface Principal {
  credential_id: string | null
  kind: 'token' | 'session' | 'anonymous'
  role: Role
  agency_id: string | null
  unit_id: string | null
  /** As written in the log: role and credential, never a person's name. */
  actor: string
  anonymous: boolean
}

export const anonymousScreen: Principal = {
  credential_id: null,
  kind: 'anonymous',
  role: 'screen',
  agency_id: null,
  unit_id: null,
  actor: 'screen:anonymous',
  anonymous: true,
}
