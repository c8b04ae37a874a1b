import { distanceM, type LonLat } from '../earth.ts'
import { readUtm } from './utm.ts'

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
/** Degrees, minutes and seconds with their signs; the degree sign is what makes it one. */
const SIGNED = `([-+]?${NUM})\\s*°\\s*(?:(${NUM})\\s*'\\s*)?(?:(${NUM})\\s*"\\s*)?`
/** 6 53 23.7, 6:53:23.7, 6-53-23.7: without signs the hemisphere is needed. */
const BLANKS = '(\\d{1,3})[\\s:-](\\d{1,2})[\\s:-](\\d{1,2}(?:[.,]\\d+)?)\\s*"?'
/** 6 53.388: degrees and minutes with decimals. */
const MINUTES = "(\\d{1,3})[\\s:-](\\d{1,2}[.,]\\d+)()\\s*'?"
const DECIMAL = '([-+]?\\d{1,3}(?:[.,]\\d+)?)(?!\\d|\\.\\d)'
const LABEL = '(?:(?<![a-z])(lat(?:itude)?|lintang|y|lon(?:g(?:itude)?)?|lng|bujur|x)["\']?\\s*[:=]?\\s*)?'

/** The letter of the hemisphere stands behind its number, or before both numbers; groups: letter, d, m, s, letter. */
const forms = (body: string, hemisphere = '') => ({
  behind: new RegExp(`(?<![\\d.,])()${body}\\s*(?:${HEMI})${hemisphere}`, 'g'),
  before: new RegExp(`(?<![a-z])${HEMI}\\s*${body}()`, 'g'),
})
const WITH_SIGNS = forms(SIGNED, '?')
const WITHOUT_SIGNS = [forms(BLANKS), forms(MINUTES)]
const DECIMALS = {
  behind: new RegExp(`${LABEL}()(?<!\\d)${DECIMAL}\\s*(?:${HEMI})?`, 'g'),
  before: new RegExp(`${LABEL}(?:(?<![a-z])${HEMI}\\s*)?(?<!\\d)${DECIMAL}()`, 'g'),
}

const BARE = /^\s*(?:\(\s*)?[-+]?\d{1,3}\.\d+(?:\s*[,;]\s*|\s+)[-+]?\d{1,3}\.\d+\s*(?:\)\s*)?$/
const LETTER_FIRST = /^[^\d]*(?<![a-z])(?:ls|lu|bt|bb|[nsewutb])\s*\d/
/** How good the phone that wrote it says the position is. */
const STATED = /(?:±|\+\/-|akurasi|ketelitian|accuracy|acc)["']?\s*[:=]?\s*(\d{1,5})(?:[.,]\d+)?\s*(km\b)?m?/

const WORDS: readonly [RegExp, string][] = [
  [/\bderajat\b|\bdeg(?:rees?)?\b|[ºo˚](?=\s*\d+(?:[.,]\d+)?\s*['′’ʹ])|[º˚]/g, '°'],
  [/\bmenit\b|\bmin(?:utes?)?\b/g, "'"],
  [/\bdetik\b|\bsec(?:onds?)?\b/g, '"'],
  [/[′‘’´`ʹʼ]/g, "'"],
  [/''|[″“”„ʺ〃]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\b(?:minus|min)\s+(?=\d)/g, '-'],
  // a minus apart from its number, where it cannot stand between two
  [/-(?<=(?:^\s*|[(,;:=]\s*|[a-z]\s+)-)\s+(?=\d)/g, '-'],
  [/(\d)\s*d\s*(\d{1,2})\s*m\s*(\d{1,2}(?:[.,]\d+)?)(?:\s*s(?=\s*(?:[nsewutb]|l[su]|b[tb])(?![a-z])))?/g, `$1°$2'$3"`],
]
/** The last sign is often left out: 6°52.818 S, 6°53'23.7 S. */
const UNSIGNED: readonly [RegExp, string][] = [
  [/(?<![\d.,])(\d{1,3}°\s*\d{1,2}[.,]\d+)(?!\d|\s*['"])/g, "$1'"],
  [/(°\s*\d{1,2}'\s*\d{1,2}(?:[.,]\d+)?)(?!\d|[.,]\d|\s*['"])/g, '$1"'],
]
const HEMISPHERE_WORDS: Record<string, string> = { selatan: 'ls', utara: 'lu', timur: 'bt', barat: 'bb' }

/** Unifies the many degree, minute and second signs and the words for them; keeps everything else. */
function unify(text: string): string {
  const hemispheres = text
    .toLowerCase()
    .replace(/(?:lintang\s+(selatan|utara)|bujur\s+(timur|barat))/g, (_, ns?: string, ew?: string) => {
      return HEMISPHERE_WORDS[ns ?? ew ?? '']
    })
  return [...WORDS, ...UNSIGNED].reduce((plain, [pattern, by]) => plain.replace(pattern, by), hemispheres)
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
  const step = (unit * 10 ** -digits(s || m || d)) / 2
  return { value: size * (side ? side[1] : d.startsWith('-') ? -1 : 1), axis: side?.[0] ?? null, step }
}

function decimals(text: string, letterFirst: boolean): Angle[] {
  const out: Angle[] = []
  // with nothing but two numbers in the text, few decimals will do
  const bare = BARE.test(text)
  for (const [, label, before, n, after] of text.matchAll(letterFirst ? DECIMALS.before : DECIMALS.behind)) {
    const side = HEMISPHERES[after || before || '']
    const places = digits(n)
    if (places < (label || side || bare ? 1 : 3)) continue
    const axis = side?.[0] ?? (label ? (/^(la|li|y)/.test(label) ? 'lat' : 'lon') : null)
    out.push({ value: side ? Math.abs(num(n)) * side[1] : num(n), axis, step: 10 ** -places / 2 })
  }
  // positions of tracking apps name the height third
  return out.length === 3 && out.every((each) => each.axis === null) ? out.slice(0, 2) : out
}

/**
 * The position written in a text, in any usual spelling, or null when there is none, or 'invalid' when two numbers are
 * meant as one but cannot be. `centre` decides between readings: a pair whose order or sign looks wrong but which lands
 * by the city when mended is mended, and says so.
 */
export function readCoordinates(text: string, centre: LonLat): ReadPosition | 'invalid' | null {
  if (!/\d/.test(text)) return null
  const utm = readUtm(text, centre)
  if (utm === 'invalid') return utm
  if (utm) return { point: utm.point, accuracy_m: utm.accuracy_m, why: [utm.why] }
  const whole = unify(text)
  const stated = STATED.exec(whole)
  const plain = stated ? whole.replace(stated[0], ' ') : whole
  const letterFirst = LETTER_FIRST.test(plain)
  const order = letterFirst ? 'before' : 'behind'
  let angles: (Angle | null)[] = []
  for (const form of [WITH_SIGNS, ...WITHOUT_SIGNS]) {
    if (angles.length !== 2) angles = [...plain.matchAll(form[order])].map(degrees)
  }
  if (angles.length !== 2) angles = decimals(plain, letterFirst)
  if (angles.length !== 2) return null
  const [a, b] = angles
  if (!a || !b) return 'invalid'
  const read = resolve(a, b, centre)
  if (read === 'invalid' || !stated) return read
  const metres = Number(stated[1]) * (stated[2] ? 1000 : 1)
  return { ...read, accuracy_m: Math.max(read.accuracy_m, Math.min(20_000, metres)) }
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
    // "109,66 LS 6,89 BT": the letters stand beside the wrong number
    const sized: LonLat = [Math.abs(swapped[0]), -Math.abs(swapped[1])]
    point = labelled && far(swapped) > 300_000 && far(sized) < 100_000 ? sized : swapped
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
