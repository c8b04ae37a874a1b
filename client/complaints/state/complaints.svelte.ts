import { z } from 'zod'
import { complaintClock, moreUrgent, type ComplaintClock } from '../../../geo/sla/complaint_clock.ts'
import { holidaysOf, type Holidays } from '../../../geo/sla/working_days.ts'
import { complaintDetail, complaintRow, complaintRules } from '../../../geo/wire/complaints.ts'
import type { ComplaintDetail, ComplaintRow, ComplaintRules, ComplaintStep } from '../../../geo/wire/complaints.ts'
import { ask, faultsOf, reasonOf } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import { say } from '../text/say.ts'
import type { Draft } from './unsent.svelte.ts'

const AGAIN_MS = 10_000
const TICK_MS = 15_000

export const VIEWS = ['open', 'late', 'official', 'ended'] as const
export type View = (typeof VIEWS)[number]
/** A row with its clock. */
export type Timed = ComplaintRow & { clock: ComplaintClock }

/** The list of complaints, looked at again and again, and the one that is open. `reads` false: somebody who registers only. */
export class Complaints {
  /** null: not known yet, which is not the same as none. */
  open = $state.raw<readonly ComplaintRow[] | null>(null)
  ended = $state.raw<readonly ComplaintRow[] | null>(null)
  rules = $state.raw<ComplaintRules | null>(null)
  view = $state<View>('open')
  channel = $state('')
  category = $state('')
  here = $state.raw<ComplaintDetail | null>(null)
  away = $state(false)
  busy = $state(false)
  done = $state('')
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})
  now = $state(Date.now())
  /** What was asked for last: only that is shown. Null: nothing is to be open. */
  private wanted: string | null = null
  private turn = 0
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly ticker = setInterval(() => (this.now = Date.now()), TICK_MS)

  constructor(private readonly reads: boolean) {
    void this.look()
  }

  readonly holidays: Holidays = $derived(holidaysOf(this.rules?.holidays ?? []))
  private readonly timed: readonly Timed[] = $derived(
    (this.open ?? []).map((row) => this.timeOf(row)).sort((a, b) => moreUrgent(a.clock, b.clock)),
  )
  /** Rows of a view before the filters. */
  of(view: View): readonly Timed[] {
    if (view === 'ended') return (this.ended ?? []).map((row) => this.timeOf(row))
    if (view === 'late') return this.timed.filter(({ clock }) => clock.late)
    if (view === 'official') return this.timed.filter(({ status }) => status === 'escalated')
    return this.timed
  }
  readonly rows: readonly Timed[] = $derived(
    this.of(this.view).filter(
      (row) => (!this.channel || row.channel === this.channel) && (!this.category || row.category === this.category),
    ),
  )
  private timeOf<T extends ComplaintRow>(row: T): T & { clock: ComplaintClock } {
    return { ...row, clock: complaintClock(row, this.now, this.holidays) }
  }
  readonly clock: ComplaintClock | null = $derived(this.here && complaintClock(this.here, this.now, this.holidays))

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const list = z.array(complaintRow)
    const [rules, open, ended] = await Promise.all([
      ask('GET', '/api/complaints/rules', complaintRules),
      this.reads ? ask('GET', '/api/complaints', list) : null,
      this.reads && this.view === 'ended' ? ask('GET', '/api/complaints?status=ended', list) : null,
    ])
    if (this.closed) return
    this.away = [rules, open, ended].some((said) => said !== null && !said.ok)
    this.now = Date.now()
    if (rules.ok) this.rules = rules.value
    if (open?.ok) this.open = open.value
    if (ended?.ok) this.ended = ended.value
    const seen = [...(this.open ?? []), ...(this.ended ?? [])].find(({ id }) => id === this.here?.id)
    if (seen && this.here && seen.revision > this.here.revision && !this.busy) await this.again(this.here.id)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  show(view: View): void {
    this.view = view
    void this.look()
  }

  /** Opens one: a look that the server records. */
  async pick(id: string): Promise<void> {
    this.wanted = id
    const turn = ++this.turn
    const said = await ask('GET', `/api/complaints/${id}`, complaintDetail)
    if (this.closed || turn !== this.turn) return
    if (said.ok) this.here = said.value
    else this.notice = said.away ? say('no_answer') : reasonOf(said.problem)
  }
  /** Reads one anew, unless somebody went on to another meanwhile: it must not come back under his hands. */
  private async again(id: string): Promise<void> {
    if (this.wanted === id) await this.pick(id)
  }

  leave(): void {
    this.wanted = null
    this.turn++
    this.here = null
    this.forget()
  }
  forget(): void {
    this.done = this.notice = ''
    this.faults = {}
  }

  async step(step: ComplaintStep, words: string): Promise<boolean> {
    const { here } = this
    if (!here) return false
    const body = { step, words: words.trim() || null, revision: here.revision }
    const said = await this.run(async () => {
      const answer = await ask('POST', `/api/complaints/${here.id}/steps`, complaintRow, { body })
      // The next step may be quicker than the look at it whole, and must not be refused for its revision.
      if (answer.ok && this.here?.id === here.id) this.here = { ...this.here, ...answer.value }
      return answer
    })
    await this.again(here.id)
    if (said) this.done = say('saved')
    return said !== null
  }
  async erase(): Promise<void> {
    const { here } = this
    if (!here) return
    await this.run(() => ask('DELETE', `/api/complaints/${here.id}/private`, complaintRow))
    await this.again(here.id)
  }
  async register(draft: Draft, received_at: string | undefined): Promise<ComplaintRow | null> {
    const body = { ...draft, received_at }
    const said = await this.run(() => ask('POST', '/api/complaints', complaintRow, { body }), Object.keys(draft))
    if (said) this.done = say('registered', { number: said.number })
    return said
  }

  /** One change at a time; what was refused is told at its field, or below. */
  private async run<T>(work: () => Promise<Answer<T>>, fields: readonly string[] = []): Promise<T | null> {
    if (this.busy) return null
    this.busy = true
    this.forget()
    const said = await work()
    this.busy = false
    if (!said.ok) {
      if (said.away) this.notice = say('no_answer')
      else {
        // What is told at a field of the form is not said twice.
        this.faults = Object.fromEntries(
          Object.entries(faultsOf(said.problem)).filter(([name]) => fields.includes(name)),
        )
        if (Object.keys(this.faults).length === 0) this.notice = reasonOf(said.problem)
      }
    }
    await this.look()
    return said.ok ? said.value : null
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    clearInterval(this.ticker)
  }
}
