import type { z } from 'zod'
import { problem } from '../../geo/wire/problem.ts'
import type { Problem } from '../../geo/wire/problem.ts'

const TIMEOUT_MS = 10_000

/**
 * `away`: nobody knows whether the server took it (no answer, a proxy's answer, one that is not understood, or 5xx): the same may be sent again. Otherwise
 * it was refused for good and nothing was written.
 */
export type Answer<T> =
  { ok: true; value: T } | { ok: false; away: true } | { ok: false; away: false; status: number; problem: Problem }

interface Options {
  body?: object
  /** Idempotency-Key: the same key and body again are written once. */
  key?: string
  signal?: AbortSignal
  /** How long an answer may take; else ten seconds. */
  patience_ms?: number
}

/** Calls the server with the session's cookie and checks what it answers. Throws only when `signal` aborts. */
export async function ask<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  schema: z.ZodType<T>,
  options: Options = {},
): Promise<Answer<T>> {
  const { body, key, signal, patience_ms = TIMEOUT_MS } = options
  const limit = AbortSignal.timeout(patience_ms)
  try {
    const answer = await fetch(path, {
      method,
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(key ? { 'idempotency-key': key } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    })
    const json: unknown = answer.status === 204 ? undefined : await answer.json()
    if (answer.ok) {
      const read = schema.safeParse(json)
      if (read.success) return { ok: true, value: read.data }
      console.warn(
        `${method} ${path}: not understood:`,
        read.error.issues[0].path.join('.'),
        read.error.issues[0].message,
      )
      return { ok: false, away: true }
    }
    const said = problem.safeParse(json)
    if (!said.success || answer.status >= 500) return { ok: false, away: true }
    return { ok: false, away: false, status: answer.status, problem: said.data }
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, away: true }
  }
}

/** Why it was refused, in the server's words and without the names of fields. */
export const reasonOf = ({ errors = [], detail, title }: Problem): string =>
  errors.length > 0 ? errors.map(({ reason }) => reason).join('; ') : (detail ?? title)

/** Reasons by the first part of the field's name: `location.coordinates.0` is told at `location`. */
export function faultsOf({ errors = [] }: Problem): Record<string, string> {
  return Object.fromEntries(errors.map(({ field, reason }) => [field.split('.')[0], reason]))
}
