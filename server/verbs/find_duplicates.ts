import {
  duplicateProbabilities,
  eventsPerHour,
  reachM,
  REACHES,
  type Candidate,
} from '../../geo/duplicate/probability.ts'
import type { PossibleDuplicate } from '../../geo/wire/duplicates.ts'
import type { Services } from '../services.ts'

/** A report that is typed, or the incident that was made of it (`id`: then it and what it is said not to repeat stay out). */
export interface Reported {
  id: string | null
  lon: number
  lat: number
  accuracy_m: number
  incident_type: string | null
  at: Date
}

interface Near extends Candidate, Omit<PossibleDuplicate, 'probability' | 'distance_m' | 'age_seconds' | 'call_count'> {
  last_hour: number
}

const MOST_SHOWN = 5
const SHOWN_FROM = 0.1
/** Of 10,000 repeated reports one comes later. */
const HOURS_APART = 5
/** No model of this kind is surer than that, whatever its arithmetic says. */
const SUREST = 0.99

/** Open incidents that a report may repeat, likeliest first, each with the probability that it does. */
export async function findDuplicates(
  { db, city, simulated }: Pick<Services, 'db' | 'city' | 'simulated'>,
  report: Reported,
): Promise<PossibleDuplicate[]> {
  const near = await db.rows<Near>('duplicate_candidates', {
    id: report.id,
    lon: report.lon,
    lat: report.lat,
    at: report.at,
    simulated,
    hours: HOURS_APART,
    reach_m: reachM(report.accuracy_m),
    reaches: REACHES,
  })
  const probabilities = duplicateProbabilities(report, near, {
    area_m2: city.area_m2,
    kinds: city.incident_types.length,
    events_per_hour: eventsPerHour(near[0]?.last_hour ?? 0),
  })
  const shown = near
    .map((other, i) => ({ other, probability: Math.min(SUREST, Math.round(probabilities[i] * 100) / 100) }))
    .filter(({ probability }) => probability >= SHOWN_FROM)
    .sort((a, b) => b.probability - a.probability || a.other.age_seconds - b.other.age_seconds)
    .slice(0, MOST_SHOWN)
  if (!shown.length) return []
  const counts = await db.value<Record<string, number>>('incident_counts', {
    ids: shown.map(({ other }) => other.incident_id),
  })
  return shown.map(({ other, probability }) => ({
    incident_id: other.incident_id,
    number: other.number,
    incident_type: other.incident_type,
    status: other.status,
    place_label: other.place_label,
    received_at: new Date(other.received_at).toISOString(),
    call_count: counts[other.incident_id],
    distance_m: Math.round(other.distance_m),
    age_seconds: Math.round(other.age_seconds),
    probability,
  }))
}
