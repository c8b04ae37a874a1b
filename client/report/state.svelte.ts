import { monthBeside, wibMonth } from '../../geo/sla/month.ts'
import { evaluation, type Evaluation } from '../../geo/wire/evaluation.ts'
import { ask, reasonOf } from '../state/api.ts'
import { say } from './text/say.ts'

const RETRY_MS = 3_000

/** The month in the address, `/report/2026-10`; null when it names none. */
export const monthOfPath = (path: string): string | null => /^\/report\/(\d{4}-\d{2})$/.exec(path)?.[1] ?? null

/** The evaluation of the month that the address names. */
export class Book {
  month = $state('')
  told = $state.raw<Evaluation | null>(null)
  /** Why there is nothing to show yet, in words. */
  notice = $state('')
  readonly last = wibMonth(Date.now())
  private timer: ReturnType<typeof setTimeout> | undefined
  private turn = 0

  constructor() {
    this.month = monthOfPath(location.pathname) ?? monthBeside(this.last, -1)
  }

  /** `by` months on; not beyond the month that runs. */
  go(by: number): void {
    const next = monthBeside(this.month, by)
    if (next > this.last) return
    this.month = next
    history.pushState(null, '', `/report/${next}${location.search}`)
    void this.look()
  }

  /** The address changed by the browser's own keys. */
  back(): void {
    const named = monthOfPath(location.pathname)
    if (named === null || named === this.month) return
    this.month = named
    void this.look()
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const mine = ++this.turn
    this.told = null
    this.notice = ''
    const said = await ask('GET', `/api/reports/${this.month}`, evaluation, { patience_ms: 60_000 })
    if (mine !== this.turn) return
    if (said.ok) this.told = said.value
    else if (said.away) {
      this.notice = say('away')
      this.timer = setTimeout(() => void this.look(), RETRY_MS)
    } else this.notice = reasonOf(said.problem)
  }

  close(): void {
    clearTimeout(this.timer)
    this.turn++
  }
}
