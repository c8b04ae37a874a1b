import type { Assignment } from '../../geo/wire/incident.ts'
import type { Principal } from '../auth/principal.ts'
import type { Services } from '../services.ts'

/** Progress of one assignment. A dispatcher may set its agency's, a responder its own unit's, a supervisor any. */
export async function setAssignmentStatus(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  id: string,
  input: { status: string; at?: string; note?: string },
  principal: Pick<Principal, 'role' | 'agency_id' | 'unit_id' | 'actor'>,
  now: Date,
): Promise<Assignment> {
  // A dispatcher or responder bound to nothing may set nothing: an id that nobody has stands for it.
  const nobody = '00000000-0000-0000-0000-000000000000'
  const { assignment } = await db.value<{ assignment: Assignment }>('assignment_set_status', {
    id,
    input,
    actor: principal.actor,
    now,
    simulated,
    scope_agency: principal.role === 'dispatcher' ? (principal.agency_id ?? nobody) : null,
    scope_unit: principal.role === 'responder' ? (principal.unit_id ?? nobody) : null,
  })
  void hub.nudge()
  return assignment
}
