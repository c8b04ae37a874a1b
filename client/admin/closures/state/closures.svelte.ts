import { z } from 'zod'
import { closureAnswer, pastClosure, robAnswer, robEnded } from '../../../../geo/wire/closures.ts'
import type { Closure, ClosurePatch, ClosureTold, PastClosure } from '../../../../geo/wire/closures.ts'
import { ask, faultsOf, reasonOf } from '../../../state/api.ts'
import type { Answer } from '../../../state/api.ts'
import type { Live } from '../../../state/live.svelte.ts'
import { metres } from '../../../text/units.ts'
import { say } from '../text/say.ts'

const AGAIN_MS = 5000

/** "menutup 1,2 km: Jl. Kartini, Jl. Bandung", or that it closes nothing. */
export function toldWords({ closed_m, slowed_m, streets }: ClosureTold): string {
  const parts = [
    closed_m > 0 ? say('shuts', { m: metres(closed_m) }) : '',
    slowed_m > 0 ? say('slows', { m: metres(slowed_m) }) : '',
  ].filter(Boolean)
  if (parts.length === 0) return say('nothing')
  return streets.length === 0
    ? parts.join(', ')
    : say('on_streets', { what: parts.join(', '), streets: streets.join(', ') })
}

/** The commands of an admin over closures, what is past, and the one press that takes the last command back. What is in force comes live. */
export class ClosureCommands {
  /** null: not known yet, which is not the same as none. */
  past = $state.raw<readonly PastClosure[] | null>(null)
  past_away = $state(false)
  busy = $state(false)
  /** What was done, and why it was not. */
  done = $state('')
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})
  undo = $state.raw<(() => Promise<void>) | null>(null)
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly stop: () => void

  constructor(live: Live) {
    this.stop = live.onflush((changes) => {
      if (changes.closures) void this.lookBack()
    })
    void this.lookBack()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.stop()
  }

  /** Saves a new one, or the changes of `of`. True when the server holds it. */
  async save(of: Closure | null, body: object): Promise<boolean> {
    const answer = await this.send(() =>
      of
        ? ask('PATCH', `/api/closures/${of.id}`, closureAnswer, { body })
        : ask('POST', '/api/closures', closureAnswer, { body }),
    )
    if (!answer) return false
    const { id, revision } = answer
    const what = `${answer.reason}, ${toldWords(answer)}`
    if (of) this.did(say('did_updated', { what }), () => this.patch(id, { ...kept(of), revision }))
    else this.did(say('did_created', { what }), () => this.remove(id))
    return true
  }

  async end(one: Closure): Promise<void> {
    const answer = await this.send(() =>
      ask('PATCH', `/api/closures/${one.id}`, closureAnswer, { body: { ended: true, revision: one.revision } }),
    )
    if (answer)
      this.did(say('did_ended', { what: one.reason }), () =>
        this.patch(one.id, { ends_at: one.ends_at, revision: answer.revision }),
      )
  }

  async lift(one: Closure): Promise<void> {
    const answer = await this.send(() => ask('DELETE', `/api/closures/${one.id}`, z.undefined()))
    if (answer !== null) this.did(say('did_lifted', { what: one.reason }), () => this.patch(one.id, { deleted: false }))
  }

  /** True when it is in force or planned. `replace`: in place of the one that is. */
  async rob(ends_at: string, replace: boolean): Promise<boolean> {
    const answer = await this.send(() => ask('POST', '/api/closures/rob', robAnswer, { body: { ends_at, replace } }))
    if (!answer) return false
    const what = say('told', { shut: metres(answer.closed_m), slow: metres(answer.slowed_m) })
    this.did(say('did_rob', { what }), replace ? null : () => this.endRob(null))
    return true
  }

  /** `ends_at`: until when it was, so that one press brings it back. */
  async endRob(ends_at: string | null): Promise<void> {
    const answer = await this.send(() => ask('DELETE', '/api/closures/rob', robEnded))
    if (answer)
      this.did(
        say('did_rob_ended', { n: answer.ended }),
        ends_at === null ? null : async () => void (await this.rob(ends_at, false)),
      )
  }

  clear(): void {
    this.notice = ''
    this.faults = {}
  }

  private async patch(id: string, body: ClosurePatch): Promise<void> {
    if (await this.send(() => ask('PATCH', `/api/closures/${id}`, closureAnswer, { body })))
      this.did(say('did_restored'), null)
  }

  private async remove(id: string): Promise<void> {
    const answer = await this.send(() => ask('DELETE', `/api/closures/${id}`, z.undefined()))
    if (answer !== null) this.did(say('did_restored'), null)
  }

  private did(what: string, undo: (() => Promise<void>) | null): void {
    this.done = what
    this.undo = undo
  }

  /** The answer; null when it was refused or never came, and then `notice` says why. */
  private async send<T>(run: () => Promise<Answer<T>>): Promise<T | null> {
    if (this.busy) return null
    this.busy = true
    this.clear()
    const answer = await run()
    this.busy = false
    if (answer.ok) return answer.value
    if (answer.away) this.notice = say('lost')
    else {
      this.faults = faultsOf(answer.problem)
      this.notice = answer.status === 401 ? say('session_over') : say('refused', { reason: reasonOf(answer.problem) })
    }
    return null
  }

  private async lookBack(): Promise<void> {
    clearTimeout(this.timer)
    const answer = await ask('GET', '/api/closures/past', z.array(pastClosure))
    if (this.closed) return
    this.past_away = !answer.ok
    if (answer.ok) this.past = answer.value
    else this.timer = setTimeout(() => void this.lookBack(), AGAIN_MS)
  }
}

/** All that a change may have changed, as it was. */
const kept = ({ kind, reason, geometry, depth_cm, speed_factor, starts_at, ends_at }: Closure): ClosurePatch => ({
  ...{ kind, reason, geometry, depth_cm, speed_factor, starts_at, ends_at },
})
