import { createHash } from 'node:crypto'

/** One line of the log as the table has it. */
export interface LogLine {
  seq: number
  line: string
  hash: string
}

interface Told {
  seq: number
  kind: string
  incident_id: string | null
  occurred_at: string
  recorded_at: string
  body: { assignment_ids?: string[]; assignment_id?: string; after?: { status?: string } }
}

/** What an incident must be, from its lines alone. */
export interface Derived {
  created: number
  reports: number
  status: string
  dispatched_at: string | null
  resolved_at: string | null
}

interface Case {
  created: number
  reports: number
  closed: boolean
  verified: boolean
  dispatched_at: string | null
  /** Assignment to its last state and when it was done. */
  assignments: Map<string, { status: string; done_at: string | null; under_way: boolean }>
}

const ENDED = new Set(['done', 'declined', 'cancelled'])
const UNDER_WAY = new Set(['en_route', 'on_scene', 'done'])

/**
 * Reads the log as an auditor would who has README ("Definitions") and not the program: the chain by hand, and each incident's state from what
 * became of its assignments.
 */
export class LogOracle {
  seq = 0
  private hash = '0'.repeat(64)
  private readonly cases = new Map<string, Case>()

  /** Takes lines that follow the last; answers what is wrong with them. */
  read(lines: readonly LogLine[]): string[] {
    const faults: string[] = []
    for (const { seq, line, hash } of lines) {
      if (seq !== this.seq + 1) faults.push(`the log: line ${seq} follows ${this.seq}`)
      if (
        createHash('sha256')
          .update(this.hash + line)
          .digest('hex') !== hash
      )
        faults.push(`the log: line ${seq} is not chained to the one before`)
      this.seq = seq
      this.hash = hash
      this.follow(JSON.parse(line) as Told)
    }
    return faults
  }

  private follow({ kind, incident_id, occurred_at, body }: Told): void {
    if (incident_id === null) return
    const known = this.cases.get(incident_id) ?? {
      created: 0,
      reports: 0,
      closed: false,
      verified: false,
      dispatched_at: null,
      assignments: new Map(),
    }
    this.cases.set(incident_id, known)
    if (kind === 'incident.created') known.created++
    if (kind === 'incident.final_report') known.reports++
    if (kind === 'incident.updated' && body.after?.status === 'closed') known.closed = true
    if (kind === 'incident.closed') known.closed = true
    if (kind === 'assignment.created') {
      known.dispatched_at ??= occurred_at
      for (const id of body.assignment_ids ?? [])
        known.assignments.set(id, { status: 'notified', done_at: null, under_way: false })
    } else if (kind.startsWith('assignment.') && body.assignment_id) {
      const status = kind.slice('assignment.'.length)
      const before = known.assignments.get(body.assignment_id)
      known.assignments.set(body.assignment_id, {
        status,
        done_at: status === 'done' ? occurred_at : null,
        under_way: (before?.under_way ?? false) || UNDER_WAY.has(status),
      })
    }
  }

  of(incident_id: string): Derived | null {
    const known = this.cases.get(incident_id)
    if (!known) return null
    const all = [...known.assignments.values()]
    const active = all.filter(({ status }) => !ENDED.has(status))
    const done = all.flatMap(({ done_at }) => done_at ?? [])
    const resolved = active.length === 0 && done.length > 0
    const status = known.closed
      ? 'closed'
      : all.length === 0
        ? 'received'
        : resolved
          ? 'resolved'
          : active.length === 0
            ? 'verified'
            : all.some(({ under_way, status: s }) => under_way && s !== 'cancelled' && s !== 'declined')
              ? 'handling'
              : 'dispatched'
    return {
      created: known.created,
      reports: known.reports,
      status,
      dispatched_at: known.dispatched_at,
      resolved_at: resolved ? done.sort((a, b) => Date.parse(a) - Date.parse(b))[done.length - 1] : null,
    }
  }
}
