import { LEXICON, LONGEST, NUMBERS, type Kind } from './lexicon.ts'
import { clean } from './normalise.ts'

/** A name is never longer than this, in characters. */
const LONGEST_NAME = 60
/** Seven digits and more that stand together are somebody's number. */
const PHONE = /\+?\d(?:[\s().-]*\d){6,}/g
const LINK = /(?<!\S)\S+:\/\/\S+/g
/** What follows is who speaks, up to a comma or a word of a place. */
const INTRODUCES = new Set('saya,aku,kulo,nama,namanya,namaku,bernama,pelapor,pemilik,keluarga'.split(','))
const HONORIFIC = new Set('pak,bapak,bpk,bp,bu,ibu,mbak,mas,bang,kak,mbah,dik,om,tante,mbok,lik,haji,hajah'.split(','))
/** Behind one of these a person's name is a trade's. */
const TRADE = new Set(
  'warung,toko,bengkel,kedai,depot,rm,bakso,soto,sate,nasi,mie,pangkas,laundry,konter,counter,kios,salon,apotek'.split(
    ',',
  ),
)
/** Words of talk that are part of a name when more of it follows. */
const NOUNS = new Set('warung,gudang,kos,kosan'.split(','))
/** Talk that the lexicon of places does not know. */
const TALK = new Set(
  'tadi,terus,lalu,kemudian,sekarang,lihat,melihat,besar,kecil,sekali,banget,cuma,masih,belum,tidak,gak,nggak,bisa,lewat,katanya,kayak,seperti,kayaknya,oke,baik,maaf,terima,kasih,nanti,harus,bantu,bantuan,tetangga,suara,ledakan,meledak,macet,parah,dua,tiga,puluh'.split(
    ',',
  ),
)
/** House, neighbourhood and block numbers; a lane's number is part of its name. */
const NUMBERS_OF = new Set(['nomor', 'rt', 'rw', 'blok', 'km'])
const UNITS = /^(m|mtr|meter|km|menit|jam)$/
/** Parts of names more often than directions: Krapyak Lor. */
const PART_OF_NAME = new Set(['lor', 'kidul', 'wetan', 'kulon'])

interface Word {
  /** As it was written, cleaned. */
  text: string
  /** Canonical first word of what the lexicon makes of it. */
  means: string
  kind: Kind
  /** What stood before it, blanks removed. */
  gap: string
}

/** Words by the lexicon, the longest phrase first, in the caller's own spelling. */
function read(text: string): Word[] {
  let behind = 0
  const raw = [...text.matchAll(/[a-z]+(?:'[a-z]+)*'?|\d+/g)].map(({ 0: word, index }) => {
    const gap = text.slice(behind, index).replaceAll(' ', '')
    behind = index + word.length
    return { text: word, plain: word.replaceAll("'", ''), gap }
  })
  const out: Word[] = []
  for (let i = 0; i < raw.length;) {
    let n = Math.min(LONGEST, raw.length - i)
    const phrase = (length: number) => raw.slice(i, i + length)
    const meaning = (length: number) =>
      phrase(length).some((word, k) => k > 0 && /[,;/]/.test(word.gap))
        ? undefined
        : LEXICON.get(
            phrase(length)
              .map((word) => word.plain)
              .join(' '),
          )
    while (n > 1 && !meaning(n)) n--
    const found = meaning(n)
    const own = phrase(n)
      .map((word) => word.text)
      .join(' ')
    const number = /^\d/.test(own) || NUMBERS.has(own)
    const kind: Kind = found?.kind ?? (number ? 'number' : own.length === 1 ? 'title' : 'word')
    out.push({ text: own, means: found && found.words[0] !== '_' ? found.words[0] : own, kind, gap: raw[i].gap })
    i += n
  }
  return out
}

const isName = (word: Word | undefined) => word !== undefined && (word.kind === 'word' || word.kind === 'title')

/** Takes out who speaks: what follows "nama saya" or "pak", unless it is the name of a trade ("warung bu ..."). */
function withoutPeople(words: readonly Word[]): Word[] {
  const out: Word[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    const introduces = INTRODUCES.has(word.text)
    const last = words[i - 1]
    const inName = last && (TRADE.has(last.text) || last.kind === 'street_mark' || last.kind === 'title')
    if (HONORIFIC.has(word.text) && inName) {
      // Talk elsewhere; here part of what people call the shop, or of a street's name (KH. Mas Mansyur).
      out.push({ ...word, kind: 'word' })
      continue
    }
    if (!introduces && !HONORIFIC.has(word.text)) {
      out.push(word)
      continue
    }
    let dropped = 0
    while (dropped < 4) {
      const next = words[i + 1]
      const again = next && (INTRODUCES.has(next.text) || HONORIFIC.has(next.text) || next.text === 'adalah')
      if (!again && (!isName(next) || (dropped > 0 && /[,;]/.test(next.gap)))) break
      if (!again) dropped++
      i++
    }
  }
  return out
}

/** Whether a word is kept; `before` is what was kept right before it, null when something was left out between. */
function keeps(word: Word, before: Word | null, next: Word | undefined): boolean {
  switch (word.kind) {
    case 'word':
      return !TALK.has(word.text)
    case 'class':
    case 'weak':
    case 'street_mark':
    case 'crossing':
      return true
    case 'title':
      return isName(next) || before !== null
    case 'number':
      return before !== null && word.text.length <= 3 && !UNITS.test(next?.text ?? '')
    case 'drop':
      return word.means === 'gang'
    case 'area_mark':
      return word.means === 'kampung'
    case 'direction':
      return before !== null && PART_OF_NAME.has(word.text)
    case 'joiner':
      return before !== null
    case 'filler':
      return (NOUNS.has(word.text) || (word.text === 'rumah' && next?.text === 'makan')) && isName(next)
    default:
      return false
  }
}

/**
 * What a caller calls a place, out of all that was said: lower case, at most 60 characters, without talk, event words,
 * words of relation, house and neighbourhood numbers, phone numbers and who speaks. Null when nothing that names is left
 * ("masjid", "jl no 12"). A kelurahan said after the name limits it and is no part of it.
 */
export function aliasOf(said: string): string | null {
  const words = withoutPeople(read(clean(said).replace(LINK, ' , ').replace(PHONE, ' , ')))
  const kept: Word[] = []
  let before: Word | null = null
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (word.kind === 'drop' && NUMBERS_OF.has(word.means)) {
      while (words[i + 1]?.kind === 'number' || (words[i + 1]?.kind === 'title' && words[i + 1].text.length === 1)) i++
      before = null
      continue
    }
    const limits = word.kind === 'area_mark' || word.kind === 'kecamatan_mark' || word.kind === 'regency_mark'
    if (limits && word.means !== 'kampung' && kept.some(names)) {
      while (isName(words[i + 1]) && !/[,;]/.test(words[i + 1].gap)) i++
      before = null
      continue
    }
    before = keeps(word, before, words[i + 1]) ? word : null
    if (before) kept.push(before)
  }
  return finish(kept)
}

/** Words that tell one place from another. */
const names = (word: Word) => word.kind === 'word' && word.text.length >= 3

function finish(kept: Word[]): string | null {
  const rest = [...kept]
  const idle = (word: Word | undefined) => word?.kind === 'joiner'
  while (idle(rest[0])) rest.shift()
  const length = () => rest.reduce((sum, word) => sum + word.text.length + 1, -1)
  while (rest.length > 0 && (idle(rest[rest.length - 1]) || length() > LONGEST_NAME)) rest.pop()
  return rest.some(names) ? rest.map((word) => word.text).join(' ') : null
}
