import type { Assignment } from '../../geo/wire/incident.ts'
import { scopeAgency, scopeUnit, type Principal } from '../auth/principal.ts'
import type { Services } from '../services.ts'

/** Progress of one assignment. A dispatcher may set its agency's, a responder its own unit's, a supervisor any. */
export async function setAssignmentStatus(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  id: string,
  input: { status: string; at?: string; note?: string },
  principal: Pick<Principal, 'role' | 'agency_id' | 'unit_id' | 'actor'>,
  now: Date,
): Promise<Assignment> {
  const { assignment } = await db.value<{ assignment: Assignment }>('assignment_set_status', {
    id,
    input,
    actor: principal.actor,
    now,
    simulated,
    scope_agency: scopeAgency(principal),
    scope_unit: scopeUnit(principal),
  })
  void hub.nudge()
  return assignment
}
