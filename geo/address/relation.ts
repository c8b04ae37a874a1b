import { bearingOfWord } from './compass.ts'
import { spokenNumberAt } from './spoken_number.ts'
import type { Token } from './tokens.ts'

/** How the event lies to what is named. */
export interface Relation {
  /** Metres given in words, or null. */
  distance_m: number | null
  bearing_deg: number | null
  /** The words themselves, for the label ("200 m timur", "depan"). */
  words: string[]
}

const METRES: Readonly<Record<string, number>> = { m: 1, mtr: 1, meter: 1, km: 1000, kilo: 1000, kilometer: 1000 }
/** Words before which a compass word cannot yet be part of a name. */
const BEFORE_NAME = new Set(['filler', 'relation', 'toward', 'area_mark', 'joiner'])

/** A number at i, in digits or words ("1,5", "seratus lima puluh", "satu setengah"): its value and how many words it takes. */
function numberAt(tokens: readonly Token[], i: number): [value: number, taken: number] | null {
  const isHalf = (at: number) => tokens[at]?.text === 'setengah'
  if (isHalf(i)) return [0.5, 1]
  const [token, next] = [tokens[i], tokens[i + 1]]
  if (token.kind === 'number' && next?.kind === 'number' && /^[.,]$/.test(next.gap))
    return [Number(`${token.text}.${next.text}`), 2]
  const whole = spokenNumberAt(tokens, i)
  return whole && isHalf(i + whole[1]) ? [whole[0] + 0.5, whole[1] + 1] : whole
}

function compassAt(tokens: readonly Token[], i: number): [bearing: number, taken: number] | null {
  if (tokens[i]?.kind !== 'direction') return null
  const two = tokens[i + 1] ? bearingOfWord(`${tokens[i].text} ${tokens[i + 1].text}`) : null
  if (two !== null) return [two, 2]
  const one = bearingOfWord(tokens[i].text)
  return one === null ? null : [one, 1]
}

/**
 * Takes words of relation out of a question. A compass word is taken only where it cannot belong to a name: before the
 * name ("utara RSUD"), after "sebelah" or "ke", or beside a distance ("200 meter timur").
 */
export function readRelation(tokens: readonly Token[]): { tokens: Token[]; relation: Relation | null } {
  const left: Token[] = []
  const relation: Relation = { distance_m: null, bearing_deg: null, words: [] }
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i]
    const number = numberAt(tokens, i)
    const unit = number && tokens[i + number[1]] ? METRES[tokens[i + number[1]].text] : undefined
    if (number && unit && number[0] > 0 && number[0] * unit <= 20_000 && relation.distance_m === null) {
      relation.distance_m = number[0] * unit
      i += number[1] + 1
      continue
    }
    const compass = compassAt(tokens, i)
    if (compass && relation.bearing_deg === null) {
      const before = tokens[i - 1]
      const opening = left.every((each) => BEFORE_NAME.has(each.kind))
      const led =
        before?.kind === 'relation' ||
        before?.text === 'ke' ||
        (before?.text === 'arah' && relation.distance_m !== null)
      const measured = relation.distance_m !== null && before !== undefined && METRES[before.text] !== undefined
      const follows = tokens.slice(i + compass[1]).some((each) => !BEFORE_NAME.has(each.kind))
      if ((opening && follows) || led || measured) {
        relation.bearing_deg = compass[0]
        relation.words.push(
          tokens
            .slice(i, i + compass[1])
            .map((each) => each.text)
            .join(' '),
        )
        i += compass[1]
        continue
      }
    }
    if (token.kind === 'relation') relation.words.push(token.text)
    left.push(token)
    i++
  }
  const any = relation.distance_m !== null || relation.bearing_deg !== null || relation.words.length > 0
  return { tokens: left, relation: any ? relation : null }
}
