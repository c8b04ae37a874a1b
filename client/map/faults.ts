import { LIVE_ORDER } from './zorder.ts'

/** What of the live map can fail, as the wall names it; `map` is all of it. */
export const PARTS = ['heat', 'way', 'unit', 'incident', 'map'] as const
export type Part = (typeof PARTS)[number]

/** A layer that failed is made anew this long after, and as it goes on failing in twice that, and so on: it costs the map a moment. */
const AGAIN_MS = 30_000
const SELDOM_MS = 960_000
/** Shaders are linked beside the page: only after this long a layer that drew nothing is known to have failed. */
const PROVED_MS = 3000

/** The part that a layer belongs to, sublayers included (`incident-sign-characters`); without a layer it is all of the map. */
export function partOf(layer_id: string | undefined): Part {
  const known = LIVE_ORDER.some((id) => layer_id === id || layer_id?.startsWith(`${id}-`))
  const first = layer_id?.split('-')[0]
  // The circles of how far off a place may be belong to what they are drawn around.
  return PARTS.find((part) => known && (first === 'uncertain' ? 'incident' : first) === part) ?? 'map'
}

/**
 * Which parts of the live map failed. Whoever looks at the wall is told as long as they are missing: a map without its
 * incidents looks like a calm city. They are tried again after half a minute, then less often, and good when that went well.
 */
export class Faults {
  private shown = new Set<Part>()
  /** Failed since the last try. */
  private found = new Set<Part>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private wait_ms = AGAIN_MS

  constructor(
    private readonly told: (parts: readonly Part[]) => void,
    /** Makes these parts anew; what fails in it, or soon after, is reported by `add` again. */
    private readonly again: (parts: ReadonlySet<Part>) => void,
  ) {}

  add(layer_id: string | undefined, error: Error): void {
    const part = partOf(layer_id)
    this.found.add(part)
    if (this.shown.has(part)) return
    this.shown.add(part)
    console.error(`map layer failed: ${layer_id ?? 'map'}:`, error.message)
    this.tell()
    this.timer ??= setTimeout(() => this.retry(), this.wait_ms)
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private retry(): void {
    this.found = new Set()
    this.timer = setTimeout(() => this.settle(), PROVED_MS)
    this.again(this.shown)
  }

  private settle(): void {
    this.shown = new Set(this.found)
    const good = this.shown.size === 0
    this.wait_ms = good ? AGAIN_MS : Math.min(SELDOM_MS, this.wait_ms * 2)
    this.timer = good ? undefined : setTimeout(() => this.retry(), this.wait_ms)
    this.tell()
  }

  private tell(): void {
    this.told(PARTS.filter((part) => this.shown.has(part)))
  }
}
