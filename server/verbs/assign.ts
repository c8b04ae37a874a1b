import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Services } from '../services.ts'
import { recommend } from './recommend.ts'

export interface AssignInput {
  unit_ids: string[]
  agency_ids: string[]
  override_reason?: string | null
  verified?: boolean
}

/** Rule of choosing in force; kept with each decision so that a later reader knows what it went by. */
const RULE_VERSION = 'eta+turnout/1'

/** Sends units and agencies to an incident, all or none, and keeps what was known at the choice (dispatch_decision). */
export async function assign(
  services: Pick<Services, 'db' | 'hub' | 'city' | 'candidates' | 'routing' | 'simulated'>,
  incident: Incident,
  input: AssignInput,
  actor: string,
  now: Date,
): Promise<Assignment[]> {
  const candidates = await recommend(services, incident, now, { also: input.unit_ids })
  const routing = candidates.flatMap((group) => group.units).at(0)?.routing ?? services.routing.state.routing
  const priced = new Map(candidates.flatMap((group) => group.units.map((unit) => [unit.unit_id, unit])))
  const answer = await services.db.value<{ assignments: Assignment[] }>('assignment_create', {
    id: incident.id,
    actor,
    now,
    simulated: services.simulated,
    input: {
      ...input,
      units: input.unit_ids.map((unit_id) => {
        const known = priced.get(unit_id)
        return {
          unit_id,
          eta_seconds: known?.eta_seconds ?? null,
          turnout_seconds: known?.turnout_seconds ?? null,
          distance_m: known?.distance_m ?? null,
        }
      }),
      decision: { rule_version: RULE_VERSION, routing, candidates },
    },
  })
  void services.hub.nudge()
  return answer.assignments
}
