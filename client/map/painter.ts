/** Every 2 s one frame is painted even at rest: the heartbeat of the picture itself. */
const CANARY_MS = 2000
/** While something moves, at least three frames a second... */
const SLOWEST_MS = 300
/** ...unless they are so slow that the graphics would do nothing else and hold up the page: then it gets this much air. */
const AIR = 1.5
/** And never more than this many, however fast. */
const FASTEST_MS = 40
/** Painting may take this part of the time, the rest belongs to everything else. */
const BUSY_SHARE = 0.3
/** A step on the screen smaller than this is not seen. */
const VISIBLE_PX = 0.5

export interface Paintable {
  /** Moves what moves to now: how far it went since the last frame, in pixels, and whether it goes on. */
  step(): { moved_px: number; moving: boolean }
  draw(): void
  canary(): void
}

/**
 * Decides when a frame is due: at once after a change, at a pace its cost allows while something moves, else a canary every
 * 2 s. Nothing is drawn on a timer otherwise.
 */
export class Painter {
  private dirty = false
  private moving = false
  private travel_px = 0
  private frame = 0
  private drawn_at = 0
  private painted_at = 0
  private cost_ms = 50
  private measuring = false
  private readonly timer: ReturnType<typeof setInterval>

  constructor(private readonly target: Paintable) {
    this.timer = setInterval(() => this.pulse(), 100)
  }

  /** Something on the map changed: paint it in the next frame. */
  change(): void {
    this.dirty = true
    this.request()
  }

  /** Fixes came in: something may move from now on. */
  wake(): void {
    this.moving = true
  }

  /** The overlay rendered a frame. */
  painted(): void {
    this.painted_at = performance.now()
  }

  stop(): void {
    clearInterval(this.timer)
    cancelAnimationFrame(this.frame)
  }

  private request(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.tick())
  }

  private get pace(): number {
    return Math.max(this.cost_ms * AIR, Math.min(SLOWEST_MS, Math.max(FASTEST_MS, this.cost_ms / BUSY_SHARE)))
  }

  private get canary_due(): boolean {
    return performance.now() - Math.max(this.painted_at, this.drawn_at) >= CANARY_MS - 100
  }

  private pulse(): void {
    if (this.dirty || this.canary_due || (this.moving && performance.now() - this.drawn_at >= this.pace)) this.request()
  }

  private tick(): void {
    this.frame = 0
    const now = performance.now()
    const { moved_px, moving } = this.target.step()
    this.moving = moving
    this.travel_px += moved_px
    const since = now - this.drawn_at
    const visible =
      !this.measuring && since >= this.pace && (this.travel_px >= VISIBLE_PX || (moving && since >= SLOWEST_MS - 100))
    if (this.dirty || visible) {
      this.dirty = false
      this.travel_px = 0
      this.drawn_at = now
      this.target.draw()
      this.measure(now)
    } else if (this.canary_due) {
      this.drawn_at = now
      this.target.canary()
    }
    if (this.moving && this.pace < 100) this.request()
  }

  /** The cost of a frame, GPU included: until the browser offers the frame after the next. Halved towards the newest. */
  private measure(start: number): void {
    if (this.measuring) return
    this.measuring = true
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.measuring = false
        this.cost_ms = (this.cost_ms + Math.min(2000, performance.now() - start)) / 2
      }),
    )
  }
}
