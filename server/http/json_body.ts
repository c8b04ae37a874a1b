import express, { type RequestHandler } from 'express'
import { ApiError } from '../errors.ts'

/** Deeper than anything we read; deeper still would cost the stack of whoever walks it, the database's too. */
export const DEEPEST = 32

/** How deep objects and arrays stand in each other in a JSON text, at most; what stands in strings does not count. */
export function depthOf(text: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const byte = text[i]
    if (quoted) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) quoted = false
    } else if (byte === 0x22) quoted = true
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return deepest
}

/** Reads bodies of JSON: 1 MB unpacked, {@link DEEPEST} deep. */
export const jsonBody = (): RequestHandler =>
  express.json({
    limit: '1mb',
    type: ['application/json', 'application/*+json'],
    verify(_req, _res, bytes) {
      if (depthOf(bytes) > DEEPEST)
        throw new ApiError(400, 'too_deep', `Isi bersarang lebih dari ${DEEPEST} tingkat`, [
          { field: '(isi)', reason: `bersarang lebih dari ${DEEPEST} tingkat` },
        ])
    },
  })
