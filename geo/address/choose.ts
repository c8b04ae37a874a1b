import { distanceM, type LonLat } from '../earth.ts'
import { fold } from './normalise.ts'
import { nameTokens } from './tokens.ts'
import type { GeocodeResult } from './types.ts'

/** Answers nearer than this are one place to a driver. */
const APART_M = 150
/** Difference in fit that makes one answer e times as likely as another. */
const DOUBT = 0.035

const key = (result: GeocodeResult) =>
  fold(
    nameTokens(result.name)
      .map((each) => each.text)
      .join(''),
  )

/** Drops later answers that repeat an earlier one: same name, or a survey's second point of the same thing. */
export function withoutRepeats(results: readonly GeocodeResult[]): GeocodeResult[] {
  const out: (GeocodeResult & { key: string })[] = []
  for (const result of results) {
    const own = key(result)
    const repeat = out.some((other) => {
      if ((other.type === 'street') !== (result.type === 'street')) return false
      return other.key === own && distanceM(other.point, result.point) < APART_M
    })
    if (!repeat) out.push({ ...result, key: own })
  }
  return out.map(({ key: _key, ...result }) => result)
}

/**
 * Turns fits into something like probabilities: answers that lie apart share what the question can tell. `near` favours
 * what is close, by up to a tenth of a point of fit.
 */
export function calibrate(results: readonly GeocodeResult[], near: LonLat | null): GeocodeResult[] {
  const fits = results.map(
    (result) => result.score - (near ? Math.min(0.03, distanceM(result.point, near) / 200_000) : 0),
  )
  const order = results.map((_, i) => i).sort((a, b) => fits[b] - fits[a])
  const top = Math.max(...fits)
  let sum = 0
  const counted: number[] = []
  const chances = order.map((i) => {
    const chance = Math.exp((fits[i] - top) / DOUBT)
    if (counted.every((k) => distanceM(results[k].point, results[i].point) > APART_M)) {
      counted.push(i)
      sum += chance
    }
    return chance
  })
  return order.map((i, rank) => ({
    ...results[i],
    score: Math.round(probability(Math.min(1, results[i].score)) * Math.min(1, chances[rank] / sum) * 1000) / 1000,
  }))
}

/**
 * What a middling fit is worth: measured on callers' words of which one in seven names nothing the gazetteer knows
 * (tests/geo/address/calibration.test.ts), such an answer is right less often than it fits.
 */
function probability(fit: number): number {
  return Math.max(fit / 3, fit - 0.35 * Math.max(0, 0.75 - fit))
}

const named = (result: GeocodeResult) => (result.type === 'kelurahan' ? `Kel. ${result.name}` : result.name)
const placed = (result: GeocodeResult) =>
  named(result) + (result.district && result.type !== 'kelurahan' ? ` (${result.district})` : '')

/** The districts of the answers that bear the first one's name and are about as likely, each once. */
function namesakes([first, ...others]: readonly GeocodeResult[]): string[] {
  const alike = others.filter((other) => key(other) === key(first) && other.score > first.score * 0.35)
  return [...new Set([first, ...alike].flatMap(({ district }) => district ?? []))]
}

/** The districts of the answers whose name holds the first one's: a caller who says "masjid jami" may mean any of them. */
function longerNames(results: readonly GeocodeResult[]): string[] {
  const own = key(results[0])
  return [...new Set(results.filter((each) => key(each).includes(own)).flatMap(({ district }) => district ?? []))]
}

const anyOf = (first: GeocodeResult, districts: readonly string[]) =>
  districts.length > 2
    ? `${first.name} yang di kelurahan mana: ${districts.slice(0, 4).join(', ')}, atau yang lain?`
    : null

/** The other streets of the crossings that one street has with them and that are about as likely. */
function crossedBy([first, ...others]: readonly GeocodeResult[]): string[] {
  if (first.type !== 'crossing') return []
  const alike = others.filter(
    (each) => each.type === 'crossing' && each.street === first.street && each.score > first.score * 0.35,
  )
  return [...new Set([first, ...alike].map(({ name }) => name.split(' – ')[1]))]
}

const sayOr = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} atau ${names[names.length - 1]}`

/** The two best answers, and a third that is about as likely: nobody on the phone keeps more apart. */
function rivals(first: GeocodeResult, second: GeocodeResult, results: readonly GeocodeResult[]): GeocodeResult[] {
  const third = results.find(
    (each) =>
      each.score > first.score * 0.7 &&
      [first, second].every((known) => distanceM(known.point, each.point) > APART_M && placed(known) !== placed(each)),
  )
  return third ? [first, second, third] : [first, second]
}

/** The one question that separates the best answers, or what is missing in a lone vague one; null when nothing is. */
export function question(results: readonly GeocodeResult[]): string | null {
  const [first] = results
  const second = first && results.find((result) => distanceM(result.point, first.point) > APART_M)
  if (!first) return 'Di jalan apa, kelurahan apa, atau dekat bangunan apa?'
  if (first.type === 'coordinate') return null
  if (first.type === 'outside') return first.score < 0.8 ? `Benarkah di ${first.name}, di luar kota?` : null
  const meetings = crossedBy(results)
  if (meetings.length > 2) return `${first.street} bertemu jalan apa: ${sayOr(meetings)}?`
  const doubtful = second && second.score > first.score * 0.35 && first.score < 0.8
  if (doubtful) {
    const same = key(first) === key(second)
    const districts = namesakes(results)
    if (same && districts.length > 3)
      return `${first.name} yang di kelurahan mana: ${districts.slice(0, 4).join(', ')}, atau yang lain?`
    if (same && districts.length > 1) return `${first.name} yang di ${sayOr(districts)}?`
    if (same && first.type === 'crossing') return `${first.name}: ada beberapa titik temu, dekat bangunan apa?`
    if (same) return `Ada beberapa ${first.name}: dekat jalan atau bangunan apa?`
    return anyOf(first, longerNames(results)) ?? `Maksudnya ${sayOr(rivals(first, second, results).map(placed))}?`
  }
  const any = first.score < 0.5 ? anyOf(first, longerNames(results)) : null
  if (any) return any
  if (first.score < 0.5) return `Benarkah ${first.label}?`
  if (first.type === 'kelurahan' || first.type === 'kecamatan')
    return `Di ${named(first)} sebelah mana: jalan apa atau dekat bangunan apa?`
  if (first.type === 'street' && first.accuracy_m > 300)
    return `${first.name} sebelah mana: kelurahan apa atau dekat bangunan apa?`
  return null
}
