import type { Call as WireCall } from '../../../geo/wire/calls.ts'
import { ask } from '../../state/api.ts'
import { call as callAnswer } from './answers.ts'
import type { Created } from './answers.ts'
import { Call } from './call.svelte.ts'
import type { NO_INCIDENT } from './call.svelte.ts'
import { OWN_INCIDENT } from './course.ts'
import type { Course } from './course.ts'
import type { KeptCall, Shelf } from './kept_call.ts'

/** The server is there, as far as the page knows: the first try comes soon, the others never in a tight circle. */
const SOON_MS = 1000
const AGAIN_MS = 3000
/** It seems away. The live feed may err about that, so it is tried all the same. */
const AWAY_MS = 10_000

/** `in_front`: its form was before the operator; `by_hand`: the operator pressed save just now. */
export interface How {
  in_front: boolean
  by_hand: boolean
}

export interface Attachment {
  call_id: string
  incident_id: string
  number: string
  kept: KeptCall
}

/** A call that turned out to be no incident, and what brings it back. */
export interface Marked {
  kind: (typeof NO_INCIDENT)[number]
  call_id: string
  /** Null for one that was marked without a form. */
  kept: KeptCall | null
  /** The server did not take it back. */
  away: boolean
}

/** What became of calls, for whoever lays out the desk. */
export interface Told {
  saved(created: Created, how: How): void
  /** It became one more call about an incident; `kept` brings its form back should that be undone. */
  attached(to: Attachment, how: How): void
  /** The server will not take one whose form is not in front. */
  refused(call: Call): void
}

/**
 * All calls that are not acknowledged yet, oldest first: the one being typed, those on their way or refused, and those that another page left
 * behind. They live here and on the desk's shelf, so that neither an outage nor a crash nor the next call loses a word. What was tried once is
 * sent again in the background, one after the other, whatever is in front.
 */
export class Calls {
  all = $state.raw<readonly Call[]>([])
  /** Whose form is before the operator. */
  front = $state.raw<Call | null>(null)
  /** The one marked last, until something else comes to the desk. */
  marked = $state.raw<Marked | null>(null)
  private connected = false
  private sending = false
  private unmarking = false
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly store = () => this.keep()

  constructor(
    private readonly now: () => number,
    private readonly told: Told,
    private readonly shelf: Shelf,
  ) {
    shelf.open((kept, mine) => this.takeUp(kept, mine))
  }

  /** The one of which nothing was sent yet. */
  get typing(): Call | null {
    return this.all.find((call) => call.state === 'typing' && !call.offered) ?? null
  }

  /** Left behind unsent, to be gone on with. */
  get offered(): readonly Call[] {
    return this.all.filter((call) => call.offered)
  }

  get unsent(): readonly Call[] {
    return this.all.filter((call) => call.tries > 0)
  }

  get refused(): readonly Call[] {
    return this.all.filter((call) => call.refused)
  }

  /** What a list beside the form shows: tried or refused, and whatever else no button leads to. */
  get left(): readonly Call[] {
    const { front, typing } = this
    return this.all.filter(
      (call) => call.refused || call.tries > 0 || (call !== front && (call.busy === 'saving' || call !== typing)),
    )
  }

  /**
   * Brings the call being typed to the front, or else a new one. What was tried already makes room and goes its own way. `rings`: a call
   * rings that it may be the form of, so the server is not told of it as of another.
   */
  begin(rings = false): Call {
    let call = this.typing
    if (!call) {
      call = Call.ring(this.now(), this.store, rings)
      this.all = [...this.all, call]
    }
    this.show(call)
    return call
  }

  /** The form in front, or left for a moment, while it may become that of a call that rings: nothing stands in it, and the server knows nothing of it. */
  get vacant(): Call | null {
    const form = this.front ?? this.typing
    return form?.untold && !form.asked && form.is_untouched ? form : null
  }

  /** Tells the server of forms in which something stands, or of all once nothing rings. To be called after each change of either. */
  announce(rings: boolean): void {
    for (const call of this.all) if (call.untold && !call.asked && !(rings && call.is_untouched)) call.announce()
  }

  /** One that a PBX told of and this desk took: into a form that is still untold, else into a new one, not in front yet. */
  answered(told: WireCall, into: Call | null = null): Call {
    const known = this.hear(told)
    if (known) return known
    const here = into?.untold && this.all.includes(into) ? into : null
    const call = here ?? Call.answered(told, this.store)
    if (here) here.become(told)
    else this.all = [...this.all, call]
    void this.keep()
    return call
  }

  /** The PBX said more of a call; the one of this desk, if it is one. */
  hear(told: WireCall): Call | undefined {
    const known = this.all.find((one) => one.call_id === told.id)
    known?.heard(told)
    return known
  }

  /** It is another desk's, and nothing was typed here. */
  throwAway(call: Call): void {
    this.drop(call)
    void this.keep()
  }

  show(call: Call): void {
    this.front = call
    this.marked = null
    call.offered = false
    void this.keep()
  }

  /** Nobody's form is in front any more; nothing is lost by that. */
  leave(): void {
    this.front = null
    void this.keep()
  }

  async save(call: Call, words_suffice: boolean, by_hand = true, course?: Course): Promise<void> {
    const outcome = await call.save(words_suffice, course)
    const how = { in_front: this.front === call, by_hand }
    if (outcome) this.drop(call)
    void this.keep()
    if (outcome?.kind === 'created') this.told.saved(outcome.created, how)
    else if (outcome) this.told.attached({ ...outcome, kept: call.kept() }, how)
    else if (call.refused && !how.in_front) this.told.refused(call)
    if (!this.sending) this.schedule(call.tries > 1 ? AGAIN_MS : SOON_MS)
  }

  /** A call that was detached from an incident comes back as a form, to become what it really is. */
  bringBack({ fields, started_at, call_id, pbx }: Pick<KeptCall, 'fields' | 'started_at' | 'call_id' | 'pbx'>): Call {
    const fresh = { own_id: crypto.randomUUID(), key: crypto.randomUUID(), course: OWN_INCIDENT, sent: null }
    const quiet = { refused: false, faults: {}, notice: '' }
    const call = Call.revive({ fields, started_at, call_id, pbx, ...fresh, ...quiet }, this.store)
    this.all = [...this.all, call]
    this.show(call)
    void call.pins.rename()
    return call
  }

  /** The network located the phone of one of the calls in hand. */
  locate(call_id: string): void {
    const call = this.all.find((one) => one.call_id === call_id)
    if (call) void call.pins.look(call_id)
  }

  /** What the network may have told while nobody listened. */
  locateAll(): void {
    for (const { call_id, pins } of this.all) if (call_id) void pins.look(call_id)
  }

  /** Places may be answered otherwise than before: names or the map have changed, or the server is back. */
  renew(): void {
    for (const { search } of this.all) search.renew()
  }

  async discard(call: Call, kind: (typeof NO_INCIDENT)[number] | null): Promise<void> {
    if (await call.discard(kind)) {
      const at_hand = this.front === call
      this.drop(call)
      if (kind !== null && at_hand) this.mark({ kind, call_id: call.call_id ?? call.kept().own_id, kept: call.kept() })
    }
    void this.keep()
  }

  mark(marked: Omit<Marked, 'away'>): void {
    this.marked = { ...marked, away: false }
  }

  /** It was something after all: its kind goes, its form comes back. */
  async unmark(): Promise<void> {
    const { marked } = this
    // Two presses of one hand must not bring two forms of one call.
    if (!marked || this.unmarking) return
    this.unmarking = true
    const answer = await ask('PATCH', `/api/calls/${marked.call_id}`, callAnswer, { body: { kind: null } })
    this.unmarking = false
    if (answer.ok && marked.kept) this.bringBack(marked.kept)
    else if (this.marked === marked) this.marked = answer.ok ? null : { ...marked, away: true }
  }

  /** To be told when the connection to the server comes or goes: what waits is sent soon after it came. */
  reach(connected: boolean): void {
    this.connected = connected
    this.schedule(connected ? SOON_MS : AWAY_MS)
  }

  /** Brings all to the shelf; to be called after every change of a form. */
  async keep(): Promise<void> {
    await Promise.all(this.all.map((call) => this.shelf.keep({ ...call.kept(), in_front: call === this.front })))
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.shelf.close()
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer)
    if (this.closed || this.unsent.length === 0) return
    this.timer = setTimeout(() => void this.send(), ms)
  }

  /** Each that waits is tried once; one that the server cannot answer does not hold up the others. */
  private async send(): Promise<void> {
    if (this.sending) return
    this.sending = true
    try {
      for (const call of this.unsent) await this.save(call, true, false)
    } finally {
      this.sending = false
    }
    this.schedule(this.connected ? AGAIN_MS : AWAY_MS)
  }

  private drop(call: Call): void {
    this.all = this.all.filter((other) => other !== call)
    if (this.front === call) this.front = null
    this.shelf.drop(call.key)
  }

  /** What this tab had before a reload goes on as it was; what another left is offered, or sent if it had been sent before. */
  private takeUp(kept: KeptCall, mine: boolean): void {
    const call = Call.revive(kept, this.store)
    call.offered = !mine && call.state === 'typing'
    this.all = [...this.all, call].sort((a, b) => a.started_at - b.started_at)
    if (mine && (kept.in_front || (!this.front && call.state === 'typing'))) this.front = call
    this.schedule(SOON_MS)
  }
}
