import { z } from 'zod'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import { assignment } from '../../../geo/wire/incident.ts'
import type { Incident, IncidentPrivate } from '../../../geo/wire/incident.ts'
import type { AssignmentStatus } from '../../../geo/wire/primitives.ts'
import type { IncidentPatch } from './patch.ts'
import { caseAnswer, recommendation } from './answers.ts'
import type { Created, PossibleDuplicate } from './answers.ts'
import { ask, faultsOf, reasonOf } from './api.ts'
import type { Answer } from './api.ts'
import { owesReason, stillPossible, suggestion, toggled } from './choice.ts'
import type { Choice } from './choice.ts'
import { say } from '../text/say.ts'

const NOBODY: Choice = { unit_ids: new Set(), agency_ids: new Set() }

/** One incident on the desk: its personal data, who could go, who is chosen, and the commands. The incident's own state comes live. */
export class Case {
  /** As last told by an answer; the live picture's row is newer while the incident is open. */
  fetched = $state.raw<Incident | null>(null)
  personal = $state.raw<Partial<IncidentPrivate> | null>(null)
  personal_away = $state(false)
  duplicates = $state.raw<readonly PossibleDuplicate[]>([])
  groups = $state.raw<readonly Recommendation[] | null>(null)
  groups_away = $state(false)
  /** Epoch ms, local. */
  computed_at = $state(0)
  choice = $state.raw<Choice>(NOBODY)
  override_reason = $state('')
  verified = $state(false)
  busy = $state(false)
  faults = $state.raw<Record<string, string>>({})
  notice = $state('')
  private touched = false

  constructor(
    readonly id: string,
    known?: Created,
  ) {
    if (known) {
      this.fetched = known.incident
      this.duplicates = known.possible_duplicates
      this.take(known.recommendations)
    }
    void this.look()
  }

  get owes_reason(): boolean {
    return owesReason(this.groups ?? [], this.choice)
  }

  /** A hidden number is never verified silently. */
  get asks_verified(): boolean {
    return this.fetched?.number_hidden === true && this.fetched.status === 'received'
  }

  get chosen_count(): number {
    return this.choice.unit_ids.size + this.choice.agency_ids.size
  }

  /** The incident with its caller; the server records the look. */
  async look(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}`, caseAnswer)
    this.personal_away = !answer.ok
    if (answer.ok) this.know(answer.value)
  }

  async recommend(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}/recommendations`, z.array(recommendation))
    this.groups_away = !answer.ok
    if (answer.ok) this.take(answer.value)
  }

  toggleUnit(id: string): void {
    this.touched = true
    this.choice = { ...this.choice, unit_ids: toggled(this.choice.unit_ids, id) }
  }

  toggleAgency(id: string): void {
    this.touched = true
    this.choice = { ...this.choice, agency_ids: toggled(this.choice.agency_ids, id) }
  }

  /** Sends the chosen ones, all or none. True when the server took it. */
  async send(): Promise<boolean> {
    if (this.chosen_count === 0 || this.busy) return false
    if (this.owes_reason && this.override_reason.trim() === '') {
      this.faults = { override_reason: say('override_missing') }
      return false
    }
    if (this.asks_verified && !this.verified) {
      this.faults = { verified: say('verified_missing') }
      return false
    }
    const body = {
      unit_ids: [...this.choice.unit_ids],
      agency_ids: [...this.choice.agency_ids],
      ...(this.owes_reason ? { override_reason: this.override_reason.trim() } : {}),
      ...(this.verified ? { verified: true } : {}),
    }
    const sent = await this.command(() =>
      ask('POST', `/api/incidents/${this.id}/assignments`, z.array(assignment), { body }),
    )
    if (sent) {
      this.touched = false
      this.override_reason = ''
      this.choice = NOBODY
      await this.look()
    }
    // After a refusal too: somebody else may have sent the unit in the meantime.
    void this.recommend()
    return sent
  }

  async patch(body: IncidentPatch): Promise<boolean> {
    return this.command(async () => {
      const answer = await ask('PATCH', `/api/incidents/${this.id}`, caseAnswer, { body })
      if (answer.ok) this.know(answer.value)
      return answer
    })
  }

  async progress(assignment_id: string, status: AssignmentStatus): Promise<boolean> {
    return this.command(() => ask('POST', `/api/assignments/${assignment_id}/status`, assignment, { body: { status } }))
  }

  private async command<T>(run: () => Promise<Answer<T>>): Promise<boolean> {
    this.busy = true
    this.faults = {}
    this.notice = ''
    const answer = await run()
    this.busy = false
    if (answer.ok) return true
    if (answer.away) this.notice = say('away')
    else {
      this.faults = faultsOf(answer.problem)
      this.notice = answer.status === 401 ? say('session_over') : say('refused', { reason: reasonOf(answer.problem) })
    }
    return false
  }

  private know({
    caller_name,
    caller_number,
    address_text,
    description,
    ...incident
  }: z.infer<typeof caseAnswer>): void {
    this.fetched = incident
    this.personal = { caller_name, caller_number, address_text, description }
  }

  private take(groups: readonly Recommendation[]): void {
    const told = new Set(this.fetched?.assignments.filter((a) => a.unit_id === null).map((a) => a.agency_id))
    this.groups = groups
    this.computed_at = Date.now()
    this.choice = this.touched ? stillPossible(groups, this.choice) : suggestion(groups, told)
  }
}
