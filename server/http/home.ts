import type { Role } from '../../geo/wire/primitives.ts'

const HOME: Partial<Record<Role, string>> = {
  screen: '/wall',
  supervisor: '/wall',
  operator: '/console',
  dispatcher: '/dispatch',
  responder: '/field',
  kabid: '/coverage',
  planner: '/hotspots',
  leader: '/report',
  complaints_officer: '/complaints',
  kominfo_official: '/complaints',
  admin: '/admin',
}

/** The page a role starts on after signing in; those without a page yet start at the front door. */
export const homeOf = (role: Role): string => HOME[role] ?? '/'
