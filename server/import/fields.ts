import type { FieldSpec } from './layers.ts'

export type FieldValue = string | number | boolean | string[] | null

/** The value of a field is not what it should be; `reason` says so. */
export interface FieldFault {
  reason: string
}

const YES = new Set(['1', 'true', 'ya', 'y', 'yes', 't', 'benar'])
const NO = new Set(['0', 'false', 'tidak', 'n', 'no', 'f', 'salah', ''])

/** Reads one cell by its field's type; an empty one is null. */
export function readField(raw: unknown, { type }: FieldSpec): FieldValue | FieldFault {
  if (type === 'list' && Array.isArray(raw)) return raw.map(String)
  if (typeof raw === 'object' && raw !== null)
    return { reason: `bukan nilai tunggal: ${JSON.stringify(raw).slice(0, 60)}` }
  const text = raw === null || raw === undefined ? '' : String(raw).trim()
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
    default: {
      const number = Number(text)
      if (!Number.isFinite(number)) return { reason: `bukan angka: '${text}'` }
      if (type === 'integer' && !Number.isSafeInteger(number)) return { reason: `bukan bilangan bulat: '${text}'` }
      if (number < 0 && type === 'integer') return { reason: `negatif: '${text}'` }
      return number
    }
  }
}

export const isFault = (value: FieldValue | FieldFault): value is FieldFault =>
  typeof value === 'object' && value !== null && 'reason' in value

/**
 * Centimetres of a depth class: the upper edge of "20-40 cm" and "<20 cm"; an open class (">40 cm") counts half as much again, since
 * nobody measured more. null where no number stands.
 */
export function depthCm(depth: string | null): number | null {
  const numbers = (depth?.match(/\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(',', '.')))
  if (numbers.length === 0) return null
  const cm = Math.max(...numbers) * (/\d\s*m\b/i.test(depth ?? '') ? 100 : 1)
  return Math.round(/^\s*(>|≥|lebih)/i.test(depth ?? '') ? cm * 1.5 : cm)
}
