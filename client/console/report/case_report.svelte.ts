import { z } from 'zod'
import { finalReport, type FinalReport, type FinalReportInput } from '../../../geo/wire/final_report.ts'
import { reportPhoto, type ReportPhoto } from '../../../geo/wire/photo.ts'
import { agencyReport, type AgencyReport } from '../../../geo/wire/report.ts'
import { ask, faultsOf, reasonOf } from '../../state/api.ts'
import { say } from './text/say.ts'
import type { Drafts } from './report_drafts.svelte.ts'

export const COUNTS = ['dead', 'injured', 'evacuated'] as const
export const WORDS = ['summary', 'cause', 'outcome', 'damage', 'told', 'notes'] as const
/** Without these no report is taken. */
export const OWED = ['summary', 'cause', 'outcome'] as const satisfies readonly (typeof WORDS)[number][]
type Count = (typeof COUNTS)[number]
export type Field = Count | (typeof WORDS)[number]
/** As typed. */
export type Fields = Record<Field, string>

/** The counts of all OPD together. */
export function summed(reports: readonly Pick<AgencyReport, Count>[]): Record<Count, number> {
  const sum = { dead: 0, injured: 0, evacuated: 0 }
  for (const report of reports) for (const key of COUNTS) sum[key] += report[key]
  return sum
}

/** What the form begins with: the report as it is, else what the OPD said, to be changed. */
export function beginning(final: FinalReport | null, opd: readonly AgencyReport[]): Fields {
  const from = final ?? summed(opd)
  const joined = (key: 'cause' | 'damage') => [...new Set(opd.map((report) => report[key]).filter(Boolean))].join('; ')
  const words: Partial<FinalReport> = final ?? { cause: joined('cause'), damage: joined('damage') }
  return {
    dead: String(from.dead),
    injured: String(from.injured),
    evacuated: String(from.evacuated),
    summary: words.summary ?? '',
    cause: words.cause ?? '',
    outcome: words.outcome ?? '',
    damage: words.damage ?? '',
    told: words.told ?? '',
    notes: words.notes ?? '',
  }
}

const inputOf = (fields: Fields, revision: number): FinalReportInput => {
  const orNull = (text: string) => text.trim() || null
  return {
    dead: Number(fields.dead),
    injured: Number(fields.injured),
    evacuated: Number(fields.evacuated),
    summary: fields.summary.trim(),
    cause: fields.cause.trim(),
    outcome: fields.outcome.trim(),
    damage: orNull(fields.damage),
    told: orNull(fields.told),
    notes: orNull(fields.notes),
    revision,
  }
}

/** Whether a report holds just what was sent: the answer to the first try was lost. */
const isThat = (report: FinalReport, { revision, ...sent }: FinalReportInput): boolean =>
  report.revision === revision + 1 &&
  [...COUNTS, ...WORDS].every((key) => (report[key] ?? null) === (sent[key] ?? null))

/** The reports of the case on the desk: those of the OPD, and the operator's own with the form in which it is written. */
export class CaseReport {
  /** Null until read. */
  opd = $state.raw<readonly AgencyReport[] | null>(null)
  /** Of all OPD, without what they show: that is fetched when somebody asks. */
  photos = $state.raw<readonly ReportPhoto[]>([])
  /** Undefined until read. */
  final = $state.raw<FinalReport | null | undefined>(undefined)
  /** Null while no form is open. */
  fields = $state<Fields | null>(null)
  /** Since when the form's text lay here before it was opened again, epoch ms. */
  restored_at = $state<number | null>(null)
  busy = $state(false)
  faults = $state.raw<Record<string, string>>({})
  notice = $state('')
  private revision = 0
  /** Counts that the operator changed; the others follow the OPD. */
  private changed = new Set<Field>()

  constructor(
    readonly incident_id: string,
    private readonly drafts: Drafts,
  ) {
    void this.read()
  }

  get loaded(): boolean {
    return this.opd !== null && this.final !== undefined
  }

  /** The server records the look. */
  async read(): Promise<void> {
    const path = `/api/incidents/${this.incident_id}`
    const [opd, final, photos] = await Promise.all([
      ask('GET', `${path}/reports`, z.array(agencyReport)),
      ask('GET', `${path}/final-report`, finalReport.nullable()),
      ask('GET', `${path}/report/photos`, z.array(reportPhoto)),
    ])
    if (photos.ok) this.photos = photos.value
    if (final.ok) this.final = final.value
    if (!opd.ok) return
    this.opd = opd.value
    if (!this.fields || this.final) return
    const sum = summed(opd.value)
    for (const key of COUNTS) if (!this.changed.has(key)) this.fields[key] = String(sum[key])
  }

  /** Opens the form, with what was typed before if that was not sent. */
  open(): void {
    if (this.fields || !this.loaded) return
    const kept = this.drafts.of(this.incident_id)
    this.fields = { ...beginning(this.final ?? null, this.opd ?? []), ...kept?.fields }
    this.revision = kept?.revision ?? this.final?.revision ?? 0
    this.changed = new Set(kept ? COUNTS : [])
    this.restored_at = kept?.at ?? null
  }

  /** A field changed under the operator's hands; `number` is the case's, `at` epoch ms. */
  typed(field: Field, text: string, number: string, at: number): void {
    if (!this.fields) return
    this.fields[field] = text
    this.changed.add(field)
    const { incident_id, revision } = this
    this.drafts.keep({ incident_id, number, fields: { ...this.fields }, revision, at })
  }

  /** Closes the form; what was typed stays kept. */
  leave(): void {
    this.fields = null
    this.faults = {}
    this.notice = ''
  }

  discard(): void {
    this.drafts.drop(this.incident_id)
    this.leave()
  }

  /** Sends it; the server closes a case that is still open. True when it holds the report. */
  async save(): Promise<boolean> {
    const { fields } = this
    if (!fields || this.busy) return false
    const missing = [...COUNTS, ...OWED].filter((key) => fields[key].trim() === '')
    this.faults = Object.fromEntries(missing.map((key) => [key, say('final_missing')]))
    if (missing.length > 0) return false
    this.busy = true
    this.notice = ''
    const body = inputOf(fields, this.revision)
    const answer = await ask('PUT', `/api/incidents/${this.incident_id}/final-report`, finalReport, { body })
    if (!answer.ok) await this.read()
    this.busy = false
    if (answer.ok) this.final = answer.value
    if (answer.ok || (this.final && isThat(this.final, body))) {
      this.discard()
      return true
    }
    if (answer.away) this.notice = say('final_away')
    else {
      this.faults = faultsOf(answer.problem)
      this.notice =
        answer.status === 401 ? say('final_session') : say('final_refused', { reason: reasonOf(answer.problem) })
      // Somebody else wrote meanwhile: what they wrote stands above; sending again replaces it.
      if (this.faults.revision && this.final) this.revision = this.final.revision
    }
    return false
  }
}
