import { auditState, type AuditState } from '../../../geo/wire/audit.ts'
import { ask } from '../../state/api.ts'
import { say } from './text/say.ts'

const IDLE_MS = 60_000
const RUNNING_MS = 1_000
const AWAY_MS = 3_000

/** What the last check of the log found, looked at again by itself: each minute, each second while one runs. */
export class Audit {
  state = $state.raw<AuditState | null>(null)
  away = $state(false)
  notice = $state('')
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    void this.ask('GET', '/api/audit')
  }

  get broken(): boolean {
    return (this.state?.last?.fault ?? null) !== null
  }

  check(): Promise<void> {
    return this.ask('POST', '/api/audit/check')
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  private async ask(method: 'GET' | 'POST', path: string): Promise<void> {
    clearTimeout(this.timer)
    const answer = await ask(method, path, auditState)
    if (this.closed) return
    this.away = !answer.ok && answer.away
    this.notice = !answer.ok && !answer.away && answer.status === 401 ? say('session_over') : ''
    if (answer.ok) this.state = answer.value
    const wait = this.away ? AWAY_MS : this.state?.running ? RUNNING_MS : IDLE_MS
    this.timer = setTimeout(() => void this.ask('GET', '/api/audit'), wait)
  }
}
