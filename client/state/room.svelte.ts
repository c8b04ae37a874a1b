import { untrack } from 'svelte'
import type { LiveEvent } from '../../geo/wire/live.ts'
import { supervision } from '../../geo/wire/supervision.ts'
import type { Handler, PersonAtWork, Supervision } from '../../geo/wire/supervision.ts'
import { t } from '../text/text.ts'
import { ask } from './api.ts'
import type { Live } from './live.svelte.ts'

const AGAIN_MS = 15_000
const KEPT = 5

/** Something that was done to somebody's own cases: told until it is put away. */
export interface News {
  key: number
  what: 'taken' | 'given' | 'approved' | 'refused'
  incident_id: string
  number: string
  by: string
}

const SIMULATED = /^demo:/

/** What an actor of the log is called: his login, or the beginning of his credential; the simulation by its word. */
export const nameOf = (actor: string): string =>
  SIMULATED.test(actor) ? t('simulated').toLowerCase() : actor.slice(actor.indexOf(':') + 1)

/** Who is at work, who answers for which open case, what waits for a second word; and what was done to one's own. */
export class Room {
  /** null: not known yet. */
  said = $state.raw<Supervision | null>(null)
  away = $state(false)
  news = $state.raw<readonly News[]>([])
  private readonly stop: () => void
  private timer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  /** `allowed`: whether this user may know; asked anew each time. */
  constructor(
    live: Live,
    private readonly allowed: () => boolean,
  ) {
    this.stop = untrack(() => live.onevent((line) => this.heard(line)))
    void this.look()
  }

  get handlers(): ReadonlyMap<string, Handler> {
    return new Map(this.said?.handlers.map((each) => [each.incident_id, each]))
  }
  /** Those who can answer for a case. */
  get desk(): readonly PersonAtWork[] {
    return (this.said?.people ?? []).filter(({ role }) => ['operator', 'supervisor', 'admin'].includes(role))
  }
  isAtWork(actor: string): boolean {
    // The simulation is no person who could be missed.
    return SIMULATED.test(actor) || (this.said?.people.some((person) => person.actor === actor) ?? true)
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    if (this.allowed()) {
      const said = await ask('GET', '/api/supervision', supervision)
      if (this.closed) return
      this.away = !said.ok
      if (said.ok) this.said = said.value
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), this.allowed() ? AGAIN_MS : 1_000)
  }

  putAway(key: number): void {
    this.news = this.news.filter((each) => each.key !== key)
  }

  private heard({ seq, kind, handler, cancellation, incident }: LiveEvent): void {
    const me = this.said?.actor
    const tell = (news: Omit<News, 'key'>) => (this.news = [{ ...news, key: seq }, ...this.news].slice(0, KEPT))
    if (handler && me !== undefined && handler.by !== me) {
      const { incident_id, number, by } = handler
      if (handler.former === me) tell({ what: 'taken', incident_id, number, by: handler.handler })
      else if (handler.handler === me) tell({ what: 'given', incident_id, number, by })
    }
    if (cancellation && cancellation.status !== 'open' && cancellation.asked_by === me && cancellation.answered_by) {
      const { incident_id, number, status, answered_by } = cancellation
      tell({ what: status, incident_id, number, by: answered_by })
    }
    const counts = kind === 'incident.created' || (incident !== undefined && incident.closed_at !== null)
    if (counts || (kind && /^(handler|cancellation|handover)\./.test(kind))) void this.look()
  }

  close(): void {
    this.closed = true
    this.stop()
    clearTimeout(this.timer)
  }
}
