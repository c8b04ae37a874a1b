import type { z } from 'zod'
import type { Incident } from '../../geo/wire/incident.ts'
import type { incidentPatch } from '../../geo/wire/requests.ts'
import type { Services } from '../services.ts'

/** Changes an incident; `city` names a moved pin anew, so that the label on the wall follows it. */
export async function patchIncident(
  { db, hub, city, simulated }: Pick<Services, 'db' | 'hub' | 'city' | 'simulated'>,
  id: string,
  patch: z.infer<typeof incidentPatch>,
  actor: string,
  now: Date,
): Promise<Incident> {
  const { location, pin_source: _source, ...rest } = patch
  const moved = location
    ? { lon: location.coordinates[0], lat: location.coordinates[1], place_label: city.describe(location.coordinates) }
    : {}
  const { incident } = await db.value<{ incident: Incident }>('incident_patch', {
    id,
    input: { ...rest, ...moved },
    actor,
    now,
    simulated,
  })
  void hub.nudge()
  return incident
}
