import { distanceM, type LonLat } from '../earth.ts'

/** A position read from text. `alternative` is the other reading where order or sign looked wrong. */
export interface ReadPosition {
  point: LonLat
  accuracy_m: number
  why: string[]
  alternative?: LonLat
}

type Axis = 'lat' | 'lon'
interface Angle {
  value: number
  axis: Axis | null
  /** Half the last digit written, in degrees. */
  step: number
}

/** Latin and Indonesian hemispheres: LS lintang selatan, LU lintang utara, BT bujur timur, BB bujur barat. */
const HEMISPHERES: Record<string, [Axis, 1 | -1]> = {
  s: ['lat', -1],
  ls: ['lat', -1],
  n: ['lat', 1],
  u: ['lat', 1],
  lu: ['lat', 1],
  e: ['lon', 1],
  t: ['lon', 1],
  bt: ['lon', 1],
  w: ['lon', -1],
  b: ['lon', -1],
  bb: ['lon', -1],
}
const HEMI = '(ls|lu|bt|bb|[nsewutb])(?![a-z])'
const NUM = '\\d+(?:[.,]\\d+)?'
const SIGNED = `([-+]?${NUM})\\s*(?:°|derajat|deg)\\s*(?:(${NUM})\\s*(?:'|menit|min)\\s*)?(?:(${NUM})\\s*(?:"|detik|sec)\\s*)?`
/** 6°53'23.7"S, S 6° 53.395', 6.8899° S; the degree sign is what makes it one. The letter stands behind, or before both. */
const SIGN_THEN_LETTER = new RegExp(`()${SIGNED}(?:${HEMI})?`, 'g')
const LETTER_THEN_SIGN = new RegExp(`(?<![a-z])${HEMI}\\s*${SIGNED}()`, 'g')
/** 6 53 23.7 S, 6:53:23.7 S: without signs the hemisphere is needed. */
const WITH_BLANKS = new RegExp(
  `(?<![\\d.,])()(\\d{1,3})[\\s:](\\d{1,2})[\\s:](\\d{1,2}(?:[.,]\\d+)?)\\s*"?\\s*${HEMI}`,
  'g',
)
const LABEL = '(lat(?:itude)?|lintang|y|lon(?:g(?:itude)?)?|lng|bujur|x)'
const DECIMAL = new RegExp(
  `(?:(?<![a-z])${LABEL}\\s*[:=]?\\s*)?(?:(?<![a-z])${HEMI}\\s*)?(?<!\\d)([-+]?\\d{1,3}(?:[.,]\\d+)?)(?![\\d])\\s*(?:${HEMI})?`,
  'g',
)

const BARE = /^\s*\(?\s*[-+]?\d{1,3}\.\d+\s*[,;\s]\s*[-+]?\d{1,3}\.\d+\s*\)?\s*$/

/** Unifies the many degree, minute and second signs; keeps everything else. */
function unify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[°º˚]/g, '°')
    .replace(/''|[″“”„]/g, '"')
    .replace(/[′‘’´`]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
}

const num = (text: string | undefined) => (text ? Number(text.replace(',', '.')) : 0)
const digits = (text: string | undefined) => text?.match(/[.,](\d+)/)?.[1].length ?? 0

function degrees(match: RegExpMatchArray): Angle | null {
  const [, before, d, m, s, after] = match
  const side = HEMISPHERES[after || before || '']
  const minutes = num(m)
  const seconds = num(s)
  if (minutes >= 60 || seconds >= 60) return null
  const size = Math.abs(num(d)) + minutes / 60 + seconds / 3600
  const unit = s ? 1 / 3600 : m ? 1 / 60 : 1
  const step = (unit * 10 ** -digits(s ?? m ?? d)) / 2
  return { value: size * (side ? side[1] : d.startsWith('-') ? -1 : 1), axis: side?.[0] ?? null, step }
}

function decimals(text: string): Angle[] {
  const out: Angle[] = []
  // with nothing but two numbers in the text, few decimals will do
  const bare = BARE.test(text)
  for (const [, label, before, n, after] of text.matchAll(DECIMAL)) {
    const side = HEMISPHERES[after ?? before ?? '']
    const places = digits(n)
    if (places < (label || side || bare ? 1 : 3)) continue
    const axis = side?.[0] ?? (label ? (/^(la|li|y)/.test(label) ? 'lat' : 'lon') : null)
    out.push({ value: side ? Math.abs(num(n)) * side[1] : num(n), axis, step: 10 ** -places / 2 })
  }
  return out
}

/**
 * The position written in a text, in any usual spelling, or null when there is none, or 'invalid' when two numbers are
 * meant as one but cannot be. `centre` decides between readings: a pair whose order or sign looks wrong but which lands
 * by the city when mended is mended, and says so.
 */
export function readCoordinates(text: string, centre: LonLat): ReadPosition | 'invalid' | null {
  const plain = unify(text)
  const letterFirst = /^[^\d]*(?<![a-z])(?:ls|lu|bt|bb|[nsewutb])\s*\d/.test(plain)
  let angles = [...plain.matchAll(letterFirst ? LETTER_THEN_SIGN : SIGN_THEN_LETTER)].map(degrees)
  if (angles.length !== 2) angles = [...plain.matchAll(WITH_BLANKS)].map(degrees)
  if (angles.length !== 2) angles = decimals(plain)
  if (angles.length !== 2) return null
  const [a, b] = angles
  if (!a || !b) return 'invalid'
  return resolve(a, b, centre)
}

/** Tells latitude from longitude, mends what is certainly or very likely swapped or lacks its minus. */
export function resolve(a: Angle, b: Angle, centre: LonLat): ReadPosition | 'invalid' {
  const why: string[] = []
  const labelled = a.axis !== null || b.axis !== null
  let [lat, lon] = a.axis === 'lon' || b.axis === 'lat' ? [b, a] : [a, b]
  if (a.axis !== null && a.axis === b.axis) return 'invalid'
  if (Math.abs(lat.value) > 180 || Math.abs(lon.value) > 180) return 'invalid'
  let point: LonLat = [lon.value, lat.value]
  let alternative: LonLat | undefined
  const far = (p: LonLat) => distanceM(p, centre)
  const swapped: LonLat = [lat.value, lon.value]
  if (Math.abs(lat.value) > 90) {
    if (Math.abs(lon.value) > 90) return 'invalid'
    ;[lat, lon] = [lon, lat]
    point = swapped
    why.push(
      labelled
        ? 'lintang dan bujur tertukar, dibaca terbalik'
        : 'bujur ditulis lebih dulu: lintang dan bujur dibaca terbalik',
    )
  } else if (Math.abs(lon.value) <= 90 && far(swapped) < 60_000 && far(point) > 60_000) {
    alternative = swapped
    why.push('mungkin lintang dan bujur tertukar')
  }
  const flipped: LonLat = [point[0], -point[1]]
  if (far(point) > 300_000 && far(flipped) < 100_000) {
    alternative = point
    point = flipped
    why.push('tanda minus pada lintang tidak ada: dibaca lintang selatan')
  }
  const accuracy_m = Math.max(5, Math.min(20_000, Math.max(lat.step, lon.step) * 111_195))
  return { point, accuracy_m, why: ['koordinat', ...why], ...(alternative ? { alternative } : {}) }
}
