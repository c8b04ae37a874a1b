import { ROLES, type Role } from '../../geo/wire/primitives.ts'

/**
 * What each role may do: the one table. Routes, verbs and live messages name a permission from here; what is not
 * granted is refused. README ("Roles") prints it.
 */
export const PERMISSIONS = {
  'session.read': ROLES,
  'session.end': ROLES,
  'session.password': ROLES,
  'account.read': ['admin'],
  'account.write': ['admin'],
  'map.read': ROLES,
  'geocode.read': ['operator', 'supervisor', 'dispatcher', 'responder', 'kabid', 'planner', 'admin', 'integration'],
  'live.read': ROLES,
  'masterdata.read': ROLES,
  'call.create': ['operator', 'supervisor', 'admin', 'integration'],
  'call.update': ['operator', 'supervisor', 'admin', 'integration'],
  'incident.read': [
    'operator',
    'supervisor',
    'dispatcher',
    'responder',
    'kabid',
    'admin',
    'screen',
    'kominfo_official',
  ],
  'incident.read_private': ['operator', 'supervisor', 'dispatcher', 'responder', 'admin'],
  'incident.create': ['operator', 'supervisor', 'admin', 'integration'],
  'incident.late_entry': ['supervisor', 'admin', 'integration'],
  'incident.update': ['operator', 'supervisor', 'admin'],
  'recommendation.read': ['operator', 'supervisor', 'dispatcher', 'admin'],
  'assignment.create': ['operator', 'supervisor', 'admin'],
  'assignment.choose': ['supervisor', 'dispatcher', 'admin'],
  'assignment.progress': ['supervisor', 'dispatcher', 'responder', 'admin'],
  'unit.duty': ['supervisor', 'dispatcher', 'admin'],
  'help.ask': ['supervisor', 'dispatcher', 'admin'],
  'help.answer': ['operator', 'supervisor', 'admin'],
  'report.write': ['supervisor', 'dispatcher', 'admin'],
  'position.create': ['responder', 'admin', 'integration'],
  'closure.history': ['supervisor', 'admin'],
  'closure.write': ['admin'],
  'needs.write': ['admin'],
  'move_up.read': ['operator', 'supervisor', 'dispatcher', 'kabid', 'admin'],
  'alias.read': ['supervisor', 'admin'],
  'alias.decide': ['admin'],
  'ledger.read': ['supervisor', 'kabid', 'leader', 'admin'],
  'audit.read': ['kabid', 'admin'],
  'audit.check': ['admin'],
  'stats.read': [
    'operator',
    'supervisor',
    'dispatcher',
    'kabid',
    'planner',
    'leader',
    'admin',
    'screen',
    'kominfo_official',
  ],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** What a role must be granted to hear a line of the log whole, by the kind's first word; null: nobody hears more than its number. */
export const HEARD = {
  incident: 'incident.read',
  assignment: 'incident.read',
  call: 'call.update',
  unit: 'live.read',
  alias: 'incident.create',
  closure: 'live.read',
  masterdata: 'live.read',
  city: 'live.read',
  account: null,
} as const satisfies Record<string, Permission | null>

/** Each verb of sql/functions with what somebody must be granted to reach it; `system`: a command or the server itself, or who holds a link. */
export const VERBS = {
  account_link_issue: 'account.write',
  account_link_use: 'system',
  account_password_set: 'session.password',
  account_put: 'account.write',
  account_sessions_end: ['account.write', 'session.end'],
  agency_kind_put: 'needs.write',
  agency_report_put: 'report.write',
  alias_add: 'alias.decide',
  alias_decide: 'alias.decide',
  alias_propose: ['incident.create', 'incident.update'],
  assignment_choose: 'assignment.choose',
  assignment_create: 'assignment.create',
  assignment_set_status: 'assignment.progress',
  call_create: 'call.create',
  call_patch: 'call.update',
  closure_rob: 'closure.write',
  closure_rob_end: 'closure.write',
  closure_write: 'closure.write',
  device_location_add: 'call.create',
  help_answer: 'help.answer',
  help_ask: 'help.ask',
  import_swap: 'system',
  incident_create: 'incident.create',
  incident_needs_put: 'needs.write',
  incident_patch: 'incident.update',
  position_ingest: 'position.create',
  report_photo_add: 'report.write',
  report_photo_remove: 'report.write',
  unit_duty_set: 'unit.duty',
} as const satisfies Record<string, Permission | readonly Permission[] | 'system'>

export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role)
