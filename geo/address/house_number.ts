import { spokenNumberAt } from './spoken_number.ts'
import type { Token } from './tokens.ts'
import type { GeocodeResult } from './types.ts'

/** What a caller said beside the name: numbers of house, block, lane, kilometre and neighbourhood, as said. */
export interface SaidNumbers {
  /** "12", "12 A", "12/3". */
  housenumber: string | null
  block: string | null
  /** "4" or a name, "Mawar". */
  gang: string | null
  km: string | null
  rt: string | null
  rw: string | null
  /** A lone number at the end of a name ("sriwijaya 12"): a house number if the street found has no such number. */
  bare: string | null
}

/** House numbers have at most four digits; more is a telephone or a postcode. */
const LONGEST_NUMBER = 4
/** After these a name cannot go on. */
const ENDS_NAME = new Set([
  'street_mark',
  'area_mark',
  'kecamatan_mark',
  'regency_mark',
  'drop',
  'relation',
  'crossing',
  'filler',
])

/** A number at i, in digits or in words ("dua belas", "dua puluh satu"), as digits, and how many words it takes. */
function numberAt(tokens: readonly Token[], i: number): [text: string, taken: number] | null {
  const found = spokenNumberAt(tokens, i)
  if (!found) return null
  const [value, taken] = found
  return [taken === 1 && tokens[i].kind === 'number' ? tokens[i].text : String(value), taken]
}

const isLetter = (token: Token | undefined): token is Token => token?.kind === 'title' && /^[a-z]$/.test(token.text)

/** "12", "12 a", "12/3", "12a-14", "c5", from i: the text and how many words it takes; null when no number stands there. */
function houseAt(tokens: readonly Token[], i: number): [text: string, taken: number] | null {
  let at = i
  let text = ''
  if (isLetter(tokens[at]) && tokens[at + 1]?.kind === 'number' && !/[,;]/.test(tokens[at + 1].gap))
    text = tokens[at++].text.toUpperCase()
  const first = numberAt(tokens, at)
  if (!first) return null
  text += first[0]
  at += first[1]
  for (;;) {
    const token = tokens[at]
    if (isLetter(token) && !/[,;]/.test(token.gap) && /\d$/.test(text)) text += ` ${token.text.toUpperCase()}`
    else if (token?.kind === 'number' && /^[/-]$/.test(token.gap)) text += token.gap + token.text
    else return [text, at - i]
    at++
  }
}

/** The words of a lane's name from i, where a mark, a comma or the end bounds them: "gang mawar, jl kartini". */
function laneAt(tokens: readonly Token[], i: number): string | null {
  const words: string[] = []
  for (let at = i; at < tokens.length && words.length < 3; at++) {
    const token = tokens[at]
    if (ENDS_NAME.has(token.kind) || (at > i && /[,;]/.test(token.gap))) break
    if (token.kind !== 'word') return null
    words.push(token.text[0].toUpperCase() + token.text.slice(1))
  }
  return words.length > 0 && words.length < 3 ? words.join(' ') : null
}

/**
 * Takes house and neighbourhood numbers out of a question. A lane's number and a block's letter stay as weak words, for a
 * street of the gazetteer may bear them; all else that was read is no part of any name.
 */
export function takeNumbers(tokens: readonly Token[]): { tokens: Token[]; said: SaidNumbers } {
  const left: Token[] = []
  const said: SaidNumbers = { housenumber: null, block: null, gang: null, km: null, rt: null, rw: null, bare: null }
  for (let i = 0; i < tokens.length;) {
    const each = tokens[i]
    const taken = each.kind === 'drop' ? takeOne(tokens, i, left, said) : 0
    if (taken === 0) left.push(each.kind === 'drop' ? { ...each, kind: 'weak' } : each)
    i += Math.max(1, taken)
  }
  said.bare = bareNumber(left)
  return { tokens: left, said }
}

/** Reads what the mark at i introduces; answers how many words it took, 0 for none. */
function takeOne(tokens: readonly Token[], i: number, left: Token[], said: SaidNumbers): number {
  const each = tokens[i]
  const number = numberAt(tokens, i + 1)
  const keep = (from: number, to: number) => {
    for (const token of tokens.slice(from, to)) left.push({ ...token, kind: 'weak' })
  }
  switch (each.text) {
    case 'nomor': {
      const house = houseAt(tokens, i + 1)
      if (!house) return 0
      if ((/\d+/.exec(house[0])?.[0].length ?? 0) <= LONGEST_NUMBER) said.housenumber ??= house[0]
      return 1 + house[1]
    }
    case 'rt':
    case 'rw': {
      // "RT/RW 3/4" names both marks first
      const both = each.text === 'rt' && tokens[i + 1]?.kind === 'drop' && tokens[i + 1].text === 'rw'
      const at = i + (both ? 2 : 1)
      const first = numberAt(tokens, at)
      if (!first) return 0
      said[each.text] ??= first[0]
      const next = tokens[at + first[1]]
      if (next?.kind !== 'number' || !/^[/-]$/.test(next.gap)) return at - i + first[1]
      if (each.text === 'rt') said.rw ??= next.text
      return at - i + first[1] + 1
    }
    case 'blok': {
      if (number) {
        said.block ??= number[0]
        return 1 + number[1]
      }
      const letter = tokens[i + 1]
      if (!isLetter(letter)) return 0
      said.block ??= letter.text.toUpperCase()
      keep(i, i + 2)
      const house = /[,;]/.test(tokens[i + 2]?.gap ?? '') ? null : houseAt(tokens, i + 2)
      if (house) said.housenumber ??= house[0]
      return 2 + (house?.[1] ?? 0)
    }
    case 'gang': {
      if (!number) {
        said.gang ??= laneAt(tokens, i + 1)
        return 0
      }
      const letter = tokens[i + 1 + number[1]]
      said.gang ??= number[0] + (isLetter(letter) && letter.gap === '' ? letter.text.toUpperCase() : '')
      keep(i, i + 1 + number[1])
      return 1 + number[1]
    }
    case 'km': {
      if (!number) return 0
      const part = tokens[i + 2]
      const decimal = number[1] === 1 && part?.kind === 'number' && /^[.,]$/.test(part.gap)
      said.km ??= decimal ? `${number[0]},${part.text}` : number[0]
      return 1 + number[1] + (decimal ? 1 : 0)
    }
    default:
      return number ? 1 + number[1] : 0
  }
}

/** The number that ends a name, with its letter; null where it counts something else ("3 rumah", "200 meter"). */
function bareNumber(tokens: readonly Token[]): string | null {
  const at = tokens.findLastIndex((each) => each.kind === 'number')
  const before = tokens[at - 1]
  if (at < 1 || tokens[at].text.length > LONGEST_NUMBER || (before.kind !== 'word' && before.kind !== 'title'))
    return null
  const house = houseAt(tokens, at)
  const next = house && tokens[at + house[1]]
  if (!house || (next && !/[,;]/.test(next.gap) && !next.kind.endsWith('_mark') && next.kind !== 'relation'))
    return null
  return house[0]
}

/** A number in two digits, as it stands on signs; what is no plain number stays. */
export const twoDigits = (text: string): string => (/^\d$/.test(text) ? `0${text}` : text)

/** "RT 03 RW 07", of what was said of it; '' when nothing was. */
export function sayNeighbourhood({ rt, rw }: Pick<SaidNumbers, 'rt' | 'rw'>): string {
  return [rt && `RT ${twoDigits(rt)}`, rw && `RW ${twoDigits(rw)}`].filter(Boolean).join(' ')
}

/**
 * An answer with the numbers that were said beside it. A street's label carries them, and `why` says that the map does not
 * know where along the street they are; `map_label` is the label without them. RT and RW: see neighbourhood.ts.
 */
export function withNumbers(result: GeocodeResult, said: SaidNumbers): GeocodeResult {
  const own = result.name.toLowerCase()
  const street = result.type === 'street'
  const isNumbered = (text: string) => new RegExp(`(?<![\\d])0*${text}(?!\\d)`).test(own) || numbersOf(own).has(text)
  const bare = street && said.bare && !isNumbered(said.bare.split(/[ /-]/)[0]) ? said.bare : null
  const housenumber = said.housenumber ?? bare
  const gang = said.gang && !/\b(gg|gang)\b/.test(own) && !own.includes(said.gang.toLowerCase()) ? said.gang : null
  const block = said.block
  const parts = [
    gang && `Gang ${gang}`,
    said.km && `Km ${said.km}`,
    block && `Blok ${block}`,
    housenumber && `No. ${housenumber}`,
  ].filter((part) => part !== null && part !== '')
  const missing = [
    gang && `gang ${gang} tidak ada di peta`,
    said.km && `km ${said.km} tidak ada ukurannya di peta`,
    block && `blok ${block} tidak ada di peta`,
    housenumber && 'nomor rumah tidak ada di peta',
  ].filter((part) => part !== null && part !== '')
  const out: GeocodeResult = {
    ...result,
    ...(housenumber ? { housenumber } : {}),
    ...(block ? { block } : {}),
    ...(gang ? { gang } : {}),
    ...(said.km ? { km: said.km } : {}),
    ...(said.rt ? { rt: said.rt } : {}),
    ...(said.rw ? { rw: said.rw } : {}),
  }
  const map_label = result.label
  // an estate's houses go by block and number, and so do its callers
  if (
    parts.length > 0 &&
    (street || (block !== null && result.type === 'place')) &&
    result.label.includes(result.name)
  ) {
    const whole = street ? 'seluruh jalan' : 'titik tempatnya'
    out.label = result.label.replace(result.name, (name) => `${name} ${parts.join(' ')}`)
    out.map_label = map_label
    out.why = [...result.why, `${missing.join(', ')}: ${whole}`]
  }
  if (result.unmapped) {
    out.label = `${out.label} (${result.unmapped})`
    out.map_label = map_label
  }
  return out
}

const ROMAN_VALUES: Readonly<Record<string, string>> = Object.fromEntries(
  'i ii iii iv v vi vii viii ix x xi xii'.split(' ').map((roman, i) => [roman, String(i + 1)]),
)

/** Numbers that a name bears in Roman. */
function numbersOf(name: string): Set<string> {
  return new Set(name.split(/[^a-z]+/).flatMap((word) => ROMAN_VALUES[word] ?? []))
}
