import type { Assignment } from '../../../geo/wire/incident.ts'

/** What the server acknowledged, as clients keep it, and what was wrong with its answers. */
export class Ledger {
  /** Idempotency-Key to what was answered. */
  readonly incidents = new Map<string, { id: string; number: string; received_at: string }>()
  readonly calls = new Set<string>()
  /** The last answer about each assignment. */
  readonly assignments = new Map<string, Assignment & { incident_id: string }>()
  /** Incident to the description last acknowledged. */
  readonly descriptions = new Map<string, string>()
  readonly reports = new Map<string, { revision: number }>()
  /** Callsign to the latest fix that was accepted (epoch ms). */
  readonly fixes = new Map<string, number>()
  /** Attempts that nobody answered: the connection broke, or patience ended. */
  in_doubt = 0
  /** Acknowledged writes of every kind. */
  acknowledged = 0
  /** What must not be, in words; empty when all is well. */
  readonly faults: string[] = []
  /** Nobody can answer: the server itself stands still. */
  frozen = false
  private refusals: number[] = []

  /** Of those that differ by an id alone the first is kept. */
  wrong(text: string): void {
    const plain = (each: string) => each.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    if (this.faults.length < 50 && !this.faults.some((each) => plain(each) === plain(text))) this.faults.push(text)
  }

  refused(ms: number): void {
    this.refusals.push(ms)
  }

  unheard(what: string): void {
    if (!this.frozen) this.wrong(`${what}: no answer at all in 10 s`)
  }

  /** Milliseconds that refusals took since this was asked last. */
  takeRefusals(): number[] {
    return this.refusals.splice(0)
  }
}
