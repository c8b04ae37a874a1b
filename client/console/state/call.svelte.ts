import { z } from 'zod'
import type { Call as WireCall } from '../../../geo/wire/calls.ts'
import { ask, faultsOf } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import { call, created } from './answers.ts'
import type { Created } from './answers.ts'
import { OWN_INCIDENT, saidBy } from './course.ts'
import type { Course, Outcome } from './course.ts'
import { corrections, EMPTY_FIELDS, intakeOf } from './intake.ts'
import type { Fields, Intake } from './intake.ts'
import { Pinning } from './pinning.svelte.ts'
import type { KeptCall } from './kept_call.ts'
import { PlaceSearch } from './places.svelte.ts'
import { isPassing, missing, noticeOf } from './refusal.ts'
import { say } from '../text/say.ts'

/** Saving waits this long for the call to be known, then goes without it. */
const REGISTER_MS = 2000

/** What a call that brings no incident turned out to be. */
export const NO_INCIDENT = ['information', 'prank', 'ghost', 'test'] as const

/**
 * One call, from the ringing until the server acknowledges what it became. One Idempotency-Key and one id from the first attempt to the
 * acknowledgement: however often it is sent, it is written once. What is typed after the first attempt follows as a correction.
 */
export class Call {
  fields = $state<Fields>({ ...EMPTY_FIELDS })
  /** Server time, epoch ms. */
  started_at = $state(0)
  /** The server is not told of it yet: it may turn out to be one that rings just now. */
  untold = $state(false)
  /** It is about to become the form of one that rings. */
  asked = $state(false)
  /** Null while the server is not known to hold the call. */
  call_id = $state<string | null>(null)
  /** What it is to become; other than an incident of its own only once that was sent. */
  course = $state.raw<Course>(OWN_INCIDENT)
  /** As first sent, and as it is sent again; null while it may still be changed as a whole. */
  sent = $state.raw<Intake | null>(null)
  busy = $state<'saving' | 'discarding' | null>(null)
  /** Attempts that left it unsaved or in doubt; above 0 it is sent again. */
  tries = $state(0)
  /** The server answered that it will not take this: only the operator can put it right. */
  refused = $state(false)
  faults = $state.raw<Record<string, string>>({})
  notice = $state('')
  /** Left behind by a page that is gone, and not taken up again yet. */
  offered = $state(false)
  /** What a PBX told of it; null for a call typed here. */
  pbx = $state.raw<WireCall | null>(null)
  readonly pins = new Pinning(() => this.fields)
  readonly search = new PlaceSearch()
  /** Where the operator was in the form: coming back must not put the next key into another field. */
  field: string | null = null
  private saved: Created | null = null
  private registering: Promise<void> = Promise.resolve()
  private telling: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly key: string,
    started_at: number,
    /** The call's id, told by this page so that a repeated registration is one. */
    private own_id: string,
    /** Resolves when what {@link kept} answers is kept: before that nothing of it is sent. */
    private readonly keep: () => Promise<void>,
  ) {
    this.started_at = started_at
  }

  /** It rings: the server is told at once, so that the clock starts now and not when the form is full; of one that may be known to it, later. */
  static ring(started_at: number, keep: () => Promise<void>, untold: boolean): Call {
    const ringing = new Call(crypto.randomUUID(), started_at, crypto.randomUUID(), keep)
    ringing.untold = untold
    if (!untold) ringing.registering = ringing.ringIn({})
    return ringing
  }

  /** A call that a PBX told of and this desk took: the same row from here on. */
  static answered(told: WireCall, keep: () => Promise<void>): Call {
    const taken = new Call(crypto.randomUUID(), Date.parse(told.rang_at), told.id, keep)
    taken.become(told)
    return taken
  }

  static revive(kept: KeptCall, keep: () => Promise<void>): Call {
    const { fields, started_at, call_id, own_id, key, course, sent, refused, faults, notice, pbx, untold } = kept
    const revived = new Call(key, started_at, own_id ?? crypto.randomUUID(), keep)
    const tries = (sent || course?.kind === 'attach') && !refused ? 1 : 0
    return Object.assign(revived, {
      fields: { ...EMPTY_FIELDS, ...fields },
      call_id,
      course: course ?? OWN_INCIDENT,
      sent,
      refused,
      faults,
      notice,
      pbx: pbx ?? null,
      untold: untold ?? false,
      tries,
    })
  }

  /** `waiting`: on its way to the server; `typing`: nothing of it was sent yet. */
  get state(): 'typing' | 'waiting' | 'refused' {
    if (this.refused) return 'refused'
    return this.tries > 0 || this.busy === 'saving' ? 'waiting' : 'typing'
  }

  /** Nothing of it may be an incident already, so it may still become something else. */
  get may_attach(): boolean {
    return this.sent === null && this.busy === null && this.course.kind !== 'attach'
  }

  /** Nothing was typed into it. */
  get is_empty(): boolean {
    const { caller_number: _, number_hidden: __, ...typed } = this.fields
    const { caller_number: ___, number_hidden: ____, ...none } = EMPTY_FIELDS
    return JSON.stringify(typed) === JSON.stringify(none)
  }

  /** Nor does its number, or that it is hidden, stand there. */
  get is_untouched(): boolean {
    return JSON.stringify(this.fields) === JSON.stringify(EMPTY_FIELDS)
  }

  /** The server hears of it, unless it did. */
  announce(): void {
    if (!this.untold) return
    this.untold = false
    this.registering = this.ringIn({ rang_at: new Date(this.started_at).toISOString() })
  }

  /** It is the one that a PBX told of: that row, and this form. */
  become(told: WireCall): void {
    this.untold = false
    this.own_id = this.call_id = told.id
    this.started_at = Date.parse(told.rang_at)
    if (told.number_hidden) this.fields.number_hidden = true
    this.pbx = told
  }

  /** The PBX, or the server, said more of it. */
  heard(told: WireCall): void {
    this.pbx = told
  }

  kept(): KeptCall {
    const { fields, started_at, call_id, own_id, key, course, sent, refused, faults, notice, pbx, untold } = this
    return { fields, started_at, call_id, own_id, key, course, sent, refused, faults, notice, pbx, untold }
  }

  /**
   * Saves, or tries again. Answers what it became once all is acknowledged; null while it is not. `words_suffice`: no pin needed. A `course` once
   * tried is followed to its end, or until it is refused.
   */
  async save(words_suffice: boolean, course: Course = this.course): Promise<Outcome | null> {
    if (this.busy || (course.kind === 'attach' && this.sent)) return null
    const next = this.course.kind === 'attach' ? this.course : course
    this.faults = this.sent || next.kind === 'attach' ? {} : missing(this.fields, words_suffice)
    if (Object.keys(this.faults).length > 0) return null
    this.course = next
    this.busy = 'saving'
    this.refused = false
    this.announce()
    try {
      await Promise.race([this.registering, new Promise((done) => setTimeout(done, REGISTER_MS))])
      return await (next.kind === 'attach' ? this.attach(next) : this.file(next))
    } finally {
      this.busy = null
    }
  }

  /**
   * Ends it without an incident. True once the server holds its kind (`null`: none is told); false leaves the form as it is, with the
   * reason. A call the server never heard of is told with its kind.
   */
  async discard(kind: (typeof NO_INCIDENT)[number] | null): Promise<boolean> {
    if (this.busy) return false
    if (kind === null) return true
    this.busy = 'discarding'
    this.untold = false
    this.notice = ''
    try {
      await this.registering
      // By its number later calls are known, and may be blocked: it may still stand in the field alone.
      const { caller_number } = saidBy(this.fields)
      const said = caller_number === null ? { kind } : { kind, caller_number }
      let answer = this.call_id === null ? await this.register(said) : await this.patchCall(said)
      // It was known after all, from a registration whose answer was lost, and that one bore no kind.
      if (answer.ok && answer.value.kind === null) answer = await this.patchCall({ kind })
      if (!answer.ok) this.notice = answer.away ? say('discard_away') : noticeOf(answer)
      return answer.ok
    } finally {
      this.busy = null
    }
  }

  /** Tells the number as soon as it stands there: by it the network's word on where the phone is finds this call. Saving tells it anyway. */
  tellNumber(): void {
    this.telling = Promise.all([this.telling, this.registering]).then(async () => {
      const { caller_number, number_hidden } = saidBy(this.fields)
      if (this.call_id !== null && this.state === 'typing') await this.patchCall({ caller_number, number_hidden })
    })
  }

  /** As an incident of its own; one of the neighbour's is handed over with the last of what was typed. */
  private async file(course: Course): Promise<Outcome | null> {
    const sent = (this.sent ??= this.intake())
    await this.keep()
    if (!this.saved) {
      const answer = await ask('POST', '/api/incidents', created, { body: sent, key: this.key })
      if (!answer.ok) return this.failed(answer, true)
      this.saved = answer.value
    }
    const path = `/api/incidents/${this.saved.incident.id}`
    const end = course.kind === 'hand_over' ? { status: 'handed_over', handed_over_to: course.to } : {}
    // `sent` itself stays: after a reload the very same body must go out under the key.
    let held = sent
    let ended = course.kind !== 'hand_over'
    for (;;) {
      const typed = this.intake()
      const change = { ...corrections(held, typed), ...(ended ? {} : end) }
      if (Object.keys(change).length === 0) return { kind: 'created', created: handedOver(this.saved, course) }
      const answer = await ask('PATCH', path, z.object({}), { body: change })
      if (!answer.ok) return this.failed(answer, false)
      held = typed
      ended = true
    }
  }

  /** As one more call about a known incident, with all that this caller said. */
  private async attach({ incident_id, number }: Extract<Course, { kind: 'attach' }>): Promise<Outcome | null> {
    await this.keep()
    if (this.call_id === null) {
      const answer = await this.register({})
      if (!answer.ok) return this.failed(answer, true)
    }
    let held = ''
    for (;;) {
      const said = saidBy(this.fields)
      const typed = JSON.stringify(said)
      if (held === typed) return { kind: 'attached', incident_id, number, call_id: this.call_id ?? this.own_id }
      const answer = await this.patchCall({ incident_id, ...said })
      if (!answer.ok) return this.failed(answer, true)
      held = typed
    }
  }

  private intake(): Intake {
    return intakeOf(this.fields, this.call_id, this.started_at)
  }

  private failed(answer: Exclude<Answer<unknown>, { ok: true }>, whole: boolean): null {
    if (answer.away || isPassing(answer)) {
      this.tries++
      this.notice = answer.away ? '' : noticeOf(answer)
      return null
    }
    // Refused whole, so nothing was written: the form may be put right and sent under the same key, or become something else.
    if (whole) this.sent = null
    this.course = OWN_INCIDENT
    this.tries = 0
    this.refused = true
    this.faults = faultsOf(answer.problem)
    this.notice = noticeOf(answer)
    return null
  }

  private async ringIn(more: object): Promise<void> {
    const answer = await ask('POST', '/api/calls', call, { body: { id: this.own_id, desk: true, ...more } })
    if (answer.ok && this.sent === null) this.call_id = answer.value.id
  }

  /** Tells the server of a call that it may never have heard of, with its own time. */
  private async register(more: object) {
    const body = { id: this.own_id, desk: true, rang_at: new Date(this.started_at).toISOString(), ...more }
    const answer = await ask('POST', '/api/calls', call, { body })
    if (answer.ok) this.call_id = answer.value.id
    return answer
  }

  private patchCall(body: object) {
    return ask('PATCH', `/api/calls/${this.call_id}`, call, { body })
  }
}

/** What the answer to the hand-over leaves of what was known before it: nobody is to be sent there. */
function handedOver(saved: Created, course: Course): Created {
  if (course.kind !== 'hand_over') return saved
  const incident = { ...saved.incident, status: 'handed_over' as const, handed_over_to: course.to }
  return { incident, possible_duplicates: [], recommendations: [] }
}
