import { z } from 'zod'
import { call as wireCall, callDetail, numberBlocked } from '../../../geo/wire/calls.ts'
import type { Call as WireCall } from '../../../geo/wire/calls.ts'
import type { LiveEvent } from '../../../geo/wire/live.ts'
import { ask, reasonOf } from '../../state/api.ts'
import type { Live } from '../../state/live.svelte.ts'
import type { Session } from '../../state/session.svelte.ts'
import { say } from '../text/say.ts'
import type { Call } from './call.svelte.ts'
import type { Calls } from './calls.svelte.ts'
import { callLock } from './call_lock.ts'
import type { CallLock } from './call_lock.ts'
import { isLoud, nextOf, popsOf } from './pop.ts'
import type { Pop } from './pop.ts'

/** An answer that takes longer does not keep the caller waiting: the form opens, and who has the call is told when it is known. */
const PATIENCE_MS = 800
const AGAIN_MS = 2000

/** What the desk does with calls that a PBX told of: takes them, once among all desks, and reads the caller's number. */
export class Pops {
  /** What stands at this desk, in the order of answering. */
  readonly list: readonly Pop[] = $derived.by(() => {
    const in_hand = new Set(this.calls.all.flatMap(({ call_id }) => call_id ?? []))
    if (!this.session.may('call.answer')) return []
    return popsOf(this.live.calls, this.session.desk, in_hand, this.live.now)
  })
  /** Why the last one is not here. */
  notice = $state('')
  /** Being taken: a second press means the next one. */
  private readonly taking = new Set<string>()
  /** By call: this tab's own, against other tabs of this browser. */
  private readonly locks = new Map<string, ReturnType<CallLock>>()
  private closed = false

  constructor(
    private readonly calls: Calls,
    private readonly live: Pick<Live, 'calls' | 'now' | 'server_now'>,
    private readonly session: Pick<Session, 'desk' | 'may'>,
    private readonly lock: CallLock = callLock,
  ) {}

  /** How many want somebody now. */
  get loud(): number {
    return this.list.filter(isLoud).length
  }

  /** The one that the key answers now. */
  get next(): Pop | null {
    return nextOf(this.list.filter(({ call }) => !this.taking.has(call.id)))
  }

  find(id: string | null | undefined): Pop | undefined {
    return this.list.find(({ call }) => call.id === id)
  }

  /**
   * Hears what the PBX said of a call. One that it put through to this desk belongs to one tab from then on; answers its form when that is to
   * come to the front by itself: in place of one that stands vacant, or when no other is there and `free` says so.
   */
  async hear({ kind, call }: LiveEvent, free: () => boolean): Promise<Call | null> {
    if (!call || this.calls.hear(call) || kind === 'call.answered') return null
    if (call.answered_by !== this.session.desk || call.kind !== null || call.incident_id !== null) return null
    if (!(await this.claim(call.id)) || this.has(call)) return null
    const into = this.calls.vacant
    return into || (!this.calls.front && free()) ? this.open(call, into) : null
  }

  /** Takes one. The call whose form is to come to the front; null when another desk has it. */
  async take({ call, state }: Pop): Promise<Call | null> {
    if (this.taking.has(call.id)) return null
    this.notice = ''
    this.taking.add(call.id)
    const pressed_at = this.live.server_now()
    const into = this.calls.vacant
    if (into) into.asked = true
    try {
      if (!(await this.claim(call.id))) {
        this.notice = say('pop_other_tab')
        return null
      }
      if (state === 'mine') return this.open(call, into)
      const body = state === 'silent' ? { instead_of: call.answered_by } : {}
      const answering = ask('POST', `/api/calls/${call.id}/answer`, wireCall, { body })
      const late = new Promise<'late'>((done) => setTimeout(() => done('late'), PATIENCE_MS))
      const first = await Promise.race([answering, late])
      if (first !== 'late' && first.ok) return this.open(first.value, into)
      if (first !== 'late' && !first.away) {
        this.notice = reasonOf(first.problem)
        return null
      }
      const opened = this.open(call, into)
      void this.insist(opened, call, body, pressed_at, first === 'late' ? answering : null)
      return opened
    } finally {
      this.taking.delete(call.id)
      if (into) into.asked = false
      this.settle()
    }
  }

  /** Holds the calls that are in a form here or wait for one, and lets go of the others. To be called after each change of either. */
  settle(): void {
    const here = new Set(this.calls.all.flatMap(({ call_id, pbx }) => (pbx && call_id) || []))
    for (const id of here) void this.claim(id)
    for (const { call, state } of this.list) if (state === 'mine') here.add(call.id)
    for (const [id, lock] of this.locks) {
      if (here.has(id) || this.taking.has(id)) continue
      this.locks.delete(id)
      void lock.then((release) => release?.())
    }
  }

  /** Says of one that waits what it was, without taking it. */
  async sort(call: WireCall, kind: 'information' | 'prank' | 'ghost' | 'test'): Promise<void> {
    this.notice = ''
    const answer = await ask('PATCH', `/api/calls/${call.id}`, wireCall, { body: { kind } })
    if (answer.ok) this.calls.mark({ kind, call_id: call.id, kept: null })
    else this.notice = answer.away ? say('discard_away') : reasonOf(answer.problem)
  }

  close(): void {
    this.closed = true
    for (const lock of this.locks.values()) void lock.then((release) => release?.())
  }

  private has({ id }: WireCall): boolean {
    return this.calls.all.some(({ call_id }) => call_id === id)
  }

  /** Whether it is this tab's, now or already. */
  private async claim(id: string): Promise<boolean> {
    const lock = this.locks.get(id) ?? this.lock(id)
    this.locks.set(id, lock)
    const release = await lock
    if (release === null && this.locks.get(id) === lock) this.locks.delete(id)
    return release !== null
  }

  private open(call: WireCall, into: Call | null): Call {
    const opened = this.calls.answered(call, into)
    void this.number(opened)
    return opened
  }

  /** The server did not answer: it is asked again, with the time of the press, for as long as the form is here. */
  private async insist(
    opened: Call,
    call: WireCall,
    body: object,
    pressed_at: number,
    running: ReturnType<typeof ask<WireCall>> | null,
  ): Promise<void> {
    const at = new Date(pressed_at).toISOString()
    let answer = await running
    while (!this.closed && this.calls.all.includes(opened) && (!answer || (!answer.ok && answer.away))) {
      await new Promise((done) => setTimeout(done, AGAIN_MS))
      answer = await ask('POST', `/api/calls/${call.id}/answer`, wireCall, { body: { ...body, at } })
    }
    if (!answer || !this.calls.all.includes(opened)) return
    if (answer.ok) {
      opened.heard(answer.value)
      void this.number(opened)
    } else if (!answer.away) {
      // Nothing that was typed goes away by itself.
      opened.notice = reasonOf(answer.problem)
      if (opened.is_empty) this.calls.throwAway(opened)
      this.notice = reasonOf(answer.problem)
    }
  }

  /** The caller's number, for this desk alone; the server records the look. What was typed meanwhile stays. */
  private async number(opened: Call): Promise<void> {
    const answer = await ask('GET', `/api/calls/${opened.call_id}`, callDetail)
    if (answer.ok && opened.fields.caller_number === '') {
      opened.fields.caller_number = answer.value.caller_number ?? ''
      void this.calls.keep()
    }
  }
}

/** Blocks the number of a call for so many hours; answers until when, or why not. */
export async function blockNumber(call_id: string, hours: number): Promise<{ until: string } | { fault: string }> {
  const answer = await ask('POST', `/api/calls/${call_id}/block`, numberBlocked, { body: { hours } })
  if (answer.ok) return { until: answer.value.blocked_until }
  return { fault: answer.away ? say('block_away') : reasonOf(answer.problem) }
}

/** Takes the block back; answers why not, or nothing. */
export async function unblockNumber(call_id: string): Promise<string> {
  const answer = await ask('DELETE', `/api/calls/${call_id}/block`, z.object({}))
  return answer.ok ? '' : answer.away ? say('block_away') : reasonOf(answer.problem)
}
