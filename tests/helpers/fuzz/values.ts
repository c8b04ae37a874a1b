import { z } from 'zod'

/** JSON Schema as the OpenAPI document has it; only what decides a value. */
export interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema | boolean
  prefixItems?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  default?: unknown
  $ref?: string
  $defs?: Record<string, Schema>
}
export const schema = z.custom<Schema>((value) => typeof value === 'object' && value !== null)

export type Random = () => number
export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]
const chance = (random: Random, share: number) => random() < share

/** What the installation really has, so that a made-up request gets past the first look. */
export interface Known {
  uuids: readonly string[]
  words: readonly string[]
  /** Milliseconds. */
  now: number
}

const NASTY_TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud83d',
  '\udc00x',
  '\u202Eterbalik',
  '\uFEFF',
  '🚒'.repeat(60),
  'x'.repeat(300),
  'x'.repeat(20_000),
  "'; drop table incident; --",
  "' or '1'='1",
  '%27%20or%201=1',
  '$1',
  ':now',
  '%',
  '_',
  '\\',
  '../../../../etc/passwd',
  '..%2f..%2fpackage.json',
  'C:\\windows\\win.ini',
  'file:///etc/passwd',
  'http://169.254.169.254/',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=cmd|calc!A0',
  'a\r\nSet-Cookie: b=c',
  '{{7*7}}',
  '${7*7}',
  '__proto__',
  'constructor',
  'NaN',
  'null',
  'undefined',
  'true',
  '-0',
  '1e308',
  '٣٤٥',
  'İıſK',
  '(((((((((((((((((((((((((',
  'a'.repeat(64) + '!',
  'jalan '.repeat(200),
  '2026-02-30',
  '0000-00-00',
  '24:00',
]
const NASTY_NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  -0.1,
  1e-308,
  5e-324,
  1e308,
  -1e308,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  -(2 ** 63),
  90.0001,
  180.0001,
  -180,
  1e21,
]
const TIMES = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '2000-02-29T00:00:00+07:00',
  '2026-02-30T00:00:00Z',
  '2026-10-01T00:00:00+23:59',
  '2026-12-31T23:59:60Z',
  '9999-12-31T23:59:59.999Z',
  '+010000-01-01T00:00:00Z',
  '294277-01-01T00:00:00Z',
  '-271821-04-20T00:00:00Z',
]
export const nasty = (random: Random): unknown =>
  pick<() => unknown>(random, [
    () => pick(random, NASTY_TEXTS),
    () => pick(random, NASTY_NUMBERS),
    () => pick(random, TIMES),
    () => null,
    () => chance(random, 0.5),
    () => [],
    () => ({}),
    () => [[[[[[]]]]]],
    () => ({ __proto__: null, constructor: { prototype: { polluted: true } } }),
    () => JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
    () => Array<number>(2_000).fill(0),
    () => nested(40),
  ])()
const nested = (depth: number): unknown => (depth === 0 ? 0 : { a: nested(depth - 1) })

function textOf(random: Random, { format, minLength = 0, maxLength = 200 }: Schema, known: Known): string {
  if (format === 'uuid') return chance(random, 0.8) && known.uuids.length ? pick(random, known.uuids) : madeUuid(random)
  if (format === 'date-time') return new Date(known.now + Math.round((random() - 0.9) * 30 * 86_400_000)).toISOString()
  if (format === 'date') return new Date(known.now - Math.round(random() * 90 * 86_400_000)).toISOString().slice(0, 10)
  const text = chance(random, 0.6) && known.words.length ? pick(random, known.words) : madeText(random)
  return text.padEnd(minLength, 'x').slice(0, Math.max(minLength, Math.min(maxLength, 5_000)))
}
const madeUuid = (random: Random) =>
  '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => Math.floor(random() * 16).toString(16))
const madeText = (random: Random) =>
  Array.from({ length: 1 + Math.floor(random() * 12) }, () => pick(random, [...'abcdeimnorsu 0123456789-./'])).join('')

function numberOf(random: Random, { type, minimum = -1_000, maximum = 1_000 }: Schema): number {
  const [low, high] = [Math.max(minimum, -1e6), Math.min(maximum, 1e6)]
  const value = pick(random, [low, high, low + (high - low) * random(), low + (high - low) * random()])
  return type === 'integer' ? Math.round(value) : value
}

/** A value that the schema allows, as far as it says what it allows. */
export function valid(random: Random, at: Schema, known: Known, defs = at.$defs ?? {}, depth = 0): unknown {
  if (at.$ref) return valid(random, defs[at.$ref.split('/').at(-1) ?? ''] ?? {}, known, defs, depth + 1)
  if (at.const !== undefined) return at.const
  if (at.enum) return pick(random, at.enum)
  const union = at.anyOf ?? at.oneOf
  if (union) return valid(random, pick(random, union), known, defs, depth + 1)
  if (at.allOf) return Object.assign({}, ...at.allOf.map((part) => valid(random, part, known, defs, depth + 1)))
  const type = Array.isArray(at.type) ? pick(random, at.type) : at.type
  if (type === 'object' || at.properties) {
    const required = new Set(at.required ?? [])
    return Object.fromEntries(
      Object.entries(at.properties ?? {})
        .filter(([name]) => required.has(name) || chance(random, 0.5))
        .map(([name, part]) => [name, isPlace(name) ? place(random) : valid(random, part, known, defs, depth + 1)]),
    )
  }
  if (at.prefixItems) return at.prefixItems.map((part) => valid(random, part, known, defs, depth + 1))
  if (type === 'array') {
    const least = at.minItems ?? 0
    const length = Math.min(at.maxItems ?? 4, least + Math.floor(random() * 3))
    const items = typeof at.items === 'object' ? at.items : {}
    return depth > 8 ? [] : Array.from({ length }, () => valid(random, items, known, defs, depth + 1))
  }
  if (type === 'number' || type === 'integer') return numberOf(random, { ...at, type })
  if (type === 'boolean') return chance(random, 0.5)
  if (type === 'null') return null
  if (type === 'string') return textOf(random, at, known)
  return nasty(random)
}
const isPlace = (name: string) => name === 'location'
/** In the city, and now and then anywhere. */
const place = (random: Random) => ({
  type: 'Point',
  coordinates: chance(random, 0.8)
    ? [109.63 + 0.1 * random(), -6.93 + 0.07 * random()]
    : [360 * random() - 180, 180 * random() - 90],
})

/** The same with one thing wrong somewhere: another value, nothing, too much. */
export function broken(random: Random, value: unknown): unknown {
  if (chance(random, 0.15)) return nasty(random)
  if (Array.isArray(value)) {
    if (value.length === 0 || chance(random, 0.2)) return [...(value as unknown[]), nasty(random)]
    const at = Math.floor(random() * value.length)
    return (value as unknown[]).map((each, i) => (i === at ? broken(random, each) : each))
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.length === 0 || chance(random, 0.15))
      return { ...value, [pick(random, ['lain', ...NASTY_TEXTS])]: nasty(random) }
    const at = Math.floor(random() * entries.length)
    if (chance(random, 0.2)) return Object.fromEntries(entries.filter((_, i) => i !== at))
    return Object.fromEntries(entries.map(([name, each], i) => [name, i === at ? broken(random, each) : each]))
  }
  return nasty(random)
}
