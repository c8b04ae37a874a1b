import { ROLES, type Role } from '../../geo/wire/primitives.ts'

/**
 * What each role may do: the one table. Routes, verbs and live messages name a permission from here; what is not
 * granted is refused. README ("Roles") prints it.
 */
export const PERMISSIONS = {
  'session.read': ROLES,
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

export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role)
