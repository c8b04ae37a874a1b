import { z } from 'zod'
import type { Live } from '../../state/live.svelte.ts'
import { isAlarming } from '../../state/urgency.ts'
import { wibClock } from '../../text/time.ts'
import { heapMb } from '../screen/identity.ts'
import { handOver } from './handed.ts'
import { againSeconds, LeastHeap, reasonToReload } from './renewal.ts'
import { fetchShell } from './shell.ts'
import { OWN_VERSION } from './version.ts'

const LOOK_MS = 1000
/** A clock on the wall that is older than one of these, or ahead by a second, for so long: the words stand still. */
const SECONDS = [-1, 0, 1, 2, 3]
const WORDS_MS = 3000
const HEAP_BUDGET_MB = 600
/** Where a page that is the only one to remember keeps when the wall last loaded itself, and for which version. */
const KEY = 'siaga112-reloaded'
const HANDS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

const reloaded = z.object({ at: z.number(), to: z.string(), tries: z.number() })
type Reloaded = z.infer<typeof reloaded>

/** Looks after the page itself for as long as it is open: that its words live, that it is the version served, that its memory stays small. */
export class Trust {
  /** What the wall says in words goes on: else it is as dead as a frozen map, however well that paints. */
  words_alive = true
  private readonly began = performance.now()
  private readonly heap = new LeastHeap()
  private readonly painted = new Set<() => void>()
  private readonly timer: ReturnType<typeof setInterval>
  private readonly last = recall()
  private words_at = performance.now()
  private hand_at = -Infinity
  private changed_at = -Infinity
  private stuck_at: number | null = null
  private wanted: string | null = null
  private wanted_at = 0
  private whole: string | null = null
  private fetch_after = 0
  private fetching = false
  private going = false
  private readonly hand = (event: Event) => {
    if (event.isTrusted) this.hand_at = performance.now()
  }
  private readonly stop: () => void

  constructor(
    private readonly live: Live,
    private readonly reload = () => location.reload(),
  ) {
    for (const kind of HANDS) addEventListener(kind, this.hand, { passive: true })
    this.stop = live.onevent((line) => {
      if (line.incident) this.changed_at = performance.now()
    })
    this.timer = setInterval(() => this.look(), LOOK_MS)
  }

  /** Called with each painted frame of the map; answers how to end that. */
  onpaint(listener: () => void): () => void {
    this.painted.add(listener)
    return () => this.painted.delete(listener)
  }

  /** The map painted a frame. It counts only while the words beside it live too. */
  saw_paint(): void {
    if (this.words_alive) this.live.saw_paint()
    for (const listener of this.painted) listener()
  }

  close(): void {
    clearInterval(this.timer)
    for (const kind of HANDS) removeEventListener(kind, this.hand)
    this.stop()
  }

  private look(): void {
    const now = performance.now()
    this.readWords(now)
    const mb = heapMb()
    if (mb !== null) this.heap.add(mb, now)
    const stuck = !document.hidden && (!this.words_alive || this.live.staleness.reason === 'renderer')
    this.stuck_at = stuck ? (this.stuck_at ?? now) : null
    this.follow(now)
    const since = (at: number) => (now - at) / 1000
    const why = reasonToReload({
      version_seconds: this.wanted !== null && this.whole === this.wanted ? since(this.wanted_at) : null,
      wire_broken: this.live.staleness.reason === 'invalid',
      heap_mb: this.heap.mb,
      heap_budget_mb: this.live.heap_budget_mb ?? HEAP_BUDGET_MB,
      stuck_seconds: this.stuck_at === null ? 0 : since(this.stuck_at),
      alarming: this.live.list.some(isAlarming),
      changed_seconds: since(this.changed_at),
      hand_seconds: since(this.hand_at),
      loaded_seconds: since(this.began),
      reloaded_seconds: this.last ? Math.abs(Date.now() - this.last.at) / 1000 : Infinity,
      connected: this.live.connected,
    })
    if (why !== null && !this.going) this.go(why)
  }

  /** Svelte stops where a component throws, and the map would paint on beside words of an hour ago. */
  private readWords(now: number): void {
    // Its text may be cut to the minute, on a narrow wall.
    const words = document.querySelector<HTMLTimeElement>('header time')?.dateTime ?? ''
    const at = this.live.server_now()
    if (words === '' || SECONDS.some((seconds) => wibClock(at - seconds * 1000) === words)) this.words_at = now
    this.words_alive = now - this.words_at <= WORDS_MS
  }

  /** Another version is served: its page is fetched first, all of it. */
  private follow(now: number): void {
    const { version } = this.live
    if (version === '' || version === OWN_VERSION) {
      this.wanted = null
      return
    }
    if (version !== this.wanted) {
      this.wanted = version
      this.wanted_at = now
      this.whole = null
      // Fifty screens must not ask for everything in one instant.
      this.fetch_after = now + Math.random() * 3000
      // It was asked for before and did not come: the next try waits longer.
      if (this.last?.to === version) this.fetch_after = now + againSeconds(this.last.tries) * 1000
    }
    if (this.fetching || this.whole === version || now < this.fetch_after) return
    this.fetching = true
    fetchShell(version)
      .then(
        () => (this.whole = version),
        (error: unknown) => {
          this.fetch_after = performance.now() + 10_000
          console.warn('the new version is not whole yet:', error instanceof Error ? error.message : error)
        },
      )
      .finally(() => (this.fetching = false))
  }

  private go(why: 'version' | 'heap' | 'stuck'): void {
    this.going = true
    const to = why === 'version' ? (this.wanted ?? '') : ''
    const tries = why === 'version' && this.last?.to === to ? this.last.tries + 1 : why === 'version' ? 1 : 0
    remember({ at: Date.now(), to, tries })
    console.info(`the wall loads itself anew: ${why}`)
    handOver(why)
    this.reload()
  }
}

function recall(): Reloaded | null {
  try {
    return reloaded.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    return null
  }
}

function remember(told: Reloaded): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(told))
  } catch {
    // Without storage the waiting begins anew with each page.
  }
}
