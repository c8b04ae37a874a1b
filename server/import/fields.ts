import { ROMAN } from '../../geo/address/lexicon.ts'
import type { FieldSpec } from './layers.ts'

export type FieldValue = string | number | boolean | string[] | null

/** The value of a field is not what it should be; `reason` says so. */
export interface FieldFault {
  reason: string
}

/** The most that PostgreSQL's integer holds. */
const LARGEST_INTEGER = 2_147_483_647
const UNSTORABLE = /[\0\p{Cs}]/gu

/** Why PostgreSQL cannot hold a text (U+0000, half of a surrogate pair); null when it can. */
export function unstorable(text: string): string | null {
  const [found] = text.match(UNSTORABLE) ?? []
  return found === undefined
    ? null
    : `berisi karakter U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** The text with a mark in the place of what PostgreSQL cannot hold: for reports. */
export const storable = (text: string): string => text.replace(UNSTORABLE, '\ufffd')

const YES = new Set(['1', 'true', 'ya', 'y', 'yes', 't', 'benar'])
const NO = new Set(['0', 'false', 'tidak', 'n', 'no', 'f', 'salah', ''])

/** Reads one cell by its field's type; an empty one is null. */
export function readField(raw: unknown, { type }: FieldSpec): FieldValue | FieldFault {
  if (type === 'list' && Array.isArray(raw)) {
    const reason = unstorable(raw.join())
    return reason === null ? raw.map(String) : { reason }
  }
  if (typeof raw === 'object' && raw !== null)
    return { reason: `bukan nilai tunggal: ${JSON.stringify(raw).slice(0, 60)}` }
  const text = raw === null || raw === undefined ? '' : String(raw).trim()
  const reason = unstorable(text)
  if (reason !== null) return { reason }
  if (text === '') return type === 'list' ? [] : null
  switch (type) {
    case 'text':
      return text
    case 'list':
      return text
        .split(/[;,|]/)
        .map((part) => part.trim())
        .filter(Boolean)
    case 'boolean':
      return YES.has(text.toLowerCase())
        ? true
        : NO.has(text.toLowerCase())
          ? false
          : { reason: `bukan ya atau tidak: '${text}'` }
    case 'oneway':
      return text === '-1' || text === 'reverse'
        ? -1
        : YES.has(text.toLowerCase())
          ? 1
          : NO.has(text.toLowerCase())
            ? 0
            : { reason: `bukan -1, 0 atau 1: '${text}'` }
    case 'ordinal':
      return ordinal(text) ?? { reason: `bukan nomor 1 sampai 999: '${text}'` }
    default: {
      const number = Number(text)
      if (!Number.isFinite(number)) return { reason: `bukan angka: '${text}'` }
      if (type === 'integer' && !Number.isSafeInteger(number)) return { reason: `bukan bilangan bulat: '${text}'` }
      if (number < 0 && type === 'integer') return { reason: `negatif: '${text}'` }
      if (number > LARGEST_INTEGER && type === 'integer') return { reason: `di atas ${LARGEST_INTEGER}: '${text}'` }
      // PostgreSQL's real refuses what it would round to infinity or to nothing.
      const real = Math.fround(number)
      if (!Number.isFinite(real) || (real === 0) !== (number === 0)) return { reason: `di luar jangkauan: '${text}'` }
      return number
    }
  }
}

/** The number in "7", "007", "7.0", "RW 07", "RT.003" or "RW VII"; null for anything else, 0 included. */
function ordinal(text: string): number | null {
  const bare = text
    .toLowerCase()
    .replace(/^r[tw][\s._-]*/, '')
    .replace(/\.0+$/, '')
  // a lone x stands for what is not known as often as for ten
  const roman = text.trim().toLowerCase() === 'x' ? undefined : ROMAN.get(bare)
  const number = /^\d{1,4}$/.test(bare) ? Number(bare) : Number(roman ?? 0)
  return number >= 1 && number <= 999 ? number : null
}

export const isFault = (value: FieldValue | FieldFault): value is FieldFault =>
  typeof value === 'object' && value !== null && 'reason' in value

/**
 * Centimetres of a depth class: the upper edge of "20-40 cm" and "<20 cm"; an open class (">40 cm") counts half as much again, since
 * nobody measured more. null where no number stands, or one that no water reaches.
 */
export function depthCm(depth: string | null): number | null {
  const numbers = (depth?.match(/\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(',', '.')))
  if (numbers.length === 0) return null
  const cm = Math.max(...numbers) * (/\d\s*m\b/i.test(depth ?? '') ? 100 : 1)
  const whole = Math.round(/^\s*(>|≥|lebih)/i.test(depth ?? '') ? cm * 1.5 : cm)
  return whole > LARGEST_INTEGER ? null : whole
}
