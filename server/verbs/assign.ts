import type { z } from 'zod'
import { outcomeOf, verdictsOf } from '../../geo/dispatch/first.ts'
import { readReason, REASON_CODES } from '../../geo/dispatch/reasons.ts'
import type { Recommendation } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { assignmentInput } from '../../geo/wire/requests.ts'
import { ApiError, fromDatabase } from '../errors.ts'
import type { Services } from '../services.ts'
import { recommend } from './recommend.ts'

/** Rule of choosing in force; kept with each decision so that a later reader knows what it went by. */
export const RULE_VERSION = 'eta+turnout/2'

/** All that was known of each unit at the choice, whether it could be sent or not. */
const considered = (groups: readonly Recommendation[]) =>
  new Map(
    groups.flatMap((group) =>
      [...group.units, ...group.excluded].map((unit) => [unit.unit_id, { ...unit, agency_kind: group.agency_kind }]),
    ),
  )

/**
 * Sends units and agencies to an incident, all or none, and keeps what was known at the choice (dispatch_decision). 422 on
 * `override_reason` when others than the first are sent without a reason; 409 `unit_busy` when a unit is on a job of which nothing was said.
 */
export async function assign(
  services: Pick<Services, 'db' | 'hub' | 'city' | 'candidates' | 'routing' | 'simulated'>,
  incident: Incident,
  input: z.infer<typeof assignmentInput>,
  actor: string,
  now: Date,
): Promise<Assignment[]> {
  const { db, hub, simulated } = services
  const answer = await db
    .value<{ assignments: Assignment[] }>('assignment_create', {
      id: incident.id,
      actor,
      now,
      simulated,
      input: await decisionOf(services, incident, input, now),
    })
    .catch((error: unknown) => {
      throw withReasons(error)
    })
  void hub.nudge()
  return answer.assignments
}

/** What assignment_create is told of a choice: each unit with its price, and all that was known beside it. */
export async function decisionOf(
  services: Pick<Services, 'db' | 'city' | 'candidates' | 'routing' | 'simulated'>,
  incident: Incident,
  { override_reason, override_words, ...input }: z.infer<typeof assignmentInput>,
  now: Date,
  /** Assignments that end with this choice: it is held against the recommendation without their units. */
  replaced: readonly string[] = [],
) {
  const without = incident.assignments.flatMap((a) => (replaced.includes(a.id) && a.unit_id ? [a.unit_id] : []))
  const candidates = await recommend(services, incident, now, { also: input.unit_ids, without })
  const routing = candidates.flatMap((group) => group.units).at(0)?.routing ?? services.routing.state.routing
  const known = considered(candidates)
  const verdicts = verdictsOf(candidates, input.unit_ids)
  const reason = readReason(override_reason, override_words)
  const later = await pricesInLine(services, incident, input.busy, now)
  return {
    ...input,
    reason_code: reason?.code ?? null,
    override_reason: reason?.words ?? null,
    units: input.unit_ids.map((unit_id) => {
      const unit = known.get(unit_id)
      const next = later.get(unit_id)
      return {
        unit_id,
        callsign: unit?.callsign ?? null,
        agency_kind: unit?.agency_kind ?? null,
        eta_seconds: next ? next.eta_seconds : (unit?.eta_seconds ?? null),
        turnout_seconds: unit?.turnout_seconds ?? null,
        distance_m: next ? next.distance_m : unit && 'distance_m' in unit ? unit.distance_m : null,
      }
    }),
    decision: {
      rule_version: RULE_VERSION,
      routing,
      candidates,
      considered: known.size,
      verdicts,
      outcome: outcomeOf(verdicts),
    },
  }
}

/** Who stands in line sets out from where its first job is, not from where it is now. */
async function pricesInLine(
  { db, routing, simulated }: Pick<Services, 'db' | 'routing' | 'simulated'>,
  incident: Incident,
  words: z.infer<typeof assignmentInput>['busy'],
  now: Date,
): Promise<Map<string, { eta_seconds: number | null; distance_m: number | null }>> {
  const prices = new Map<string, { eta_seconds: number | null; distance_m: number | null }>()
  for (const word of words) {
    if (word.first_job !== 'keep') continue
    const row = await db.maybe<{ incident: Incident }>('incident_get', { id: word.incident_id, simulated })
    const from = row?.incident.location.coordinates as LonLat | undefined
    const [price] = await routing.price(incident.location.coordinates as LonLat, [from ?? null], now)
    const open = Number.isFinite(price.seconds)
    prices.set(word.unit_id, {
      eta_seconds: open ? price.seconds : null,
      distance_m: open ? price.metres + price.off_road_m : null,
    })
  }
  return prices
}

/** A refusal for want of a reason says which there are. */
export function withReasons(error: unknown): unknown {
  const known = fromDatabase(error)
  if (known?.errors[0]?.field !== 'override_reason') return error
  return new ApiError(422, 'reason_owed', known.message, known.errors, { override_reasons: [...REASON_CODES] })
}
