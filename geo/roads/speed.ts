/**
 * Driving speeds of an emergency vehicle with its horn on, km/h, by road class. Planning values for a town of
 * Pekalongan's size: the legal 50 km/h of town roads (PP 79/2013) on arterials, less where parked becak, markets and width
 * hold even an engine back. Replace them with measured runs as soon as the positions of a few months are in.
 */
const SPEED_KMH: Readonly<Record<string, number>> = {
  // Function classes of Indonesian plans (UU 38/2004), then administrative ones
  'jalan tol': 80,
  'jalan arteri primer': 50,
  'jalan arteri sekunder': 45,
  'jalan kolektor primer': 43,
  'jalan kolektor sekunder': 40,
  'jalan lokal primer': 34,
  'jalan lokal sekunder': 30,
  'jalan lingkungan': 20,
  'jalan nasional': 50,
  'jalan provinsi': 45,
  'jalan kabupaten': 36,
  'jalan kota': 34,
  'jalan desa': 25,
  // OpenStreetMap highway=
  motorway: 80,
  trunk: 50,
  primary: 48,
  secondary: 43,
  tertiary: 38,
  unclassified: 30,
  residential: 26,
  living_street: 15,
  service: 15,
  track: 12,
  road: 25,
  pedestrian: 8,
  footway: 5,
  path: 5,
}

/** What a class that nobody listed drives at. */
export const UNKNOWN_CLASS_KMH = 25

/** Speed by class; case does not matter, and OSM's `_link` counts as its road. */
export function classSpeedKmh(roadClass: string): number {
  const key = roadClass.trim().toLowerCase()
  return SPEED_KMH[key] ?? SPEED_KMH[key.replace(/_link$/, '')] ?? UNKNOWN_CLASS_KMH
}

/**
 * Mean delay at a level crossing: about 80 trains a day on the north coast line, the gate shut some 150 s for each, so a
 * vehicle finds it shut 14 % of the time and then waits 75 s in the mean, and 5 s to slow down and look: 15 s. A mean, for ranking:
 * a single run meets 5 s or up to 155 s.
 */
export const LEVEL_CROSSING_DELAY_S = Math.round(((80 * 150) / 86_400) * 75 + 5)

/** Driving time against a free road, by hour of day in WIB; school and work peaks 06-08 and 15-18. Planning values. */
const HOUR_FACTOR: readonly number[] = [
  1, 1, 1, 1, 1, 1.05, 1.25, 1.25, 1.1, 1.1, 1.1, 1.15, 1.15, 1.1, 1.1, 1.2, 1.3, 1.25, 1.1, 1.1, 1.05, 1, 1, 1,
]

export const SLOWEST_HOUR_FACTOR = Math.max(...HOUR_FACTOR)

/** Factor on driving seconds at `hour` (0..23, WIB; a fraction counts as its hour). Throws outside [0, 24). */
export function hourFactor(hour: number): number {
  const factor = HOUR_FACTOR[Math.floor(hour)]
  if (factor === undefined) throw new RangeError(`hour ${hour} is not in [0, 24)`)
  return factor
}

/** High-bodied vehicles ford this much and no more. */
const FORD_LIMIT_CM = 50

/**
 * Speed that standing water still allows, km/h: the depth-disruption curve of Pregnolato et al. 2017 (Transportation
 * Research D 55) down to walking pace at its 30 cm, walking pace to 50 cm, then 0. Infinity for a dry road.
 */
export function waterSpeedKmh(depth_cm: number | null): number {
  if (depth_cm === null || depth_cm <= 0) return Infinity
  if (depth_cm > FORD_LIMIT_CM) return 0
  const w = Math.min(depth_cm, 30) * 10
  return Math.max(5, 0.0009 * w * w - 0.5529 * w + 86.9448)
}
