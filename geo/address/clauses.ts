import { distanceM } from '../earth.ts'
import { isArea } from './area_entries.ts'
import { sayMetres } from './compass.ts'
import { nearestOnLines } from './shapes.ts'
import type { Token } from './tokens.ts'
import type { GeocodeResult } from './types.ts'

/** Two things said in one breath lie this near to each other, give or take what each of them spans. */
const TOGETHER_M = 500
/** Farther apart they were not meant together. */
const APART_M = 1000
/** Below this two things said do not explain each other better than one of them alone. */
const LEAST_FIT = 0.4
/** What fits a part this much less well than its best reading is not meant by it. */
const NEARLY = 0.85
/** Of two things said together the one told less exactly stands behind the other. */
const BEHIND = 0.97

const names = (token: Token) => token.kind === 'word' || token.kind === 'class' || token.kind === 'number'

/**
 * The parts of a question that may each name a thing: "depan masjid jami, prapatan kartini" has two. Parted by commas, by
 * words of relation ("jalan kartini depan masjid jami"), and where a crossing is told after a place; a part that names nothing is left out. One part or none: nothing to compare.
 */
export function clausesOf(tokens: readonly Token[]): Token[][] {
  const out: Token[][] = [[]]
  for (const token of tokens) {
    const last = out[out.length - 1]
    const opens = token.kind === 'crossing' && last.some((each) => each.kind === 'class')
    const apart = token.kind === 'relation' && last.some(names)
    if (last.length > 0 && (opens || apart || /[,;]/.test(token.gap))) out.push([{ ...token, gap: '' }])
    else last.push(token)
  }
  return out.filter((clause) => clause.some(names))
}

/** Metres between two answers, a street's from its nearest point. */
function apartM(a: GeocodeResult, b: GeocodeResult): number {
  const toward = (from: GeocodeResult, to: GeocodeResult) =>
    to.area?.type === 'MultiLineString'
      ? (nearestOnLines(from.point, to.area.coordinates)?.distance_m ?? Infinity)
      : distanceM(from.point, to.point)
  return Math.min(toward(a, b), toward(b, a))
}

/** "Museum Batik" is known as it stands: that some Kampung Batik lies nearer explains nothing. */
const likeliest = (results: readonly GeocodeResult[]) => {
  const best = Math.max(0, ...results.map((each) => each.score))
  return results.filter((each) => each.score >= best * NEARLY)
}

/**
 * The answers of two parts of a question that lie together, best first: of each pair the one told more exactly before the
 * other, their score how well both fit and how near they are. Areas do not count: what they limit is found by the whole question.
 */
export function together(first: readonly GeocodeResult[], second: readonly GeocodeResult[]): GeocodeResult[] {
  const out: GeocodeResult[] = []
  for (const a of likeliest(first)) {
    for (const b of likeliest(second)) {
      if (isArea(a) || isArea(b) || a.name === b.name) continue
      const apart = apartM(a, b)
      if (apart > APART_M) continue
      const score = Math.sqrt((a.score * b.score) / (1 + (apart / TOGETHER_M) ** 2))
      if (score < LEAST_FIT) continue
      const [exact, other] = b.accuracy_m < a.accuracy_m ? [b, a] : [a, b]
      // both were said: the event lies between them or at either
      const lying = (each: GeocodeResult, beside: GeocodeResult, fit: number): GeocodeResult => ({
        ...each,
        score: fit,
        accuracy_m: Math.round(Math.max(each.accuracy_m, Math.min(apart, TOGETHER_M))),
        why: [...each.why, `${sayMetres(Math.max(10, apart))} dari ${beside.name}, yang juga disebut`],
      })
      out.push(lying(exact, other, score), lying(other, exact, score * BEHIND))
    }
  }
  return out.sort((x, y) => y.score - x.score)
}
