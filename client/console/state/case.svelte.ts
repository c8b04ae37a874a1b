import { z } from 'zod'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import { assignment } from '../../../geo/wire/incident.ts'
import type { Incident, IncidentPrivate } from '../../../geo/wire/incident.ts'
import type { AssignmentStatus } from '../../../geo/wire/primitives.ts'
import type { KeptCall } from './kept_call.ts'
import type { IncidentPatch } from './patch.ts'
import { call, caseAnswer, recommendation } from './answers.ts'
import type { IncidentCall } from '../../../geo/wire/calls.ts'
import type { PossibleDuplicate } from '../../../geo/wire/duplicates.ts'
import type { Created, MergedIncident } from './answers.ts'
import { ask, faultsOf, reasonOf } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import { owesReason } from '../../../geo/dispatch/first.ts'
import { readReason } from '../../../geo/dispatch/reasons.ts'
import type { Problem } from '../../../geo/wire/problem.ts'
import { helpRequest } from '../../../geo/wire/help.ts'
import { CaseRoom } from './case_room.svelte.ts'
import { lostTo } from './busy.ts'
import type { BusyWord } from './busy.ts'
import { stillPossible, suggestion, toggled } from './choice.ts'
import type { Choice } from './choice.ts'
import { say } from '../text/say.ts'

const NOBODY: Choice = { unit_ids: new Set(), agency_ids: new Set() }

/** What brought the operator here just now, for as long as one press undoes it. */
export type Arrival =
  | { kind: 'attached'; number: string; call_id: string; kept: KeptCall }
  | { kind: 'merged'; number: string; incident_id: string }

export interface Ending {
  action: 'cancel' | 'hand_over' | null
  note: string
  recipient: string
}

/** One incident on the desk: its personal data, who could go, who is chosen, and the commands. The incident's own state comes live. */
export class Case {
  /** As last told by an answer. */
  fetched = $state.raw<Incident | null>(null)
  personal = $state.raw<Partial<IncidentPrivate> | null>(null)
  personal_away = $state(false)
  duplicates = $state.raw<readonly PossibleDuplicate[]>([])
  /** Every call about it, first to last, with what each caller said. */
  calls = $state.raw<readonly IncidentCall[]>([])
  /** Incidents that were found to be this one. */
  merged = $state.raw<readonly MergedIncident[]>([])
  groups = $state.raw<readonly Recommendation[] | null>(null)
  groups_away = $state(false)
  /** Epoch ms, local. */
  computed_at = $state(0)
  choice = $state.raw<Choice>(NOBODY)
  /** What was said of the jobs of chosen busy units, by unit. */
  words = $state.raw<ReadonlyMap<string, BusyWord>>(new Map())
  /** The busy unit whose job is being asked about. */
  asking = $state<string | null>(null)
  /** A code of geo/dispatch/reasons.ts, and free words beside it or alone. */
  override_code = $state('')
  override_reason = $state('')
  verified = $state(false)
  /** What waits for a yes, and the words typed so far: a call that comes in between takes none of them. */
  ending = $state<Ending>({ action: null, note: '', recipient: '' })
  /** Words for OPD that asked for help, by request, and for whoever asked to cancel. */
  help_words = $state<Record<string, string>>({})
  cancel_words = $state('')
  busy = $state(false)
  faults = $state.raw<Record<string, string>>({})
  readonly room: CaseRoom
  private said = $state('')
  /** A command went out and its answer never came: nobody knows yet whether it was taken. */
  private unsure = $state(false)
  private lost_answers = 0
  private recommending = 0
  private touched = false

  constructor(
    readonly id: string,
    /** The live picture's row; undefined while it holds none. */
    private readonly live_row: () => Incident | undefined,
    known?: Created,
    readonly arrived: Arrival | null = null,
  ) {
    this.room = new CaseRoom(id, (run) => this.command(run))
    if (known) {
      this.fetched = known.incident
      this.duplicates = known.possible_duplicates
      this.take(known.recommendations)
    }
    void this.look()
  }

  /** The live row while the incident is open, for whatever somebody else did to it; else as last told by an answer. */
  get incident(): Incident | null {
    return this.live_row() ?? this.fetched
  }

  get notice(): string {
    return this.said || (this.unsure ? say('away') : '')
  }

  get owes_reason(): boolean {
    return owesReason(this.groups ?? [], [...this.choice.unit_ids])
  }

  /** A hidden number is never verified silently. */
  get asks_verified(): boolean {
    return this.incident?.number_hidden === true && this.incident.status === 'received'
  }

  get chosen_count(): number {
    return this.choice.unit_ids.size + this.choice.agency_ids.size
  }

  /** The incident with its caller; the server records the look. */
  async look(): Promise<void> {
    const { lost_answers } = this
    const answer = await ask('GET', `/api/incidents/${this.id}`, caseAnswer)
    this.personal_away = !answer.ok
    if (!answer.ok) return
    this.know(answer.value)
    // Only what was asked after the loss tells what became of it.
    if (lost_answers === this.lost_answers) this.unsure = false
  }

  /** An answer to an older question never takes the place of a newer one. */
  async recommend(): Promise<void> {
    const turn = ++this.recommending
    const answer = await ask('GET', `/api/incidents/${this.id}/recommendations`, z.array(recommendation))
    if (turn !== this.recommending) return
    this.groups_away = !answer.ok
    if (answer.ok) this.take(answer.value)
  }

  toggleUnit(id: string): void {
    this.touched = true
    this.unsay([id])
    this.choice = { ...this.choice, unit_ids: toggled(this.choice.unit_ids, id) }
  }

  /** The answer to what becomes of a busy unit's job: with it the unit is chosen. */
  sayOf(word: BusyWord): void {
    this.touched = true
    this.asking = null
    this.words = new Map([...this.words, [word.unit_id, word]])
    this.choice = { ...this.choice, unit_ids: new Set([...this.choice.unit_ids, word.unit_id]) }
  }

  toggleAgency(id: string): void {
    this.touched = true
    this.choice = { ...this.choice, agency_ids: toggled(this.choice.agency_ids, id) }
  }

  /** Sends the chosen ones, all or none. True when the server took it. */
  async send(): Promise<boolean> {
    if (this.chosen_count === 0 || this.busy) return false
    const reason = readReason(this.override_code, this.override_reason)
    if (this.owes_reason && reason === null) {
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
      ...(reason && (this.owes_reason || this.faults.override_reason)
        ? { override_reason: reason.code, ...(reason.words ? { override_words: reason.words } : {}) }
        : {}),
      ...(this.words.size > 0 ? { busy: [...this.words.values()] } : {}),
      ...(this.verified ? { verified: true } : {}),
    }
    const { lost_answers } = this
    const sent = await this.command(
      () => ask('POST', `/api/incidents/${this.id}/assignments`, z.array(assignment), { body }),
      (problem) => this.lost(problem),
    )
    if (sent) {
      this.touched = false
      this.override_code = ''
      this.override_reason = ''
      this.words = new Map()
      this.asking = null
      this.choice = NOBODY
      await this.look()
    }
    // After a refusal too: somebody else may have sent the unit in the meantime. A lost answer has seen to it already.
    if (lost_answers === this.lost_answers) void this.recommend()
    return sent
  }

  async patch(body: IncidentPatch): Promise<boolean> {
    return this.command(async () => {
      const answer = await ask('PATCH', `/api/incidents/${this.id}`, caseAnswer, { body })
      if (answer.ok) this.know(answer.value)
      return answer
    })
  }

  /** Takes a call away from this incident; the call itself stays. */
  async detach(call_id: string): Promise<boolean> {
    const done = await this.command(() => ask('PATCH', `/api/calls/${call_id}`, call, { body: { incident_id: null } }))
    if (done) void this.look()
    return done
  }

  /** Another incident, merged into this one, is one of its own again. */
  async unmerge(incident_id: string): Promise<boolean> {
    const done = await this.command(() =>
      ask('PATCH', `/api/incidents/${incident_id}`, caseAnswer, { body: { duplicate_of: null } }),
    )
    if (done) void this.look()
    return done
  }

  /** The operator says that this is not the other one. */
  async tellApart(incident_id: string): Promise<boolean> {
    const done = await this.patch({ not_duplicate_of: [incident_id] })
    if (done) this.duplicates = this.duplicates.filter((other) => other.incident_id !== incident_id)
    return done
  }

  async progress(assignment_id: string, status: AssignmentStatus): Promise<boolean> {
    return this.command(() => ask('POST', `/api/assignments/${assignment_id}/status`, assignment, { body: { status } }))
  }

  /** What the room says to an OPD that asked for help. */
  async answerHelp(id: string, status: 'sent' | 'refused', words: string): Promise<boolean> {
    const body = { status, ...(words.trim() ? { words: words.trim() } : {}) }
    return this.command(() => ask('POST', `/api/help/${id}/answer`, helpRequest, { body }))
  }

  /** A unit is on another job than was thought: who sent it there. What was said of its old job is void. */
  private lost({ code, busy_units = [] }: Problem): string | null {
    if (code !== 'unit_busy' || busy_units.length === 0) return null
    this.unsay(busy_units.map(({ unit_id }) => unit_id))
    this.faults = {}
    return `${lostTo(busy_units)} ${say('lost_nothing_sent')}`
  }

  private unsay(ids: readonly string[]): void {
    if (ids.some((id) => this.words.has(id)))
      this.words = new Map([...this.words].filter(([unit_id]) => !ids.includes(unit_id)))
  }

  /** `told` may put a refusal into better words than the server's. */
  private async command<T>(
    run: () => Promise<Answer<T>>,
    told: (problem: Problem) => string | null = () => null,
  ): Promise<boolean> {
    // Two presses of one hand are one command.
    if (this.busy) return false
    this.busy = true
    this.faults = {}
    this.said = ''
    const answer = await run()
    this.busy = false
    if (answer.ok) return true
    if (answer.away) this.lose()
    else {
      this.faults = faultsOf(answer.problem)
      this.said =
        answer.status === 401
          ? say('session_over')
          : (told(answer.problem) ?? say('refused', { reason: reasonOf(answer.problem) }))
    }
    return false
  }

  /** The answer to a command is lost: what became of it is looked up. Whoever shows the case asks again until that is answered. */
  private lose(): void {
    this.lost_answers++
    this.unsure = true
    void this.look()
    if (this.groups || this.groups_away) void this.recommend()
  }

  private know(answer: z.infer<typeof caseAnswer>): void {
    const { caller_name, caller_number, address_text, description, erased_at, calls, merged, ...incident } = answer
    this.fetched = incident
    this.personal = { caller_name, caller_number, address_text, description, erased_at }
    // The answer to a command tells of the incident alone.
    if (calls) this.calls = calls
    if (merged) this.merged = merged
  }

  private take(groups: readonly Recommendation[]): void {
    const told = new Set(this.incident?.assignments.filter((a) => a.unit_id === null).map((a) => a.agency_id))
    this.groups = groups
    this.computed_at = Date.now()
    this.choice = this.touched
      ? stillPossible(groups, this.choice, new Set(this.words.keys()))
      : suggestion(groups, told)
    this.unsay([...this.words.keys()].filter((id) => !this.choice.unit_ids.has(id)))
  }
}
