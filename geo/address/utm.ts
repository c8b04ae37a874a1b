import type { LonLat } from '../earth.ts'

/** WGS84, and the scale and origin of every UTM zone. */
const A = 6378137
const F = 1 / 298.257223563
const K0 = 0.9996
const FALSE_EASTING_M = 500_000
const FALSE_NORTHING_M = 10_000_000
const RAD = Math.PI / 180

/**
 * Krüger's series in the third flattening, to the sixth order (C. F. F. Karney, Transverse Mercator with an accuracy of a few
 * nanometers, 2011, equations 12, 35 and 36): exact to nanometres within a zone.
 */
const N = F / (2 - F)
const RECTIFYING_M = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256)
const series = (...orders: number[][]): number[] =>
  orders.map((terms, i) => terms.reduce((sum, each, k) => sum + each * N ** (i + 1 + k), 0))
const ALPHA = series(
  [1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800],
  [13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360],
  [61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440],
  [49561 / 161280, -179 / 168, 6601661 / 7257600],
  [34729 / 80640, -3418889 / 1995840],
  [212378941 / 319334400],
)
const BETA = series(
  [1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96199 / 604800],
  [1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1118711 / 3870720],
  [17 / 480, -37 / 840, -209 / 4480, 5569 / 90720],
  [4397 / 161280, -11 / 504, -830251 / 7257600],
  [4583 / 161280, -108847 / 3991680],
  [20648693 / 638668800],
)
const E2 = F * (2 - F)
const E = Math.sqrt(E2)

/** tan of the conformal latitude from tan of the geographic one (Karney, equations 7 to 9). */
function conformal(tau: number): number {
  const sigma = Math.sinh(E * Math.atanh((E * tau) / Math.hypot(1, tau)))
  return tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau)
}

/** The inverse of {@link conformal}, by Newton's method. */
function geographic(tau0: number): number {
  let tau = tau0
  for (let i = 0; i < 5; i++) {
    const own = conformal(tau)
    const step = ((tau0 - own) / Math.hypot(1, own)) * ((1 + (1 - E2) * tau ** 2) / ((1 - E2) * Math.hypot(1, tau)))
    tau += step
    if (Math.abs(step) < 1e-14) break
  }
  return tau
}

/** The UTM zone of a longitude (Norway's exceptions left out). */
const zoneOf = (lon: number): number => Math.min(60, Math.floor((lon + 180) / 6) + 1)

const meridian = (zone: number) => zone * 6 - 183

export interface Utm {
  zone: number
  south: boolean
  easting: number
  northing: number
}

/** Metres of a UTM zone to degrees WGS84. Sound within some degrees of the zone. */
export function fromUtm({ zone, south, easting, northing }: Utm): LonLat {
  const xi = (northing - (south ? FALSE_NORTHING_M : 0)) / (K0 * RECTIFYING_M)
  const eta = (easting - FALSE_EASTING_M) / (K0 * RECTIFYING_M)
  let xi1 = xi
  let eta1 = eta
  BETA.forEach((beta, i) => {
    const j = 2 * (i + 1)
    xi1 -= beta * Math.sin(j * xi) * Math.cosh(j * eta)
    eta1 -= beta * Math.cos(j * xi) * Math.sinh(j * eta)
  })
  const tau = geographic(Math.sin(xi1) / Math.hypot(Math.sinh(eta1), Math.cos(xi1)))
  return [meridian(zone) + Math.atan2(Math.sinh(eta1), Math.cos(xi1)) / RAD, Math.atan(tau) / RAD]
}

/** Degrees WGS84 to metres of a UTM zone, that of the point itself unless told. */
export function toUtm([lon, lat]: LonLat, zone = zoneOf(lon)): Utm {
  const away = (lon - meridian(zone)) * RAD
  const tau = conformal(Math.tan(lat * RAD))
  const xi1 = Math.atan2(tau, Math.cos(away))
  const eta1 = Math.asinh(Math.sin(away) / Math.hypot(tau, Math.cos(away)))
  let xi = xi1
  let eta = eta1
  ALPHA.forEach((alpha, i) => {
    const j = 2 * (i + 1)
    xi += alpha * Math.sin(j * xi1) * Math.cosh(j * eta1)
    eta += alpha * Math.cos(j * xi1) * Math.sinh(j * eta1)
  })
  const south = lat < 0
  return {
    zone,
    south,
    easting: FALSE_EASTING_M + K0 * RECTIFYING_M * eta,
    northing: (south ? FALSE_NORTHING_M : 0) + K0 * RECTIFYING_M * xi,
  }
}

const EAST = /(?<![\d.,])(\d{6}(?:[.,]\d+)?)(?!\d|[.,]\d)/g
const NORTH = /(?<![\d.,])(\d{7}(?:[.,]\d+)?)(?!\d|[.,]\d)/g
const ZONE = /(?<![\d.,a-z])(0?[1-9]|[1-5]\d|60)\s*([c-hj-np-x])(?![a-z])/
/** Words that say such numbers are metres of a grid. */
const GRID = /utm|easting|northing|\bzon[ae]\b|\d\s*m\s*[etnu]\b|(?<![a-z])[xe]\s*(?:[:=]\s*)?\d{6}(?!\d)/
/** Band letters from N on are north of the equator. Band S holds these northings; elsewhere "49S" means south. */
const BAND_S: readonly [number, number] = [3_530_000, 4_460_000]

/**
 * The UTM position written in a text ("49M 353000 9238000", "UTM 49S X 353000 Y 9238000"), its easting of six and its northing of
 * seven digits; null when there is none, 'invalid' when the numbers lie in no zone. A zone that is not named is the one of `centre`.
 */
export function readUtm(
  text: string,
  centre: LonLat,
): { point: LonLat; accuracy_m: number; why: string } | 'invalid' | null {
  const lower = text.toLowerCase()
  const east = [...lower.matchAll(EAST)]
  const north = [...lower.matchAll(NORTH)]
  if (east.length !== 1 || north.length !== 1) return null
  const zoned = ZONE.exec(lower)
  if (!zoned && !GRID.test(lower)) return null
  const number = (found: string) => Number(found.replace(',', '.'))
  const [easting, northing] = [number(east[0][1]), number(north[0][1])]
  const zone = zoned ? Number(zoned[1]) : zoneOf(centre[0])
  const letter = zoned?.[2]
  const inBandS = northing >= BAND_S[0] && northing <= BAND_S[1]
  const south = letter === undefined ? centre[1] < 0 : letter === 's' ? !inBandS : letter < 'n'
  if (easting < 100_000 || easting > 900_000 || northing > FALSE_NORTHING_M) return 'invalid'
  const point = fromUtm({ zone, south, easting, northing })
  const named = `${zone}${south ? 'S' : 'N'}`
  return { point, accuracy_m: 5, why: `UTM zona ${named}${zoned ? '' : ' (zona kota ini)'}` }
}
