import { takeNumbers, type SaidNumbers } from './house_number.ts'
import { LEXICON, LONGEST, NUMBERS, ROMAN, type Kind } from './lexicon.ts'
import { clean, fold } from './normalise.ts'

/** One word of a name or a query in its canonical form. */
export interface Token {
  /** Canonical spelling, and its sound. */
  text: string
  sound: string
  kind: Kind
  /** What stood between this word and the one before it, blanks removed (`,` `-` `/` ...). */
  gap: string
}

interface Raw {
  text: string
  gap: string
}

/** Words and numbers of cleaned text, digits parted from letters ("rt03", "2Pasir"), apostrophes dropped. */
function split(text: string): Raw[] {
  const out: Raw[] = []
  let end = 0
  for (const match of text.matchAll(/[a-z]+(?:'[a-z]+)*|\d+/g)) {
    out.push({ text: match[0].replaceAll("'", ''), gap: text.slice(end, match.index).replaceAll(' ', '') })
    end = match.index + match[0].length
  }
  return out
}

function token(text: string, kind: Kind, gap: string): Token {
  return { text, sound: fold(text), kind, gap }
}

/** Reads words by the lexicon, the longest phrase first; a phrase never reaches over a comma, slash or dash. */
function read(words: readonly Raw[]): Token[] {
  const out: Token[] = []
  for (let i = 0; i < words.length;) {
    let taken = 1
    let meaning = undefined as ReturnType<typeof LEXICON.get>
    for (let n = Math.min(LONGEST, words.length - i); n >= 1; n--) {
      if (words.slice(i + 1, i + n).some((word) => /[,;/]/.test(word.gap))) continue
      meaning = LEXICON.get(
        words
          .slice(i, i + n)
          .map((word) => word.text)
          .join(' '),
      )
      if (meaning) {
        taken = n
        break
      }
    }
    const { text, gap } = words[i]
    if (meaning) {
      const [first, ...rest] = meaning.words
      out.push(token(first, meaning.kind, gap))
      for (const word of rest) out.push(token(word, meaning.kind === 'class' ? 'weak' : meaning.kind, ''))
    } else if (/^\d/.test(text)) out.push(token(text.replace(/^0+(?=\d)/, ''), 'number', gap))
    else if (NUMBERS.has(text)) out.push(token(NUMBERS.get(text)!, 'number', gap))
    else if (i > 0 && ROMAN.has(text)) out.push(token(ROMAN.get(text)!, 'number', gap))
    else out.push(token(text, text.length === 1 ? 'title' : 'word', gap))
    i += taken
  }
  return out
}

/** Words that are only talk in a question are part of the name in a name. */
const PLAIN_IN_NAMES = new Set<Kind>([
  'filler',
  'relation',
  'direction',
  'joiner',
  'crossing',
  'toward',
  'drop',
  'regency_mark',
])

/** The words of a name of the gazetteer; the street mark is left out, for it says only what sort of thing it is. */
export function nameTokens(name: string): Token[] {
  const tokens = read(split(clean(name)))
  const out: Token[] = []
  tokens.forEach((each, i) => {
    if (each.kind === 'street_mark' && i === 0 && tokens.length > 1) return
    if (i === 0 && each.text === 'kelurahan' && tokens.length > 1) out.push(token('kantorlurah', 'class', ''))
    else if (each.kind.endsWith('_mark') || each.text === 'dan') out.push({ ...each, kind: 'weak' })
    else if (PLAIN_IN_NAMES.has(each.kind)) out.push({ ...each, kind: 'word' })
    else out.push(each)
  })
  return out
}

const SHORTENED = new Map([
  ['bar', 'barat'],
  ['tim', 'timur'],
  ['sel', 'selatan'],
  ['ut', 'utara'],
])
const BESIDE = new Set(['depan', 'seberang', 'belakang', 'samping', 'dekat'])
/** "depan kelurahan", and "utara kelurahan" where the question opens so ("Polsek Pekalongan Selatan kelurahan ..." does not). */
function standsBeside(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]
  if (before?.kind !== 'direction') return BESIDE.has(before?.text ?? '')
  return tokens.slice(0, i - 1).every((each) => each.kind === 'filler' || each.kind === 'relation')
}
/** How many words of a question are read: what is said beyond does not help to find a place. */
const MOST_WORDS = 40

/** A telephone number, in groups or in one. */
const TELEPHONE = /(?<![\d.,-])(?:\+62|62|0)[\s.-]?\d{2,4}(?:[\s.-]?\d{2,6}){1,3}(?![\d.,]*\d)/g
const FEWEST_DIGITS = 7

/** Without telephone numbers: they lead nowhere, and must not be taken for a house's or a street's number. */
function withoutTelephones(text: string): string {
  return text.replace(TELEPHONE, (number) => (number.replace(/\D/g, '').length >= FEWEST_DIGITS ? ' ' : number))
}

/** The words of what a caller said, as the lexicon reads them. */
function said(text: string, mend: Mend): Token[] {
  const words = split(clean(withoutTelephones(text))).slice(0, MOST_WORDS)
  const right = mend(words.map((word) => word.text))
  return read(words.map((word, i) => ({ ...word, text: right[i] })))
}

/** Corrects words before they are read, one for one. */
export type Mend = (words: readonly string[]) => readonly string[]
const AS_IT_IS: Mend = (words) => words

/** The words of what a caller said, house and neighbourhood numbers taken out. */
export function queryTokens(text: string, mend: Mend = AS_IT_IS): Token[] {
  return takeNumbers(said(text, mend)).tokens.map((each, i, tokens) =>
    // "Kec. Pekalongan Bar.", as maps shorten it
    SHORTENED.has(each.text) && tokens[i - 2]?.kind === 'kecamatan_mark'
      ? token(SHORTENED.get(each.text)!, 'direction', each.gap)
      : // one stands before an office, not before an area
        standsBeside(tokens, i) && (each.text === 'kelurahan' || each.text === 'kecamatan')
        ? token(each.text === 'kelurahan' ? 'kantorlurah' : 'kantorcamat', 'class', each.gap)
        : each,
  )
}

/** The numbers of house, lane and neighbourhood that a caller said. */
export function readNumbers(text: string): SaidNumbers {
  return takeNumbers(said(text, AS_IT_IS)).said
}
