import { z } from 'zod'
import { incidentType } from '../../../geo/wire/masterdata.ts'
import type { IncidentType } from '../../../geo/wire/masterdata.ts'
import { agencyKind } from '../../../geo/wire/needs.ts'
import type { AgencyKindRow } from '../../../geo/wire/needs.ts'
import { ask, reasonOf } from '../../state/api.ts'
import { say } from './text/say.ts'

/** One line under the admin's hands. */
export type Line = IncidentType['needs'][number]

/** How many of the units of a kind can do what a line asks; null: its units are not followed. */
export function ableTo(kinds: readonly AgencyKindRow[], { agency_kind, capability }: Line): number | null {
  const kind = kinds.find((each) => each.kind === agency_kind)
  if (!kind?.tracked) return null
  return capability === null ? kind.unit_count : (kind.capabilities[capability] ?? 0)
}

const plain = ({ agency_kind, capability, quantity, min_crew }: Line): Line => ({
  agency_kind,
  capability,
  quantity,
  min_crew,
})

/** Types with what each needs, kinds with what their units can do, and the one list being changed. */
export class Needs {
  types = $state.raw<readonly IncidentType[] | null>(null)
  kinds = $state.raw<readonly AgencyKindRow[]>([])
  away = $state(false)
  busy = $state(false)
  notice = $state('')
  /** The type whose list is open, and its lines as they stand in the form. */
  code = $state<string | null>(null)
  lines = $state<Line[]>([])
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  get here(): IncidentType | null {
    return this.types?.find((type) => type.code === this.code) ?? null
  }

  get changed(): boolean {
    return this.here !== null && JSON.stringify(this.lines.map(plain)) !== JSON.stringify(this.here.needs.map(plain))
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const [types, kinds] = await Promise.all([
      ask('GET', '/api/incident-types', z.array(incidentType)),
      ask('GET', '/api/agency-kinds', z.array(agencyKind)),
    ])
    if (this.closed) return
    this.away = !types.ok || !kinds.ok
    // What somebody else set meanwhile shows at once, but never takes the lines from under a hand.
    const untouched = !this.changed
    if (types.ok) this.types = types.value
    if (kinds.ok) this.kinds = kinds.value
    if (untouched && this.code) this.open(this.code)
    if (this.away) this.timer = setTimeout(() => void this.look(), 3_000)
  }

  open(code: string): void {
    this.code = code
    this.lines = (this.here?.needs ?? []).map(plain)
    this.notice = ''
  }

  add(): void {
    const used = new Set(this.lines.map((line) => line.agency_kind))
    const kind = this.kinds.find((each) => !used.has(each.kind)) ?? this.kinds[0]
    if (kind) this.lines.push({ agency_kind: kind.kind, capability: null, quantity: 1, min_crew: 1 })
  }

  up(at: number): void {
    const [line] = this.lines.splice(at, 1)
    this.lines.splice(Math.max(0, at - 1), 0, line)
  }

  remove(at: number): void {
    this.lines.splice(at, 1)
  }

  save(): Promise<boolean> {
    return this.send('PUT', `/api/incident-types/${this.code}/needs`, { needs: this.lines.map(plain) })
  }

  restore(): Promise<boolean> {
    return this.send('DELETE', `/api/incident-types/${this.code}/needs`)
  }

  async limit(kind: string, seconds: number | null): Promise<boolean> {
    return seconds === null
      ? this.send('DELETE', `/api/agency-kinds/${kind}`, undefined, false)
      : this.send('PUT', `/api/agency-kinds/${kind}`, { position_age_limit_seconds: seconds }, false)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  private async send(method: 'PUT' | 'DELETE', path: string, body?: object, lines = true): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.notice = ''
    const answer = await ask(method, path, z.object({}), { body })
    this.busy = false
    if (answer.ok) {
      // Saved: the form follows what the server holds again.
      const types = await ask('GET', '/api/incident-types', z.array(incidentType))
      if (types.ok) this.types = types.value
      if (lines && this.code) this.open(this.code)
      await this.look()
      return true
    }
    if (answer.away) this.notice = say('lost')
    else if (answer.status === 401) this.notice = say('session_over')
    else this.notice = say('refused', { reason: reasonOf(answer.problem) })
    return false
  }
}
