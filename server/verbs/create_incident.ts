import { createHash } from 'node:crypto'
import type { Incident } from '../../geo/wire/incident.ts'
import type { IncidentInput } from '../../geo/wire/requests.ts'
import { invalid } from '../errors.ts'
import type { Services } from '../services.ts'

export interface Located {
  lon: number
  lat: number
  accuracy_m: number
  place_label: string | null
}

/** A pin without a stated accuracy is as good as a careful click on a screen. */
export const PIN_ACCURACY_M = 25

/**
 * Where an input lies: its pin, or else the first answer of the geocoder to its text. Throws 422 on `location` when neither
 * leads anywhere; what lies outside the city is located all the same.
 */
export function locate(
  { city }: Pick<Services, 'city'>,
  input: Pick<IncidentInput, 'location' | 'address_text' | 'accuracy_m'>,
): Located {
  if (input.location) {
    const [lon, lat] = input.location.coordinates
    return { lon, lat, accuracy_m: input.accuracy_m ?? PIN_ACCURACY_M, place_label: city.describe([lon, lat]) }
  }
  if (!input.address_text?.trim()) throw invalid('location', 'sebutkan titik (location) atau tempat (address_text)')
  const found = city.geocode(input.address_text, { limit: 1 }).results[0]
  if (!found) throw invalid('address_text', 'tempat tidak ditemukan; pasang pin (location)')
  return {
    lon: found.point[0],
    lat: found.point[1],
    accuracy_m: Math.max(input.accuracy_m ?? 0, found.accuracy_m),
    // what only the caller said (a house number) belongs to the erasable words, not on screens and in the log
    place_label: found.map_label ?? found.label,
  }
}

/** Stable text of the parsed input: the same request gives the same hash whatever the order of its fields. */
const bodyHash = (input: object): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(input)
            .filter(([, v]) => v !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
      ),
    )
    .digest('hex')

export interface Created {
  incident: Incident
  /** The key was known: nothing was written, `response` is the first answer if it was kept. */
  replayed: boolean
  response: { incident: object } | null
}

/** Records an incident. Same key and body: the first incident again; same key, another body: 422. */
export async function createIncident(
  services: Pick<Services, 'db' | 'hub' | 'simulated' | 'city'>,
  input: IncidentInput,
  options: { actor: string; now: Date; idempotency_key: string | null; late_entry_allowed: boolean },
): Promise<Created> {
  const { location: _pin, accuracy_m: _accuracy, ...rest } = input
  const { incident, replayed, response } = await services.db.value<Created>('incident_create', {
    input: {
      ...rest,
      ...locate(services, input),
      late_entry_allowed: options.late_entry_allowed,
      idempotency_key: options.idempotency_key,
      body_hash: options.idempotency_key ? bodyHash(input) : null,
    },
    actor: options.actor,
    now: options.now,
    simulated: services.simulated,
  })
  if (!replayed) void services.hub.nudge()
  return { incident, replayed, response: response ?? null }
}
