/**
 * The server's clock as seen from here. `offset` is the smallest server delay seen (server time minus local), so a held-up
 * message never drags the shown time back. Ages are measured on two local clocks: the monotonic one may stand still while
 * the machine sleeps, the wall clock may be set back; the larger age is believed.
 */
export class ServerClock {
  private best: number | null = null
  private recent: { at: number; offset: number }[] = []

  /** Takes the `server_time` (epoch ms) of a message that just arrived at local wall time `local` (epoch ms). */
  observe(server_time: number, local: number): void {
    const offset = server_time - local
    this.recent.push({ at: local, offset })
    // A wall clock set while we run makes old offsets wrong: only the last minutes count.
    while (this.recent.length > 120 || (this.recent.length > 1 && Math.abs(local - this.recent[0].at) > 120_000))
      this.recent.shift()
    this.best = Math.max(...this.recent.map((r) => r.offset))
  }

  /** Local clock error in seconds: positive when this screen's clock is ahead of the server's; null before any message. */
  get skew_seconds(): number | null {
    return this.best === null ? null : -this.best / 1000
  }

  /** How late the last message was, against the promptest of the last two minutes. */
  get delay_seconds(): number {
    const last = this.recent.at(-1)
    return last === undefined || this.best === null ? 0 : (this.best - last.offset) / 1000
  }

  /** Server time now, epoch ms; the local clock until a message came. */
  now(local: number): number {
    return local + (this.best ?? 0)
  }
}

/** A moment on both local clocks. */
export interface Moment {
  mono: number
  wall: number
}

export const moment = (): Moment => ({ mono: performance.now(), wall: Date.now() })

/** Seconds between two moments, by whichever clock says more. */
export function secondsSince(then: Moment, now: Moment): number {
  return Math.max(0, now.mono - then.mono, now.wall - then.wall) / 1000
}
