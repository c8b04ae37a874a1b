import { fixAgeSeconds, freshness } from '../../../geo/track/freshness.ts'
import type { IncidentType, Unit } from '../../../geo/wire/masterdata.ts'
import type { Urgent } from '../../state/urgency.ts'
import type { Pin } from '../state/pin.ts'
import type { Candidate } from '../state/places.svelte.ts'

const point = (coordinates: readonly number[], properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [...coordinates] },
})

/** Open incidents, calmest first so that the urgent lie on top; `here` is the one on the desk, `likely` what the call may be about. */
export function incidentFeatures(
  list: readonly Urgent[],
  types: ReadonlyMap<string, IncidentType>,
  here: string | null,
  likely: ReadonlyMap<string, number>,
): GeoJSON.Feature[] {
  return list
    .map(({ incident, state }) =>
      point(incident.location.coordinates, {
        id: incident.id,
        state,
        letter: types.get(incident.incident_type)?.letter ?? '?',
        here: incident.id === here,
        likely: likely.has(incident.id),
        share: `${Math.round((likely.get(incident.id) ?? 0) * 100)} %`,
      }),
    )
    .reverse()
}

/** Units on duty or busy, at their last fix or else at their post; `fresh` only with a fix of the last minute. */
export function unitFeatures(units: readonly Unit[], chosen: ReadonlySet<string>, now: number): GeoJSON.Feature[] {
  return units.flatMap((unit) => {
    const at = unit.position?.location ?? unit.station_location
    if (!at || (unit.duty !== 'on' && unit.incident_id === null)) return []
    const fresh = unit.position !== null && freshness(fixAgeSeconds(Date.parse(unit.position.fix_at), now)) === 'fresh'
    return [
      point(at.coordinates, {
        callsign: unit.callsign,
        busy: unit.incident_id !== null,
        chosen: chosen.has(unit.id),
        fresh,
      }),
    ]
  })
}

/** Places found, by their number in the list; the one the pin shows already is left to the pin. */
export const candidateFeatures = (candidates: readonly Candidate[], pin: Pin | null): GeoJSON.Feature[] =>
  candidates
    .filter(({ lon, lat }) => lon !== pin?.lon || lat !== pin.lat)
    .map(({ lon, lat, number }) => point([lon, lat], { number: String(number) }))
