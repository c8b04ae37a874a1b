import { z } from 'zod'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import { agencyReport, type AgencyReport, type reportInput } from '../../../geo/wire/report.ts'
import { helpRequest, helpWords, type HelpWords } from '../../../geo/wire/help.ts'
import { assignment } from '../../../geo/wire/incident.ts'
import type { IncidentPrivate } from '../../../geo/wire/incident.ts'
import { unit } from '../../../geo/wire/masterdata.ts'
import type { AssignmentStatus } from '../../../geo/wire/primitives.ts'
import { caseAnswer, recommendation } from '../../console/state/answers.ts'
import { ask, faultsOf, reasonOf } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import { say } from '../text/say.ts'

/** The case on the desk: the caller's words, who of the OPD could go, what help was asked for in words. */
export class CaseFile {
  personal = $state.raw<Partial<IncidentPrivate> | null>(null)
  personal_away = $state(false)
  groups = $state.raw<readonly Recommendation[]>([])
  help = $state.raw<HelpWords>([])
  /** Null until read. */
  reports = $state.raw<readonly AgencyReport[] | null>(null)

  constructor(readonly id: string) {
    void this.look()
  }

  /** The server records the look. */
  async look(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}`, caseAnswer)
    this.personal_away = !answer.ok
    if (!answer.ok) return
    const { caller_name, caller_number, address_text, description } = answer.value
    this.personal = { caller_name, caller_number, address_text, description }
  }
  async recommend(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}/recommendations`, z.array(recommendation))
    if (answer.ok) this.groups = answer.value
  }
  async readReports(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}/reports`, z.array(agencyReport))
    if (answer.ok) this.reports = answer.value
  }
  async readHelp(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}/help`, helpWords)
    if (answer.ok) this.help = answer.value
  }
}

type ReportBody = z.input<typeof reportInput>

/** The commands of the page, one at a time; what is true comes back live. */
export class Commands {
  busy = $state(false)
  /** Why the last one was not taken. */
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})

  progress(id: string, status: AssignmentStatus, note?: string): Promise<boolean> {
    return this.run(() =>
      ask('POST', `/api/assignments/${id}/status`, assignment, { body: { status, ...(note ? { note } : {}) } }),
    )
  }
  choose(
    incident_id: string,
    body: { unit_ids: string[]; replaces: string[]; override_reason?: string; override_words?: string },
  ): Promise<boolean> {
    return this.run(() => ask('POST', `/api/incidents/${incident_id}/own-units`, z.array(assignment), { body }))
  }
  /** After whatever runs: fields are left one after the other faster than a slow server answers, and none of them is to be forgotten. */
  async duty(unit_id: string, body: { duty?: string; crew?: number }): Promise<boolean> {
    while (this.busy) await this.running
    return this.run(() => ask('PATCH', `/api/units/${unit_id}`, unit.omit({ position: true }), { body }))
  }
  askHelp(
    incident_id: string,
    body: { agency_kind: string; quantity: number; words: string; agency_id: string },
  ): Promise<boolean> {
    return this.run(() => ask('POST', `/api/incidents/${incident_id}/help`, helpRequest, { body }))
  }
  report(incident_id: string, body: ReportBody): Promise<boolean> {
    return this.run(() => ask('PUT', `/api/incidents/${incident_id}/report`, agencyReport, { body }))
  }
  clear(): void {
    this.notice = ''
    this.faults = {}
  }

  private running: Promise<unknown> = Promise.resolve()

  private async run<T>(send: () => Promise<Answer<T>>): Promise<boolean> {
    // Two presses of one hand are one command.
    if (this.busy) return false
    this.busy = true
    this.clear()
    const sent = send()
    this.running = sent
    const answer = await sent
    this.busy = false
    if (answer.ok) return true
    if (answer.away) this.notice = say('away')
    else {
      this.faults = faultsOf(answer.problem)
      this.notice = answer.status === 401 ? say('session_over') : say('refused', { reason: reasonOf(answer.problem) })
    }
    return false
  }
}
