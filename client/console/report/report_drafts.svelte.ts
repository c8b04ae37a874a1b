import { createContext } from 'svelte'
import { z } from 'zod'
import { deskKey } from '../state/desk_key.ts'
import { REPORTS, SealedStore } from '../state/sealed_store.ts'

const KEEP_MS = 7 * 86_400_000

/** A final report as typed, which the server does not hold yet. */
const keptReport = z.object({
  incident_id: z.string(),
  number: z.string(),
  fields: z.record(z.string(), z.string()),
  /** The revision of the report that it began from. */
  revision: z.number(),
  /** When the last key was pressed, epoch ms. */
  at: z.number(),
})
export type KeptReport = z.infer<typeof keptReport>

/** Where typed reports are kept; by case, one each. */
export interface Drafts {
  of(incident_id: string): KeptReport | null
  keep(report: KeptReport): void
  drop(incident_id: string): void
}

/** Keeps final reports while they are typed, beside the calls and sealed as they are: a change is on its way to the disk within the event that made it. */
export class ReportDrafts implements Drafts {
  /** Newest first. */
  all = $state.raw<readonly KeptReport[]>([])
  /** What is typed is not kept, and why, in the browser's words; empty while all is well. */
  fault = $state('')
  private readonly ended = new AbortController()
  private store: SealedStore<KeptReport> | null = null
  /** Typed or dropped before the store was open. */
  private readonly early = new Map<string, KeptReport | null>()

  constructor() {
    void this.open().catch(this.tell)
  }

  of(incident_id: string): KeptReport | null {
    return this.all.find((kept) => kept.incident_id === incident_id) ?? null
  }

  keep(report: KeptReport): void {
    this.put(report.incident_id, report)
    if (this.store) this.store.put(report.incident_id, JSON.stringify(report)).then(this.well, this.tell)
    else this.early.set(report.incident_id, report)
  }

  drop(incident_id: string): void {
    this.put(incident_id, null)
    if (this.store) this.store.remove(incident_id).catch(this.tell)
    else this.early.set(incident_id, null)
  }

  close(): void {
    this.ended.abort()
    this.store?.close()
  }

  private async open(): Promise<void> {
    const store = await SealedStore.open(REPORTS, await deskKey(this.ended.signal), keptReport)
    for (const key of await store.keys()) {
      const kept = await store.get(key)
      if (!kept || this.early.has(key)) continue
      if (kept.at < Date.now() - KEEP_MS) await store.remove(key)
      else this.put(key, kept)
    }
    this.store = store
    for (const [key, report] of this.early)
      if (report) this.keep(report)
      else this.drop(key)
    this.early.clear()
  }

  private put(incident_id: string, report: KeptReport | null): void {
    const others = this.all.filter((kept) => kept.incident_id !== incident_id)
    this.all = report ? [report, ...others].sort((a, b) => b.at - a.at) : others
  }

  private readonly well = () => void (this.fault = '')
  private readonly tell = (error: unknown) => {
    if (!this.ended.signal.aborted) this.fault = error instanceof Error ? error.message : String(error)
  }
}

/** The drafts of the page, for whatever shows a case. */
export const [reportDrafts, setReportDrafts] = createContext<ReportDrafts>()
