import { z } from 'zod'
import { ask, faultsOf, reasonOf } from './api.ts'
import { call, created } from './answers.ts'
import type { Created } from './answers.ts'
import { corrections, EMPTY_FIELDS, intakeOf } from './intake.ts'
import type { Fields, Intake } from './intake.ts'
import { say } from '../text/say.ts'

const KEPT = 'siaga112-draft'
/** Saving waits this long for the call to be known, then goes without it. */
const REGISTER_MS = 2000

interface Kept {
  fields: Fields
  started_at: number
  call_id: string | null
  key: string
  sent: Intake | null
}

/**
 * The call being taken. Until the server acknowledges it, it lives here and in this tab's session storage, so that neither an outage nor a
 * reload loses a word. One Idempotency-Key from the first attempt to the acknowledgement: however often it is sent, it is written once. What
 * is typed after the first attempt follows as a correction.
 */
export class Draft {
  /** Null: no call is being taken. */
  fields = $state<Fields | null>(null)
  started_at = $state(0)
  call_id = $state<string | null>(null)
  saving = $state(false)
  /** Attempts whose fate is unknown; above 0 the form is not saved and says so. */
  tries = $state(0)
  faults = $state.raw<Record<string, string>>({})
  notice = $state('')
  private key = ''
  private sent: Intake | null = null
  private saved: Created | null = null
  private registering: Promise<void> = Promise.resolve()

  constructor(private readonly now: () => number) {
    this.restore()
  }

  /** A call rings: the server is told at once, so that the clock starts now and not when the form is full. */
  begin(): void {
    if (this.fields) return
    this.fields = { ...EMPTY_FIELDS }
    this.started_at = this.now()
    this.call_id = null
    this.key = crypto.randomUUID()
    this.reset()
    this.registering = this.register()
  }

  /** Ends it without an incident; the call, if the server knows it, gets its kind. */
  async discard(kind: 'information' | 'prank' | 'ghost' | 'test' | null): Promise<void> {
    const { call_id } = this
    this.clear()
    if (kind && call_id) await ask('PATCH', `/api/calls/${call_id}`, call, { body: { kind } })
  }

  /** Saves, or tries again. Answers the incident once all is acknowledged; null while it is not. `words_suffice`: no pin needed. */
  async save(words_suffice: boolean): Promise<Created | null> {
    if (!this.fields || this.saving) return null
    this.faults = this.sent ? {} : this.missing(this.fields, words_suffice)
    if (Object.keys(this.faults).length > 0) return null
    this.saving = true
    this.notice = ''
    try {
      await Promise.race([this.registering, new Promise((done) => setTimeout(done, REGISTER_MS))])
      return await this.deliver()
    } finally {
      this.saving = false
    }
  }

  /** Writes the draft to the tab's storage; call it after every change. */
  keep(): void {
    const { fields, started_at, call_id, key, sent } = this
    try {
      if (fields)
        sessionStorage.setItem(KEPT, JSON.stringify({ fields, started_at, call_id, key, sent } satisfies Kept))
      else sessionStorage.removeItem(KEPT)
    } catch {
      // Without storage the page itself still holds it.
    }
  }

  private async deliver(): Promise<Created | null> {
    if (!this.fields) return null
    const sent = (this.sent ??= intakeOf(this.fields, this.call_id, this.started_at))
    this.keep()
    if (!this.saved) {
      const answer = await ask('POST', '/api/incidents', created, { body: sent, key: this.key })
      if (!answer.ok) return this.failed(answer, true)
      this.saved = answer.value
    }
    const change = corrections(sent, intakeOf(this.fields, this.call_id, this.started_at))
    if (Object.keys(change).length > 0) {
      const answer = await ask('PATCH', `/api/incidents/${this.saved.incident.id}`, z.object({}), { body: change })
      if (!answer.ok) return this.failed(answer, false)
    }
    const { saved } = this
    this.clear()
    return saved
  }

  private failed(answer: Exclude<Awaited<ReturnType<typeof ask>>, { ok: true }>, editable: boolean): null {
    if (answer.away) {
      this.tries++
      return null
    }
    if (answer.status === 401 || answer.status === 403)
      this.notice = answer.status === 401 ? say('session_over') : say('refused', { reason: reasonOf(answer.problem) })
    else {
      // Refused whole, so nothing was written: the form may be put right and sent under the same key.
      if (editable) this.sent = null
      this.tries = 0
      this.faults = faultsOf(answer.problem)
      this.notice = say('refused', { reason: reasonOf(answer.problem) })
    }
    return null
  }

  private missing(fields: Fields, words_suffice: boolean): Record<string, string> {
    const located = fields.pin?.settled || (words_suffice && fields.place_text.trim() !== '')
    return {
      ...(fields.incident_type === '' ? { incident_type: say('type_hint') } : {}),
      ...(located ? {} : { location: say('pin_missing') }),
    }
  }

  private async register(): Promise<void> {
    const { key } = this
    const answer = await ask('POST', '/api/calls', call, { body: {} })
    if (answer.ok && key === this.key && this.sent === null) this.call_id = answer.value.id
  }

  private reset(): void {
    this.tries = 0
    this.faults = {}
    this.notice = ''
    this.sent = null
    this.saved = null
  }

  private clear(): void {
    this.fields = null
    this.call_id = null
    this.key = ''
    this.reset()
    this.keep()
  }

  private restore(): void {
    try {
      const kept = sessionStorage.getItem(KEPT)
      if (!kept) return
      const { fields, started_at, call_id, key, sent } = JSON.parse(kept) as Kept
      Object.assign(this, {
        fields: { ...EMPTY_FIELDS, ...fields },
        started_at,
        call_id,
        key,
        sent,
        tries: sent ? 1 : 0,
      })
    } catch {
      sessionStorage.removeItem(KEPT)
    }
  }
}
