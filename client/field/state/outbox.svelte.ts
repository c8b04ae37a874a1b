import type { Report, Sent } from './report.ts'

/** So long a press can be taken back before anybody hears of it. */
export const HOLD_MS = 5_000
const AGAIN_MS = [2_000, 5_000, 10_000, 20_000]

export interface ReportShelf {
  /** In the order of their keys. */
  reports(): Promise<Report[]>
  putReport(report: Report): Promise<void>
  removeReport(key: string): Promise<void>
}

export interface OutboxOptions {
  shelf: ReportShelf
  send(report: Report): Promise<Sent>
  /** The unit that is signed in; only its own reports are sent. Null: nobody is. */
  unit(): string | null
  /** Runs alone among the tabs of this phone; false when another is at it. */
  alone?(work: () => Promise<void>): Promise<boolean>
  hold_ms?: number
}

/**
 * The presses of an officer: on the disk before anything else, sent one after the other in their order, each until the server answered. What the
 * server refuses stays, with its reason, until it was read; what follows it is sent all the same.
 */
export class Outbox {
  rows = $state.raw<readonly Report[]>([])
  /** The press that can still be taken back, and until when (epoch ms, this phone's clock). */
  held = $state.raw<{ key: string; until: number } | null>(null)
  /** A press could not be kept, in the browser's words. */
  fault = $state('')
  /** Sending failed last time: there is no signal, or no server. */
  away = $state(false)
  private timer: ReturnType<typeof setTimeout> | undefined
  private release: ReturnType<typeof setTimeout> | undefined
  private attempt = 0
  private sending = false
  private closed = false

  constructor(private readonly options: OutboxOptions) {}

  /** Reads what an earlier page left and goes on with it. */
  async open(): Promise<void> {
    await this.read()
    void this.pump()
  }

  get waiting(): number {
    return this.rows.filter(({ refused, key }) => refused === null && key !== this.held?.key).length
  }

  get refused(): readonly Report[] {
    return this.rows.filter(({ refused }) => refused !== null)
  }

  /** Resolves once it is on the disk. A press that is made while another can be taken back lets that one go. */
  async press(report: Report): Promise<boolean> {
    try {
      await this.options.shelf.putReport(report)
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error)
      return false
    }
    this.fault = ''
    this.rows = [...this.rows, report]
    this.hold(report.key)
    return true
  }

  /** Takes the last press back, if it still can be. */
  async takeBack(): Promise<void> {
    const key = this.held?.key
    if (key === undefined) return
    clearTimeout(this.release)
    try {
      await this.drop(key)
    } catch (error) {
      // It is still on the disk: said, and let go later unless taking it back succeeds.
      this.fault = error instanceof Error ? error.message : String(error)
      if (this.held?.key === key) this.hold(key)
      return
    }
    if (this.held?.key === key) this.held = null
    void this.pump()
  }

  /** Its officer has read why it was refused. */
  read_refusal(key: string): Promise<void> {
    return this.drop(key)
  }

  /** Sends what waits; to be called when there is a chance: signal again, signed in again. */
  async pump(): Promise<void> {
    if (this.sending || this.closed) return
    clearTimeout(this.timer)
    this.sending = true
    try {
      const ran = await (this.options.alone ?? runs)(() => this.sendAll())
      if (!ran) this.later()
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error)
      this.later()
    } finally {
      this.sending = false
    }
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    clearTimeout(this.release)
  }

  private hold(key: string): void {
    clearTimeout(this.release)
    const hold_ms = this.options.hold_ms ?? HOLD_MS
    this.held = { key, until: Date.now() + hold_ms }
    this.release = setTimeout(() => this.letGo(), hold_ms)
  }

  private letGo(): void {
    this.held = null
    void this.pump()
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      await this.read()
      const unit = this.options.unit()
      const next = this.rows.find(({ refused, unit_id }) => refused === null && unit_id === unit)
      // What can be taken back holds up what follows it: they arrive in their order.
      if (!next || next.key === this.held?.key || this.closed) return
      const sent = await this.options.send(next)
      if (sent === 'away' || sent === 'over') {
        this.away = sent === 'away'
        return this.later()
      }
      this.away = false
      this.attempt = 0
      if (sent === 'taken') await this.drop(next.key)
      else await this.options.shelf.putReport({ ...next, refused: sent.refused })
    }
  }

  private later(): void {
    if (this.closed) return
    const wait = AGAIN_MS[Math.min(this.attempt++, AGAIN_MS.length - 1)]
    this.timer = setTimeout(() => void this.pump(), wait)
  }

  private async drop(key: string): Promise<void> {
    await this.options.shelf.removeReport(key)
    this.rows = this.rows.filter((row) => row.key !== key)
  }

  private async read(): Promise<void> {
    this.rows = await this.options.shelf.reports()
  }
}

const runs = async (work: () => Promise<void>) => {
  await work()
  return true
}
