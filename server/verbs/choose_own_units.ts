import type { z } from 'zod'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { ownUnitsInput } from '../../geo/wire/requests.ts'
import { scopeAgency, type Principal } from '../auth/principal.ts'
import type { Services } from '../services.ts'
import { decisionOf, withReasons } from './assign.ts'

/**
 * An OPD that is on a case sends more of its own units to it, or others in place of those it was asked for. The choice is held against the
 * recommendation as every choice is, as if those replaced were not on the case; they are called back in the same transaction.
 */
export async function chooseOwnUnits(
  services: Pick<Services, 'db' | 'hub' | 'city' | 'candidates' | 'routing' | 'simulated'>,
  incident: Incident,
  { replaces, ...choice }: z.infer<typeof ownUnitsInput>,
  principal: Pick<Principal, 'role' | 'agency_id' | 'actor'>,
  now: Date,
): Promise<Assignment[]> {
  const { db, hub, simulated } = services
  const decision = await decisionOf(services, incident, { ...choice, agency_ids: [], busy: [] }, now, replaces)
  const answer = await db
    .value<{ assignments: Assignment[] }>('assignment_choose', {
      id: incident.id,
      actor: principal.actor,
      now,
      simulated,
      scope_agency: scopeAgency(principal),
      input: { ...decision, replaces, replace_note: decision.override_reason },
    })
    .catch((error: unknown) => {
      throw withReasons(error)
    })
  void hub.nudge()
  return answer.assignments
}
