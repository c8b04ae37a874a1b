import type { AgencyKind, CityAgencyKind } from './types.ts'

/**
 * How old a unit's last position may be, in seconds, before the unit counts from its post. Planning values: a patrol or an ambulance on the road is
 * a kilometre further on after two minutes, an engine waits at its post, and an office's truck reports from wherever it works.
 */
const LIMIT_SECONDS: Record<AgencyKind, number> = {
  damkar: 300,
  bpbd: 600,
  psc119: 180,
  polres: 120,
  pmi: 300,
  satpol: 180,
  dishub: 600,
  dlh: 900,
  dpupr: 900,
  dinsos: 900,
  polairud: 600,
  tni: 900,
  pln: 900,
  pdam: 900,
  basarnas: 900,
}

export const AGENCY_KINDS: readonly CityAgencyKind[] = (Object.entries(LIMIT_SECONDS) as [AgencyKind, number][]).map(
  ([kind, position_age_limit_seconds]) => ({ kind, position_age_limit_seconds }),
)
