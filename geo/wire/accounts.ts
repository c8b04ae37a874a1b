import { z } from 'zod'
import { instant, role, text, uuid } from './primitives.ts'

/** Screens and other systems come in by links and tokens, people by an account. */
export const accountRole = role.exclude(['screen', 'integration'])
export const ACCOUNT_ROLES = accountRole.options

/** What somebody signs in as, in lower case. It stands in the log for good, so it is a post, not a name: `agen3`, `damkar.jaga`. */
export const login = text(64)
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/, '3 sampai 32 huruf kecil, angka, titik, garis; diawali huruf atau angka')

/** Any length goes in here: what a password must be is said at once, by `passwordFault` (geo/wire/password.ts). */
const password = z.string('wajib diisi').min(1, 'wajib diisi').max(1_000, 'terlalu panjang')
/** A login as typed when signing in: nothing is told about its form. */
const typed = z.string('wajib diisi').trim().min(1, 'wajib diisi').max(200, 'terlalu panjang')

export const account = z.object({
  id: uuid,
  login: z.string(),
  role: accountRole,
  agency_id: uuid.nullable(),
  unit_id: uuid.nullable(),
  /** Code of the OPD and callsign of the unit. */
  agency: z.string().nullable(),
  unit: z.string().nullable(),
  active: z.boolean(),
  /** False until its owner has used the link. */
  has_password: z.boolean(),
  created_at: instant,
  password_set_at: instant.nullable(),
  last_seen_at: instant.nullable(),
  /** Open sessions. */
  sessions: z.number().int(),
})
export type Account = z.infer<typeof account>

export const accountInput = z.strictObject({
  login,
  role: accountRole,
  agency_id: uuid.nullish(),
  unit_id: uuid.nullish(),
})
/** What is left out stays; another role starts unbound. */
export const accountPatch = z.strictObject({
  role: accountRole.optional(),
  agency_id: uuid.nullish(),
  unit_id: uuid.nullish(),
  active: z.boolean().optional(),
})

export const signIn = z.strictObject({ login: typed, password })
export const passwordChange = z.strictObject({ current: password, password })

const link = z.string('wajib diisi').min(1, 'wajib diisi').max(200, 'bukan tautan')
export const linkLook = z.strictObject({ link })
export const linkFor = z.object({
  purpose: z.enum(['session', 'first_admin', 'password']),
  login: z.string().nullable(),
})
/** `login`: of the first admin; any other link knows whose it is. */
export const linkUse = z.strictObject({ link, login: login.optional(), password })

/** The link, with its secret, for the only time. */
export const issuedLink = z.object({ path: z.string(), expires_at: instant })
/** Who came in, and the page to begin with. */
export const signedIn = z.object({ role, login: z.string(), home: z.string() })
