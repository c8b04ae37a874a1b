import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { CaseMessage } from '../../../geo/wire/case_message.ts'
import { hasPath, type Scope, THE_CASE } from './paths.ts'

const path = z.string().min(1, 'kosong')
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const single = z.strictObject({
  from: path,
  /** What our values are called there; one that is not in it is sent as `otherwise`, and without that as it is. */
  values: z.record(z.string(), scalar).optional(),
  otherwise: scalar.optional(),
  /** In place of null. */
  default: scalar.optional(),
  /** Without a value nothing is sent: the message lies dead until there is one. */
  required: z.boolean().optional(),
})
const constant = z.strictObject({ constant: scalar })

/** How one field there is filled: a path of ours, a constant, a path with more said, or a list of ours with fields for each. */
export type Entry =
  string | z.infer<typeof constant> | z.infer<typeof single> | { each: string; fields: Record<string, Entry> }

const entry: z.ZodType<Entry> = z.lazy(() =>
  z.union([path, constant, single, z.strictObject({ each: path, fields: z.record(z.string(), entry) })]),
)
const file = z.strictObject({
  fields: z.record(z.string(), entry).refine((fields) => Object.keys(fields).length > 0, 'kosong'),
  /** Whether callers' names and numbers may be named in it. */
  callers: z.boolean().default(false),
})

/** The ministry's fields by the path of each (`korban.meninggal`), and whether callers' personal data leaves with them. */
export type Mapping = z.infer<typeof file>

/** The mapping file is wrong; `message` names every entry at fault. */
export class MappingError extends Error {}

/** Reads and checks a mapping file. Throws a {@link MappingError}. */
export function readMapping(name: string): Mapping {
  const fail = (why: string) => new MappingError(`KOMINFO_MAPPING=${name}: ${why}`)
  let text: string
  try {
    text = readFileSync(name, 'utf8')
  } catch (error) {
    throw fail(`tidak dapat dibaca (${error instanceof Error && 'code' in error ? String(error.code) : 'galat'})`)
  }
  try {
    return parseMapping(JSON.parse(text))
  } catch (error) {
    throw fail(error instanceof MappingError ? error.message : 'bukan JSON')
  }
}

/** Checks what a mapping file says: its form, that every source is a field of a case, and that no target lies inside another. */
export function parseMapping(said: unknown): Mapping {
  const read = file.safeParse(said)
  if (!read.success) {
    const faults = read.error.issues.map(({ path, code, message }) => {
      const where = path.join('.') || '(isi)'
      return code === 'invalid_union'
        ? `${where}: harus jalur, {"constant"}, {"from", values, otherwise, default, required}, atau {"each", "fields"}`
        : `${where}: ${message}`
    })
    throw new MappingError(faults.join('; '))
  }
  const { fields, callers } = read.data
  const faults = faultsOf(fields, THE_CASE, 'fields', callers)
  if (faults.length > 0) throw new MappingError(faults.join('; '))
  return read.data
}

const UNSAFE = new Set(['__proto__', 'prototype', 'constructor'])

function faultsOf(fields: Record<string, Entry>, scope: Scope, where: string, callers: boolean): string[] {
  const targets = Object.keys(fields)
  return Object.entries(fields).flatMap(([target, entry]) => {
    const at = `${where}.${target}`
    const steps = target.split('.')
    if (steps.some((step) => step === '' || UNSAFE.has(step))) return [`${at}: bukan nama bidang`]
    const inside = targets.find((other) => other !== target && target.startsWith(`${other}.`))
    if (inside) return [`${at}: ${inside} sudah berisi nilai`]
    if (typeof entry === 'object' && 'constant' in entry) return []
    const from = typeof entry === 'string' ? entry : 'each' in entry ? entry.each : entry.from
    if (!callers && /(^|\.)caller_(name|number)$/.test(from)) return [`${at}: ${from} hanya bersama "callers": true`]
    const found = hasPath(scope, from)
    if (!found) return [`${at}: tidak ada ${from} dalam data kasus`]
    if (typeof entry === 'string' || !('each' in entry)) return []
    if (!found.items) return [`${at}: ${from} bukan daftar`]
    return faultsOf(entry.fields, found.items, `${at}.fields`, callers)
  })
}

/** A field that the ministry requires has no value in this case. */
export class MissingField extends Error {}

/** The body as the mapping has it. Throws a {@link MissingField}. */
export function applyMapping({ fields }: Mapping, message: CaseMessage): Record<string, unknown> {
  return fill(fields, message)
}

function fill(fields: Record<string, Entry>, source: unknown): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [target, entry] of Object.entries(fields)) put(made, target.split('.'), valueOf(target, entry, source))
  return made
}

function valueOf(target: string, entry: Entry, source: unknown): unknown {
  if (typeof entry === 'string') return valueAt(source, entry) ?? null
  if ('constant' in entry) return entry.constant
  if ('each' in entry) {
    const list = valueAt(source, entry.each)
    return Array.isArray(list) ? list.map((item) => fill(entry.fields, item)) : []
  }
  const { from, values, otherwise, required } = entry
  const found = valueAt(source, from) ?? null
  const known = values && found !== null && Object.hasOwn(values, String(found))
  const translated = known
    ? values[String(found)]
    : values && otherwise !== undefined && found !== null
      ? otherwise
      : found
  const value = translated ?? entry.default ?? null
  if (required && (value === null || value === '')) throw new MissingField(`${target}: wajib, tetapi ${from} kosong`)
  return value
}

function valueAt(source: unknown, from: string): unknown {
  let at = source
  for (const step of from.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = Reflect.get(at, step)
  }
  return at
}

function put(into: Record<string, unknown>, [step, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    into[step] = value
    return
  }
  const inner = into[step]
  const below: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {}
  put(below, rest, value)
  into[step] = below
}
