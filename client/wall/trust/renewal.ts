import type { Loaded } from '../../../geo/wire/screen.ts'

/** What is known when the wall asks itself whether to load its page anew. Seconds. */
export interface Circumstances {
  /** A version other than this page's is served, is there whole, and since when it is wanted; null: none. */
  version_seconds: number | null
  /** The messages of the server are not understood any more: this page is of no use. */
  wire_broken: boolean
  /** Least heap of the last minutes, after whatever was collected; null where the browser does not tell. */
  heap_mb: number | null
  heap_budget_mb: number
  /** For so long the map has not painted, or the page's words stood still, though somebody looks at it. */
  stuck_seconds: number
  /** Somebody is needed: a clock that warns or is over. */
  alarming: boolean
  /** Since the set of open incidents last changed, a hand touched the wall, this page was loaded, and the wall last loaded itself. */
  changed_seconds: number
  hand_seconds: number
  loaded_seconds: number
  reloaded_seconds: number
  connected: boolean
}

const HAND_SECONDS = 120
/** An alarm may stand for hours: after this long a minute in which nothing new came is quiet enough. */
const PATIENCE_SECONDS = 1800
const STUCK_SECONDS = 45
const STUCK_EVERY_SECONDS = 600
const HEAP_EVERY_SECONDS = 3600 * 2

/**
 * Why the wall should load itself anew now; null: it should not. Never for its own sake while the server is away, a hand is on it, or an alarm
 * is young; a page that cannot show the truth any more has nothing to lose.
 */
export function reasonToReload(c: Circumstances): Exclude<Loaded, 'opened'> | null {
  if (!c.connected) return null
  if (c.stuck_seconds > STUCK_SECONDS && Math.min(c.reloaded_seconds, c.loaded_seconds) > STUCK_EVERY_SECONDS)
    return 'stuck'
  if (
    c.version_seconds !== null &&
    (c.wire_broken || (quiet(c) && (!c.alarming || c.version_seconds > PATIENCE_SECONDS)))
  )
    return 'version'
  const full = c.heap_mb !== null && c.heap_mb > c.heap_budget_mb
  if (full && !c.alarming && quiet(c) && Math.min(c.reloaded_seconds, c.loaded_seconds) > HEAP_EVERY_SECONDS)
    return 'heap'
  return null
}

const quiet = (c: Circumstances) => c.hand_seconds > HAND_SECONDS && c.changed_seconds > (c.alarming ? 60 : 5)

/** Seconds to wait before the `tries`-th reload for a version that did not come: a page that goes on being the old one must not go round in circles. */
export const againSeconds = (tries: number): number => (tries === 0 ? 0 : Math.min(1800, 30 * 2 ** tries))

/** The least of what was seen in the last minutes: what garbage collection cannot take back. */
export class LeastHeap {
  private readonly seen: { at: number; mb: number }[] = []

  constructor(private readonly window_ms = 600_000) {}

  add(mb: number, at: number): void {
    while (this.seen.length > 0 && this.seen[this.seen.length - 1].mb >= mb) this.seen.pop()
    this.seen.push({ at, mb })
    while (at - this.seen[0].at > this.window_ms) this.seen.shift()
  }

  get mb(): number | null {
    return this.seen.at(0)?.mb ?? null
  }
}
