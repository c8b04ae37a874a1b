/** Compass words, clockwise from north. */
const POINTS = ['utara', 'timur laut', 'timur', 'tenggara', 'selatan', 'barat daya', 'barat', 'barat laut'] as const

/** The Indonesian word for a bearing in degrees. */
export function directionWord(bearing: number): string {
  return POINTS[Math.round((((bearing % 360) + 360) % 360) / 45) % 8]
}

const BEARINGS: Readonly<Record<string, number>> = {
  utara: 0,
  utaranya: 0,
  lor: 0,
  'timur laut': 45,
  timur: 90,
  timurnya: 90,
  wetan: 90,
  tenggara: 135,
  selatan: 180,
  selatannya: 180,
  kidul: 180,
  'barat daya': 225,
  barat: 270,
  baratnya: 270,
  kulon: 270,
  'barat laut': 315,
}

/** The bearing of a compass word, Javanese ones included, or null. */
export function bearingOfWord(word: string): number | null {
  return BEARINGS[word] ?? null
}

/** Metres as people say them: 5 m steps when near, 10 m steps, then kilometres. */
export function sayMetres(metres: number): string {
  if (metres < 100) return `${Math.max(5, Math.round(metres / 5) * 5)} m`
  if (metres < 950) return `${Math.round(metres / 10) * 10} m`
  if (metres < 9500) return `${(metres / 1000).toFixed(1).replace('.', ',')} km`
  return `${String(Math.round(metres / 1000)).replace(/\B(?=(\d{3})+$)/g, '.')} km`
}
