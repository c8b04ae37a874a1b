import { SvelteMap } from 'svelte/reactivity'
import type { z } from 'zod'
import type { AgencyReport, reportInput } from '../../../geo/wire/report.ts'

export const COUNTS = ['dead', 'injured', 'evacuated'] as const
export const WORDS = ['cause', 'damage', 'measures', 'words'] as const

/** The report of one OPD on one case while it is written: as it was read, and what was typed over that. */
export class ReportDraft {
  counts = $state({ dead: 0, injured: 0, evacuated: 0 })
  texts = $state({ cause: '', damage: '', measures: '', words: '' })
  /** The revision that this takes the place of; 0 before the first. */
  revision: number
  private readonly began: string

  constructor(read: AgencyReport | null) {
    for (const key of COUNTS) this.counts[key] = read?.[key] ?? 0
    for (const key of WORDS) this.texts[key] = read?.[key] ?? ''
    this.revision = read?.revision ?? 0
    this.began = this.text
  }

  get changed(): boolean {
    return this.text !== this.began
  }

  body(agency_id: string): z.input<typeof reportInput> {
    const { cause, damage, measures, words } = this.texts
    return {
      ...this.counts,
      ...{ cause: cause.trim(), measures: measures.trim() },
      ...{ damage: damage.trim() || null, words: words.trim() || null },
      ...{ revision: this.revision, agency_id },
    }
  }

  private get text(): string {
    return JSON.stringify([this.counts, this.texts])
  }
}

/**
 * Reports that are typed and not saved, for as long as the page is open: a new assignment, another case or Esc takes the form away, and none of the
 * words. One of each OPD on each case.
 */
export class ReportDrafts {
  private readonly all = new SvelteMap<string, ReportDraft>()

  /** How many hold something that the server does not. */
  get owed(): number {
    return [...this.all.values()].filter(({ changed }) => changed).length
  }

  has(incident_id: string, agency_id: string): boolean {
    return this.all.get(keyOf(incident_id, agency_id))?.changed ?? false
  }

  /** The one that waits, else a new one that begins from what was `read`. */
  open(incident_id: string, agency_id: string, read: AgencyReport | null): ReportDraft {
    const key = keyOf(incident_id, agency_id)
    const held = this.all.get(key)
    if (held?.changed) return held
    const draft = new ReportDraft(read)
    this.all.set(key, draft)
    return draft
  }

  drop(incident_id: string, agency_id: string): void {
    this.all.delete(keyOf(incident_id, agency_id))
  }
}

const keyOf = (incident_id: string, agency_id: string) => `${incident_id} ${agency_id}`

/** Those of this page. */
export const reportDrafts = new ReportDrafts()
