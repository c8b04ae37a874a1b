import { z } from 'zod'
import { ask, faultsOf, reasonOf } from './api.ts'
import type { Answer } from './api.ts'
import { call, created } from './answers.ts'
import type { Created } from './answers.ts'
import { corrections, EMPTY_FIELDS, intakeOf } from './intake.ts'
import type { Fields, Intake } from './intake.ts'
import { say } from '../text/say.ts'

/** Saving waits this long for the call to be known, then goes without it. */
const REGISTER_MS = 2000

/** What a call that brings no incident turned out to be. */
export const NO_INCIDENT = ['information', 'prank', 'ghost', 'test'] as const

/** A call as the tab's storage holds it. */
export interface KeptCall {
  fields: Fields
  started_at: number
  call_id: string | null
  key: string
  sent: Intake | null
  refused: boolean
  faults: Record<string, string>
  notice: string
}

/**
 * One call, from the ringing until the server acknowledges its incident. One Idempotency-Key from the first attempt to the acknowledgement:
 * however often it is sent, it is written once. What is typed after the first attempt follows as a correction.
 */
export class Call {
  fields = $state<Fields>({ ...EMPTY_FIELDS })
  call_id = $state<string | null>(null)
  /** As first sent, and as it is sent again; null while it may still be changed as a whole. */
  sent = $state.raw<Intake | null>(null)
  busy = $state<'saving' | 'discarding' | null>(null)
  /** Attempts that left it unsaved or in doubt; above 0 it is sent again. */
  tries = $state(0)
  /** The server answered that it will not take this: only the operator can put it right. */
  refused = $state(false)
  faults = $state.raw<Record<string, string>>({})
  notice = $state('')
  private saved: Created | null = null
  private registering: Promise<void> = Promise.resolve()

  private constructor(
    readonly key: string,
    /** Server time, epoch ms. */
    readonly started_at: number,
    /** Called when what {@link kept} answers must be in storage before anything else happens. */
    private readonly keep: () => void,
  ) {}

  /** It rings: the server is told at once, so that the clock starts now and not when the form is full. */
  static ring(started_at: number, keep: () => void): Call {
    const ringing = new Call(crypto.randomUUID(), started_at, keep)
    ringing.registering = ringing.register()
    return ringing
  }

  static revive({ fields, started_at, call_id, key, sent, refused, faults, notice }: KeptCall, keep: () => void): Call {
    const revived = new Call(key, started_at, keep)
    const tries = sent && !refused ? 1 : 0
    return Object.assign(revived, {
      fields: { ...EMPTY_FIELDS, ...fields },
      call_id,
      sent,
      refused,
      faults,
      notice,
      tries,
    })
  }

  /** `waiting`: on its way to the server; `typing`: nothing of it was sent yet. */
  get state(): 'typing' | 'waiting' | 'refused' {
    if (this.refused) return 'refused'
    return this.tries > 0 || this.busy === 'saving' ? 'waiting' : 'typing'
  }

  kept(): KeptCall {
    const { fields, started_at, call_id, key, sent, refused, faults, notice } = this
    return { fields, started_at, call_id, key, sent, refused, faults, notice }
  }

  /** Saves, or tries again. Answers the incident once all is acknowledged; null while it is not. `words_suffice`: no pin needed. */
  async save(words_suffice: boolean): Promise<Created | null> {
    if (this.busy) return null
    this.faults = this.sent ? {} : missing(this.fields, words_suffice)
    if (Object.keys(this.faults).length > 0) return null
    this.busy = 'saving'
    this.refused = false
    try {
      await Promise.race([this.registering, new Promise((done) => setTimeout(done, REGISTER_MS))])
      return await this.deliver()
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
    this.notice = ''
    try {
      await this.registering
      const answer =
        this.call_id === null
          ? await ask('POST', '/api/calls', call, { body: { kind, rang_at: new Date(this.started_at).toISOString() } })
          : await ask('PATCH', `/api/calls/${this.call_id}`, call, { body: { kind } })
      if (!answer.ok) this.notice = answer.away ? say('discard_away') : noticeOf(answer)
      return answer.ok
    } finally {
      this.busy = null
    }
  }

  private async deliver(): Promise<Created | null> {
    const sent = (this.sent ??= this.intake())
    this.keep()
    if (!this.saved) {
      const answer = await ask('POST', '/api/incidents', created, { body: sent, key: this.key })
      if (!answer.ok) return this.failed(answer, true)
      this.saved = answer.value
    }
    // `sent` itself stays: after a reload the very same body must go out under the key.
    let held = sent
    for (;;) {
      const typed = this.intake()
      const change = corrections(held, typed)
      if (Object.keys(change).length === 0) return this.saved
      const answer = await ask('PATCH', `/api/incidents/${this.saved.incident.id}`, z.object({}), { body: change })
      if (!answer.ok) return this.failed(answer, false)
      held = typed
    }
  }

  private intake(): Intake {
    return intakeOf(this.fields, this.call_id, this.started_at)
  }

  private failed<T>(answer: Exclude<Answer<T>, { ok: true }>, whole: boolean): null {
    if (answer.away || answer.status === 401 || answer.status === 403) {
      this.tries++
      this.notice = answer.away ? '' : noticeOf(answer)
      return null
    }
    // Refused whole, so nothing was written: the form may be put right and sent under the same key.
    if (whole) this.sent = null
    this.tries = 0
    this.refused = true
    this.faults = faultsOf(answer.problem)
    this.notice = noticeOf(answer)
    return null
  }

  private async register(): Promise<void> {
    const answer = await ask('POST', '/api/calls', call, { body: {} })
    if (answer.ok && this.sent === null) this.call_id = answer.value.id
  }
}

const noticeOf = ({ status, problem }: Extract<Answer<unknown>, { away: false }>) =>
  status === 401 ? say('session_over') : say('refused', { reason: reasonOf(problem) })

function missing(fields: Fields, words_suffice: boolean): Record<string, string> {
  const located = fields.pin?.settled || (words_suffice && fields.place_text.trim() !== '')
  return {
    ...(fields.incident_type === '' ? { incident_type: say('type_hint') } : {}),
    ...(located ? {} : { location: say('pin_missing') }),
  }
}
