/** Only what was heard in this time counts: quartz drifts, and a clock may be slewed. */
const WINDOW_MS = 120_000

/** A moment on both local clocks: `mono` counts evenly but may stand still in sleep, `wall` may be set. */
export interface Moment {
  mono: number
  wall: number
}

export const moment = (): Moment => ({ mono: performance.now(), wall: Date.now() })

/** Seconds between two moments, by whichever clock says more. */
export function secondsSince(then: Moment, now: Moment): number {
  return Math.max(0, now.mono - then.mono, now.wall - then.wall) / 1000
}

/**
 * The server's clock as seen from here, held against the local clock that nobody sets. An offset is server time minus that;
 * the largest is the one of the promptest message, so a held-up message never drags the shown time back, and how far another
 * falls short of it is how long that one was held up.
 */
export class ServerClock {
  /** What may still become the largest: offsets fall from first to last. */
  private readonly prompt: { mono: number; offset: number }[] = []
  private last: { server_time: number; offset: number; at: Moment } | null = null

  /**
   * Takes the `server_time` of a `hello`, which the server writes in the same breath as its answer to the handshake: after
   * that was asked for and before the answer was here (local, monotonic). So the offset is known from both sides, and neither a clock set meanwhile nor
   * a line that holds messages up from the start can pass for the other.
   */
  opened(server_time: number, asked: number, answered: number): void {
    const most = server_time - asked
    for (const heard of this.prompt) heard.offset = Math.min(heard.offset, most)
    this.take(server_time - answered, answered)
    this.last = null
  }

  /** Takes the `server_time` (epoch ms) of a message that just arrived; answers by how much the server's clock leapt ahead, ms. */
  observe(server_time: number, at: Moment): number {
    const offset = server_time - at.mono
    // Messages come in the order they were written: a server's clock that went back was set, and nothing was held up by that.
    if (this.last && server_time < this.last.server_time)
      for (const heard of this.prompt) heard.offset += offset - this.last.offset
    const best = this.best
    this.take(offset, at.mono)
    this.last = { server_time, offset, at }
    return best === null ? 0 : Math.max(0, offset - best)
  }

  /** Local clock error in seconds: positive when this screen's clock is ahead of the server's; null before any message. */
  get skew_seconds(): number | null {
    return this.last === null || this.best === null ? null : (this.last.at.wall - this.last.at.mono - this.best) / 1000
  }

  /** How late the last message was, against the promptest of the last two minutes. */
  get delay_seconds(): number {
    return this.last === null || this.best === null ? 0 : Math.max(0, this.best - this.last.offset) / 1000
  }

  /** Server time now, epoch ms; the local clock until a message came. */
  now(at: Moment): number {
    return this.best === null ? at.wall : at.mono + this.best
  }

  private get best(): number | null {
    return this.prompt.at(0)?.offset ?? null
  }

  private take(offset: number, mono: number): void {
    while (this.prompt.length > 0 && this.prompt[this.prompt.length - 1].offset <= offset) this.prompt.pop()
    this.prompt.push({ mono, offset })
    while (this.prompt.length > 1 && mono - this.prompt[0].mono > WINDOW_MS) this.prompt.shift()
  }
}
