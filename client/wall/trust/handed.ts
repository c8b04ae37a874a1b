import { z } from 'zod'
import { LOADED, type Loaded } from '../../../geo/wire/screen.ts'

const KEY = 'siaga112-handed'
/** What was handed over longer ago belongs to another day. */
const KEEP_MS = 60_000

/** What a page that reloads itself leaves to the one that follows it. */
const left_over = z.object({
  why: z.enum(LOADED).exclude(['opened']),
  /** Epoch ms. */
  at: z.number(),
  /** Parts of the wall by name: scene, view, what of an alarm was told already. */
  parts: z.record(z.string(), z.unknown()),
})
type Handed = z.infer<typeof left_over>

const readers = new Map<string, () => unknown>()
const received = take()

/** Why this page was loaded. */
export const loaded: Loaded = received?.why ?? 'opened'

/** A part of the wall that a new page is to begin with: `read` is asked when this page goes. Answers how to end that. */
export function keep(part: string, read: () => unknown): () => void {
  readers.set(part, read)
  return () => {
    if (readers.get(part) === read) readers.delete(part)
  }
}

/** What the page before kept of a part, unchecked; undefined when there was none, or it left nothing. */
export const handed = (part: string): unknown => received?.parts[part]

/** Leaves every part to the page that is about to be loaded. */
export function handOver(why: Handed['why']): void {
  const parts = Object.fromEntries([...readers].map(([part, read]) => [part, read()]))
  write({ why, at: Date.now(), parts })
}

function write(left: Handed): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(left))
  } catch {
    // Without room for the last picture the rest is what counts.
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ ...left, parts: { ...left.parts, frame: undefined } }))
    } catch {
      console.warn('nothing could be left to the next page')
    }
  }
}

function take(): Handed | null {
  try {
    const text = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    if (text === null) return null
    const left = left_over.parse(JSON.parse(text))
    return Math.abs(Date.now() - left.at) < KEEP_MS ? left : null
  } catch {
    return null
  }
}
