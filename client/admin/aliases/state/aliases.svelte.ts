import { z } from 'zod'
import { ask, faultsOf, reasonOf } from '../../../state/api.ts'
import { alias } from '../../../../geo/wire/aliases.ts'
import type { Alias } from '../../../../geo/wire/aliases.ts'
import { say } from '../text/say.ts'

/** A proposal may come at any time; who decides need not see it in the same second. */
const AGAIN_MS = 10_000

export const STATES = ['proposed', 'accepted', 'rejected'] as const
export type AliasState = (typeof STATES)[number]

/** The list of other names in one state, looked at again and again, and the admin's decisions. */
export class Aliases {
  shown = $state<AliasState>('proposed')
  /** Null: not known yet, which is not the same as none. */
  list = $state.raw<readonly Alias[] | null>(null)
  away = $state(false)
  /** Epoch ms of the list, local. */
  at = $state(0)
  busy = $state(false)
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})
  private timer: ReturnType<typeof setTimeout> | undefined
  private turn = 0
  private closed = false

  constructor() {
    void this.look()
  }

  show(state: AliasState): void {
    if (state === this.shown) return
    this.shown = state
    this.list = null
    this.notice = ''
    this.faults = {}
    void this.look()
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const turn = ++this.turn
    const answer = await ask('GET', `/api/aliases?status=${this.shown}`, z.array(alias))
    if (this.closed || turn !== this.turn) return
    this.away = !answer.ok
    if (answer.ok) {
      this.list = answer.value
      this.at = Date.now()
    }
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  /** True once the server holds the decision; otherwise `notice` or `faults` say why not. */
  async decide(id: string, status: 'accepted' | 'rejected', words?: string): Promise<boolean> {
    return this.send('PATCH', `/api/aliases/${id}`, { status, ...(words === undefined ? {} : { alias: words }) })
  }

  async add(words: string, lon: number, lat: number, name: string | null): Promise<boolean> {
    return this.send('POST', '/api/aliases', {
      alias: words,
      location: { type: 'Point', coordinates: [lon, lat] },
      ...(name ? { target_name: name } : {}),
    })
  }

  clear(): void {
    this.notice = ''
    this.faults = {}
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  private async send(method: 'PATCH' | 'POST', path: string, body: object): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.clear()
    const answer = await ask(method, path, z.object({}), { body })
    this.busy = false
    if (!answer.ok) {
      if (answer.away) this.notice = say('lost')
      else {
        this.faults = faultsOf(answer.problem)
        this.notice = answer.status === 401 ? say('session_over') : say('refused', { reason: reasonOf(answer.problem) })
      }
    }
    await this.look()
    return answer.ok
  }
}
