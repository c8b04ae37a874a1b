import type { z } from 'zod'
import { ApiError, type FieldError } from '../errors.ts'

/** Field path as in the JSON: `location.coordinates.0`. */
const fieldOf = (issue: z.core.$ZodIssue): string => {
  const path = issue.path.join('.')
  const at = issue.code === 'unrecognized_keys' ? [path, issue.keys.join(', ')].filter(Boolean).join('.') : path
  return at || '(isi)'
}

/** Parses `input` by `schema`, or throws a 422 (or 400) that names every field and its reason. */
export function validate(schema: z.ZodType, input: unknown, status: 400 | 422 = 422): unknown {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const errors = result.error.issues.map((issue): FieldError => {
    const suggestion = issue.code === 'custom' ? (issue.params?.suggestion as FieldError['suggestion']) : undefined
    return { field: fieldOf(issue), reason: issue.message, ...(suggestion ? { suggestion } : {}) }
  })
  throw new ApiError(status, 'invalid', errors.map((e) => `${e.field}: ${e.reason}`).join('; '), errors)
}
