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
    if (i === 0 && each.kind === 'area_mark' && tokens.length > 1) out.push(token('kantorlurah', 'class', ''))
    else if (each.kind.endsWith('_mark') || each.text === 'dan') out.push({ ...each, kind: 'weak' })
    else if (PLAIN_IN_NAMES.has(each.kind)) out.push({ ...each, kind: 'word' })
    else out.push(each)
  })
  return out
}

const BESIDE = new Set(['depan', 'seberang', 'belakang', 'samping'])
/** How many words of a question are read: what is said beyond does not help to find a place. */
const MOST_WORDS = 40

/** The words of what a caller said, house and neighbourhood numbers taken out; `mend` corrects a word before it is read. */
export function queryTokens(text: string, mend: (word: string) => string = (word) => word): Token[] {
  const words = split(clean(text)).slice(0, MOST_WORDS)
  const tokens = read(words.map((word) => ({ ...word, text: mend(word.text) })))
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const each = tokens[i]
    const next = tokens[i + 1]
    if (each.kind === 'drop' && next?.kind === 'number') {
      if (each.text === 'gang') out.push({ ...each, kind: 'weak' }, { ...next, kind: 'weak' })
      else if (next && tokens[i + 2]?.kind === 'number' && tokens[i + 2].gap === '/') i++
      i++
      // "no 12 a": a letter of the house number
      if (each.text === 'nomor' && tokens[i + 1]?.text.length === 1 && tokens[i + 1].kind === 'title') i++
    } else if (BESIDE.has(tokens[i - 1]?.text ?? '') && (each.text === 'kelurahan' || each.text === 'kecamatan')) {
      // one stands before an office, not before an area
      out.push(token(each.text === 'kelurahan' ? 'kantorlurah' : 'kantorcamat', 'class', each.gap))
    } else if (each.kind === 'drop') out.push({ ...each, kind: 'weak' })
    else out.push(each)
  }
  return out
}
