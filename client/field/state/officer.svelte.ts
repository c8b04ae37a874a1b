import type { LonLat } from '../../../geo/earth.ts'
import { caseAnswer } from '../../console/state/answers.ts'
import { Alarm } from '../../dispatch/state/alarm.svelte.ts'
import { assignment, type IncidentPrivate } from '../../../geo/wire/incident.ts'
import { unit as wireUnit } from '../../../geo/wire/masterdata.ts'
import { ask, reasonOf } from '../../state/api.ts'
import type { Live } from '../../state/live.svelte.ts'
import type { Session } from '../../state/session.svelte.ts'
import { jobOf, type Job, type KeptPage } from './job.ts'
import { Outbox } from './outbox.svelte.ts'
import { standing, type Report, type Said, type Sent } from './report.ts'
import type { Box } from './sealed_box.ts'
import { Sharing } from './sharing.svelte.ts'
import { vibrate } from './vibrate.ts'
import { WayFinder } from './way.svelte.ts'

/** A measured clock is kept again when it differs by more than this. */
const KEEP_OFFSET_MS = 500
const FIX_FRESH_MS = 60_000

/** What one officer's page knows and does: the job of his unit, his presses, his position. */
export class Officer {
  /** Server time of the second shown, epoch ms. */
  now = $state(0)
  job = $state.raw<Job | null>(null)
  next = $state.raw<Job | null>(null)
  told = $state.raw<IncidentPrivate | null>(null)
  unit = $state.raw<KeptPage['unit'] | null>(null)
  /** Server time of what is shown, epoch ms; null before anything is. */
  seen_at = $state<number | null>(null)
  /** A job that somebody else ended, until its officer has read it. */
  ended = $state.raw<{ number: string; status: string } | null>(null)
  /** Why a change of duty was not taken. */
  notice = $state('')
  busy = $state(false)
  readonly outbox: Outbox
  readonly sharing: Sharing
  readonly ways = new WayFinder()
  readonly alarm = new Alarm()
  private offset_ms: number
  private told_of: string | null = null
  private kept = ''
  private ready = false
  private rung = 0
  private readonly stops: (() => void)[] = []

  constructor(
    readonly live: Live,
    readonly session: Session,
    private readonly box: Box,
    readonly unit_id: string,
    kept: KeptPage | null,
  ) {
    this.offset_ms = kept?.offset_ms ?? 0
    if (kept?.unit.id === unit_id) {
      this.unit = kept.unit
      this.job = kept.job
      this.next = kept.next
      this.told = kept.told
      this.told_of = kept.told ? (kept.job?.incident.id ?? null) : null
      this.seen_at = kept.saved_at
    }
    this.now = this.serverNow()
    this.outbox = new Outbox({
      shelf: box,
      send: (report) => this.send(report),
      unit: () => (this.signedIn ? unit_id : null),
      alone: (work) => alone(work),
    })
    this.sharing = new Sharing({ now: () => this.serverNow(), refused: () => void session.look() })
    void this.outbox.open()
    this.stops.push(live.onflush(() => this.look()))
    this.stops.push(
      live.onevent((line) => {
        if (line.incident?.id === this.job?.incident.id && line.kind?.startsWith('incident.')) void this.readTold()
      }),
    )
    const tick = setInterval(() => this.tick(), 1000)
    const online = () => void this.outbox.pump()
    addEventListener('online', online)
    this.stops.push(
      () => clearInterval(tick),
      () => removeEventListener('online', online),
    )
    this.look()
  }

  get signedIn(): boolean {
    return this.session.state === 'signed_in' && !this.session.over
  }

  /** The server speaks, and what it says is not old. */
  get fresh(): boolean {
    return this.live.connected && this.live.has_picture && !this.live.staleness.stale
  }

  get lasting(): boolean {
    return this.box.lasting
  }

  /** What of a job stands once all that waits has arrived. */
  standing(one: Job): Job['own']['status'] {
    return standing(one.own, this.outbox.rows)
  }

  /** The server's clock: as it is heard, else as this phone's clock stood to it when it was heard last. */
  serverNow(): number {
    return this.live.heard_at > 0 ? this.live.server_now() : Date.now() + this.offset_ms
  }

  /** A step of the job, told with the time of this very press. False: it could not be kept, and the outbox says why. */
  async press(one: Job, status: Said, note?: string): Promise<boolean> {
    const at = this.serverNow()
    const report: Report = {
      key: `${String(Math.round(at)).padStart(15, '0')}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`,
      unit_id: this.unit_id,
      assignment_id: one.own.id,
      number: one.incident.number,
      status,
      at: new Date(at).toISOString(),
      ...(note ? { note } : {}),
      refused: null,
    }
    const kept = await this.outbox.press(report)
    if (kept) vibrate(60)
    this.look()
    return kept
  }

  async setDuty(duty: 'on' | 'off'): Promise<void> {
    if (this.busy) return
    this.busy = true
    const answer = await ask('PATCH', `/api/units/${this.unit_id}`, wireUnit.omit({ position: true }), {
      body: { duty },
    })
    this.busy = false
    this.notice = answer.ok ? '' : answer.away ? 'away' : reasonOf(answer.problem)
    if (answer.ok) this.unit = answer.value
    this.share()
  }

  /** Signed out, here or elsewhere: no position goes out, and nothing of the case stays on the phone. Presses that wait stay, sealed. */
  async forget(): Promise<void> {
    this.sharing.want(false, 'signed_out')
    this.sharing.keepAwake(false)
    this.told = null
    this.told_of = null
    this.kept = ''
    await this.box.keepPage(null)
  }

  close(): void {
    for (const stop of this.stops) stop()
    this.outbox.close()
    this.sharing.close()
    this.alarm.close()
  }

  private look(): void {
    const { live, unit_id } = this
    if (live.has_picture && this.signedIn) {
      const held = live.picture.units.get(unit_id)
      if (held) {
        const { position: _position, ...unit } = held
        this.unit = unit
      }
      const before = this.job
      this.job = jobOf(live.picture, unit_id, false)
      if (before && before.own.id !== this.job?.own.id) this.tellEnd(before)
      this.next = jobOf(live.picture, unit_id, true)
      if (live.connected) this.seen_at = this.serverNow()
      const here = this.job?.incident.id ?? null
      if (here !== this.told_of) {
        this.told_of = here
        this.told = null
        if (here) void this.readTold()
      }
      this.keep()
    }
    this.ring()
    this.share()
  }

  private tick(): void {
    this.now = this.serverNow()
    if (this.fresh) this.seen_at = this.now
    const ready = this.signedIn && this.live.connected
    if (ready && !this.ready) void this.outbox.pump()
    this.ready = ready
    if (this.alarm.rings !== this.rung) vibrate(300, 150, 300)
    this.rung = this.alarm.rings
    if (!this.signedIn) return
    if (this.told_of !== null && this.told === null && this.fresh && Math.floor(this.now / 1000) % 4 === 0)
      void this.readTold()
    const { job } = this
    const status = job ? this.standing(job) : null
    const driving = status === 'notified' || status === 'acknowledged' || status === 'en_route'
    const fix = this.sharing.last
    const from: LonLat | null = fix && this.now - fix.at < FIX_FRESH_MS ? [fix.lon, fix.lat] : null
    const closures = this.live.closures.map(({ closure, phase }) => `${closure.id}${closure.revision}${phase}`).join()
    this.ways.look(job && driving ? job.own.id : null, from, closures)
    this.sharing.keepAwake(status === 'en_route')
    this.keep()
  }

  /** A job rings until it is accepted, or refused. */
  private ring(): void {
    const fresh = [this.job, this.next].filter((one) => one !== null && this.standing(one) === 'notified')
    this.alarm.update(this.signedIn ? fresh.map((one) => one?.own.id ?? '') : [])
  }

  /** While on duty or on a job; the server takes nothing else from a person's phone either. */
  private share(): void {
    const on = this.unit?.duty === 'on' || this.job !== null
    // Signal gone is no reason: fixes wait. Nobody known yet: neither.
    if (this.session.state === 'waiting' ? this.unit === null : !this.signedIn) this.sharing.want(false, 'signed_out')
    else this.sharing.want(on, 'off_duty')
  }

  private tellEnd(before: Job): void {
    const how = this.standing(before)
    if (how === 'done' || how === 'declined') return
    const now = this.live.picture.incidents.get(before.incident.id)?.assignments.find(({ id }) => id === before.own.id)
    this.ended = { number: before.incident.number, status: now?.status ?? 'cancelled' }
    vibrate(200, 100, 200)
  }

  /** The server records the look. */
  private async readTold(): Promise<void> {
    const id = this.job?.incident.id
    if (!id) return
    const answer = await ask('GET', `/api/incidents/${id}`, caseAnswer)
    if (!answer.ok || id !== this.job?.incident.id) return
    const { caller_name = null, caller_number = null, address_text = null, description = null } = answer.value
    this.told = { caller_name, caller_number, address_text, description }
    this.keep()
  }

  private keep(): void {
    const { unit, job, next, told, live } = this
    if (unit === null || !this.signedIn) return
    const measured = live.heard_at > 0 ? live.server_now() - Date.now() : this.offset_ms
    if (Math.abs(measured - this.offset_ms) > KEEP_OFFSET_MS) this.offset_ms = measured
    const text = JSON.stringify([unit, job, next, told, this.offset_ms])
    if (text === this.kept) return
    this.kept = text
    const page: KeptPage = { unit, job, next, told, offset_ms: this.offset_ms, saved_at: this.serverNow() }
    void this.box.keepPage(page).catch((error: unknown) => (this.outbox.fault = String(error)))
  }

  private async send({ assignment_id, status, at, note }: Report): Promise<Sent> {
    const answer = await ask('POST', `/api/assignments/${assignment_id}/status`, assignment, {
      body: { status, at, ...(note ? { note } : {}) },
    })
    if (answer.ok) return 'taken'
    if (answer.away || answer.status === 429) return 'away'
    if (answer.status !== 401) return { refused: reasonOf(answer.problem) }
    void this.session.look()
    return 'over'
  }
}

/** One tab of this phone sends at a time. */
async function alone(work: () => Promise<void>): Promise<boolean> {
  if (!('locks' in navigator)) {
    await work()
    return true
  }
  return navigator.locks.request('siaga112-field-outbox', { ifAvailable: true }, async (lock) => {
    if (lock) await work()
    return lock !== null
  })
}
