import { ledger } from '../../../geo/wire/ledger.ts'
import type { Ledger } from '../../../geo/wire/ledger.ts'
import { ask, reasonOf } from '../../state/api.ts'
import { say } from './text/say.ts'

const RETRY_MS = 3_000

/** One month of the ledger, with the decisions that did not send the first. What the server did not answer is asked again. */
export class Book {
  month = $state('')
  /** Null while the month asked for is not there yet. */
  figures = $state.raw<Ledger | null>(null)
  away = $state(false)
  notice = $state('')
  private timer: ReturnType<typeof setTimeout> | undefined
  private turn = 0

  constructor(month: string) {
    this.show(month)
  }

  show(month: string): void {
    if (month === this.month) return
    this.month = month
    this.figures = null
    void this.look()
  }

  close(): void {
    this.turn++
    clearTimeout(this.timer)
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer)
    const turn = ++this.turn
    const answer = await ask('GET', `/api/ledger?month=${this.month}&rows=other`, ledger)
    if (turn !== this.turn) return
    this.away = !answer.ok && answer.away
    this.notice = ''
    if (answer.ok) this.figures = answer.value
    else if (answer.away) this.timer = setTimeout(() => void this.look(), RETRY_MS)
    else
      this.notice = answer.status === 401 ? say('session_over') : say('refused', { reason: reasonOf(answer.problem) })
  }
}
