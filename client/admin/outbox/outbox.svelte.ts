import { z } from 'zod'
import { outboxMessage, outboxState, type OutboxMessage, type OutboxState } from '../../../geo/wire/outbox.ts'
import { ask, reasonOf } from '../../state/api.ts'
import { say } from './text/say.ts'

const AGAIN_MS = 3000
export const SHOWN = ['owed', 'dead', 'sent', 'all'] as const
export type Shown = (typeof SHOWN)[number]
const STATUS = { owed: 'pending', dead: 'dead', sent: 'sent', all: null } as const

/** What goes to the data centre, looked at again by itself, and the message under the admin's hands. */
export class Outbox {
  state = $state.raw<OutboxState | null>(null)
  /** null: not known yet, which is not the same as none. */
  list = $state.raw<readonly OutboxMessage[] | null>(null)
  away = $state(false)
  shown = $state<Shown>('all')
  id = $state<string | null>(null)
  /** The body as it would be sent now; null while nobody asked for it. */
  body = $state<string | null>(null)
  busy = $state(false)
  done = $state('')
  notice = $state('')
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    void this.look()
  }

  get here(): OutboxMessage | null {
    return this.list?.find((each) => each.id === this.id) ?? null
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const { shown } = this
    const status = STATUS[shown]
    const [state, list] = await Promise.all([
      ask('GET', '/api/outbox/state', outboxState),
      ask('GET', `/api/outbox${status ? `?status=${status}` : ''}`, z.array(outboxMessage)),
    ])
    if (this.closed) return
    this.away = !state.ok || !list.ok
    if (state.ok) this.state = state.value
    if (list.ok && shown === this.shown) this.list = list.value
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  show(shown: Shown): void {
    if (shown === this.shown) return
    this.shown = shown
    this.list = null
    this.pick(null)
    void this.look()
  }

  pick(id: string | null): void {
    if (id === this.id) return
    this.id = id
    this.body = null
    this.done = this.notice = ''
  }

  /** Null: every dead one. */
  async replay(id: string | null): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.done = this.notice = ''
    const path = id === null ? '/api/outbox/replay' : `/api/outbox/${id}/replay`
    const said = await ask('POST', path, z.array(outboxMessage))
    if (said.ok) this.done = say('replayed', { n: said.value.length })
    else this.notice = said.away ? say('no_answer') : reasonOf(said.problem)
    await this.look()
    this.busy = false
  }

  /** The server records the look. */
  async preview(id: string): Promise<void> {
    this.notice = ''
    const said = await ask('GET', `/api/outbox/${id}/preview`, z.record(z.string(), z.unknown()))
    if (said.ok && id === this.id) this.body = JSON.stringify(said.value, null, 2)
    else if (!said.ok) this.notice = said.away ? say('no_answer') : reasonOf(said.problem)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }
}
