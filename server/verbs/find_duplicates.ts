import type { Services } from '../services.ts'

export interface PossibleDuplicate {
  incident_id: string
  number: string
  distance_m: number
  age_seconds: number
  probability: number
}

interface Near {
  incident_id: string
  number: string
  incident_type: string
  accuracy_m: number
  distance_m: number
  age_seconds: number
}

const HALF_LIFE_SECONDS = 1_800
const OTHER_TYPE = 0.25
/** Callers stand apart from what they see: even exact pins of one fire lie this far apart. */
const SIGHT_M = 120
const SHOWN_FROM = 0.2

/**
 * Open incidents that may be the same event: likelier the nearer (against both uncertainties and the distance of sight),
 * the fresher, and of the same type. A rule of thumb with its number shown, not a calibrated model.
 */
export async function findDuplicates(
  { db }: Pick<Services, 'db'>,
  incident: { id: string; incident_type: string; accuracy_m: number },
): Promise<PossibleDuplicate[]> {
  const near = await db.rows<Near>('incident_duplicates', { id: incident.id })
  return near
    .map((other) => {
      const spread = Math.hypot(incident.accuracy_m, other.accuracy_m, SIGHT_M)
      const place = Math.exp(-0.5 * (other.distance_m / spread) ** 2)
      const time = 0.5 ** (Math.abs(other.age_seconds) / HALF_LIFE_SECONDS)
      const kind = other.incident_type === incident.incident_type ? 1 : OTHER_TYPE
      return {
        incident_id: other.incident_id,
        number: other.number,
        distance_m: Math.round(other.distance_m),
        age_seconds: Math.round(other.age_seconds),
        probability: Math.round(place * time * kind * 100) / 100,
      }
    })
    .filter((other) => other.probability >= SHOWN_FROM)
    .sort((a, b) => b.probability - a.probability)
}
