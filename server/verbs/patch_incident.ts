import type { z } from 'zod'
import type { Incident } from '../../geo/wire/incident.ts'
import type { incidentPatch } from '../../geo/wire/requests.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import type { Services } from '../services.ts'

/** Changes an incident; `city` names a moved pin anew, so that the label on the wall follows it. Who may not decide alone cancels only what nobody was sent to. */
export async function patchIncident(
  { db, hub, city, simulated }: Pick<Services, 'db' | 'hub' | 'city' | 'simulated'>,
  id: string,
  patch: z.infer<typeof incidentPatch>,
  { actor, role }: Pick<Principal, 'actor' | 'role'>,
  now: Date,
): Promise<Incident> {
  const { location, pin_source: _source, ...rest } = patch
  const moved = location
    ? { lon: location.coordinates[0], lat: location.coordinates[1], place_label: city.describe(location.coordinates) }
    : {}
  const unapproved = rest.status === 'cancelled' && !may(role, 'cancellation.decide') ? { needs_approval: true } : {}
  const { incident } = await db.value<{ incident: Incident }>('incident_patch', {
    id,
    input: { ...rest, ...moved, ...unapproved },
    actor,
    now,
    simulated,
  })
  void hub.nudge()
  return incident
}
