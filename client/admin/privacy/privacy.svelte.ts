import { z } from 'zod'
import {
  erased,
  looker,
  looks,
  privacyCase,
  privacyState,
  type Looker,
  type Looks,
  type PrivacyCase,
  type PrivacyState,
} from '../../../geo/wire/privacy.ts'
import { ask, reasonOf, type Answer } from '../../state/api.ts'
import { say } from './text/say.ts'

const IDLE_MS = 30_000
const RUNNING_MS = 1_000
const AWAY_MS = 3_000
const DAY_MS = 86_400_000
const nothing = z.undefined().transform(() => true)

/** What is kept, of whom and how long; who looked. Nothing is asked for that nobody opened: each question is a recorded look. */
export class Privacy {
  state = $state.raw<PrivacyState | null>(null)
  away = $state(false)
  busy = $state(false)
  notice = $state('')
  done = $state('')
  /** One case and who saw it. */
  file = $state.raw<PrivacyCase | null>(null)
  seen = $state.raw<Looks | null>(null)
  /** Days back that accounts are told of. */
  days = $state(30)
  lookers = $state.raw<readonly Looker[] | null>(null)
  actor = $state<string | null>(null)
  theirs = $state.raw<Looks | null>(null)
  /** Of each kind of question the last: an answer to an older one is never shown as its. */
  private opening = 0
  private counting = 0
  private looking = 0
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    void this.look()
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const said = await ask('GET', '/api/privacy', privacyState)
    if (this.closed) return
    this.away = !said.ok && said.away
    if (said.ok) this.state = said.value
    const wait = !said.ok ? AWAY_MS : said.value.running ? RUNNING_MS : IDLE_MS
    this.timer = setTimeout(() => void this.look(), wait)
  }

  async open(number: string): Promise<void> {
    const turn = ++this.opening
    this.file = this.seen = null
    const file = await this.run(ask('GET', `/api/privacy/cases/${encodeURIComponent(number)}`, privacyCase))
    if (!file || turn !== this.opening) return
    this.file = file
    const seen = await this.run(ask('GET', `/api/incidents/${file.incident_id}/views`, looks))
    if (turn === this.opening) this.seen = seen
  }

  async erase(reason: string): Promise<boolean> {
    const { number } = this.file ?? { number: '' }
    const said = await this.run(ask('POST', `/api/privacy/cases/${number}/erase`, erased, { body: { reason } }))
    if (!said) return false
    await this.open(number)
    this.done = say('erased_done', { number })
    if (!said.noted) this.notice = say('not_noted')
    return true
  }

  /** `reason` null: lets it go again. */
  async hold(reason: string | null): Promise<boolean> {
    const { number } = this.file ?? { number: '' }
    const path = `/api/privacy/cases/${number}/hold`
    const done = await this.run(
      reason === null ? ask('DELETE', path, nothing) : ask('PUT', path, nothing, { body: { reason } }),
    )
    if (done) await this.open(number)
    return done === true
  }

  get period(): { from: string; to: string } {
    const to = Date.now() + 60_000
    return { from: new Date(to - this.days * DAY_MS).toISOString(), to: new Date(to).toISOString() }
  }
  async lookAtAccounts(): Promise<void> {
    const turn = ++this.counting
    const lookers = await this.run(ask('GET', `/api/privacy/lookers?${query(this.period)}`, z.array(looker)))
    if (turn === this.counting) this.lookers = lookers
  }
  async lookAt(actor: string): Promise<void> {
    const turn = ++this.looking
    this.actor = actor
    this.theirs = null
    const theirs = await this.run(ask('GET', `/api/privacy/views?${query({ actor, ...this.period })}`, looks))
    if (turn === this.looking) this.theirs = theirs
  }

  async keep(days: Record<string, number>): Promise<boolean> {
    const done = await this.run(ask('PUT', '/api/privacy/retention', nothing, { body: days }))
    if (done) this.done = say('saved')
    await this.look()
    return done === true
  }
  async eraseDue(): Promise<void> {
    await this.run(ask('POST', '/api/privacy/erase-due', z.object({ running: z.boolean() })))
    await this.look()
  }

  private async run<T>(asked: Promise<Answer<T>>): Promise<T | null> {
    this.busy = true
    this.notice = this.done = ''
    const said = await asked
    this.busy = false
    if (said.ok) return said.value
    this.notice = said.away ? say('no_answer') : reasonOf(said.problem)
    return null
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }
}

export const query = (values: Record<string, string>): string => new URLSearchParams(values).toString()
