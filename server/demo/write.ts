import type { Incident } from '../../geo/wire/incident.ts'
import type { Executor } from '../db/database.ts'
import { RULE_VERSION } from '../verbs/assign.ts'
import type { Choice, PricedUnit } from './choose.ts'
import { decisionOf, reasonAt } from './decision.ts'
import { FINAL_REPORT } from './final_report.ts'
import type { Step } from './life.ts'

/** Who the log names for what the demo wrote from inside. */
export const HISTORY_ACTOR = 'demo:history'
export const OPENING_ACTOR = 'demo:opening'

export interface WriteOptions {
  actor: string
  describe: (point: readonly number[]) => string | null
}

interface Written {
  calls: (string | undefined)[]
  incidents: (string | undefined)[]
  assignments: (string | undefined)[]
  /** Agencies told as a whole, for want of a free unit, by assignment: telling one twice is refused while it has not declined. */
  told: Map<number, string>
}

/**
 * Carries out a life's steps by the same verbs as everybody's, each with the clock of its moment. Run it in a transaction:
 * then nobody sees a case of last year stand open, and its units are bound to it for no one else.
 */
export async function writeSteps(tx: Executor, steps: readonly Step[], options: WriteOptions): Promise<void> {
  const written: Written = { calls: [], incidents: [], assignments: [], told: new Map() }
  if (steps.some((step) => step.verb === 'create')) await tx.rows('demo_lock_days', { moments: momentsOf(steps) })
  const busy = steps.some((step) => step.verb === 'assign')
    ? new Set(await tx.value<string[]>('demo_busy_units'))
    : new Set<string>()
  for (const step of steps) await writeStep(tx, step, written, busy, options)
}

/** Every instant that may decide an incident's day: a call may ring before the midnight that its case is recorded after. */
const momentsOf = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => {
    const rang = step.verb === 'call' ? (step.input as { rang_at?: string }).rang_at : undefined
    return [new Date(step.at).toISOString(), ...(rang ? [rang] : [])]
  })

async function writeStep(
  tx: Executor,
  step: Step,
  written: Written,
  busy: Set<string>,
  { actor, describe }: WriteOptions,
): Promise<void> {
  const now = new Date(step.at)
  switch (step.verb) {
    case 'call': {
      const { call } = await tx.value<{ call: { id: string } }>('call_create', {
        input: step.input,
        actor,
        now,
        simulated: true,
      })
      if (step.joins)
        await tx.value('call_patch', {
          id: call.id,
          input: { incident_id: written.incidents[step.incident] },
          actor,
          now,
          simulated: true,
        })
      else written.calls[step.incident] = call.id
      return
    }
    case 'create': {
      const { point, ...rest } = step.input
      const input = {
        ...rest,
        lon: point[0],
        lat: point[1],
        place_label: describe(point),
        call_id: written.calls[step.incident] ?? null,
        late_entry_allowed: true,
      }
      const { incident } = await tx.value<{ incident: Incident }>('incident_create', {
        input,
        actor,
        now,
        simulated: true,
      })
      written.incidents[step.incident] = incident.id
      return
    }
    case 'hangup':
      return void (await tx.value('call_patch', {
        id: written.calls[step.incident],
        input: { ended_at: now.toISOString() },
        actor,
        now,
        simulated: true,
      }))
    case 'patch': {
      const { duplicate_of, ...rest } = step.input
      if (rest.status === 'closed')
        return void (await tx.value('final_report_put', {
          id: written.incidents[step.incident],
          input: FINAL_REPORT,
          actor,
          now,
          simulated: true,
        }))
      const input = duplicate_of === undefined ? rest : { ...rest, duplicate_of: written.incidents[duplicate_of] }
      return void (await tx.value('incident_patch', {
        id: written.incidents[step.incident],
        input,
        actor,
        now,
        simulated: true,
      }))
    }
    case 'assign': {
      const chosen = stillFree(step.choice, step.chosen, busy)
      if (!chosen) {
        if ([...written.told.values()].includes(step.choice.agency_id)) return
        written.told.set(step.assignment, step.choice.agency_id)
      }
      const decision = decisionOf(step.choice, chosen, busy, step.accuracy_m)
      const reason = decision.outcome === 'other' ? reasonAt(step.at) : null
      const input = {
        units: chosen ? [{ ...chosen, agency_kind: step.choice.agency_kind }] : [],
        agency_ids: chosen ? [] : [step.choice.agency_id],
        verified: true,
        reason_code: reason?.code ?? null,
        override_reason: reason?.words ?? null,
        decision: { rule_version: RULE_VERSION, ...decision },
      }
      const { assignments } = await tx.value<{ assignments: { id: string }[] }>('assignment_create', {
        id: written.incidents[0],
        input,
        actor,
        now,
        simulated: true,
      })
      written.assignments[step.assignment] = assignments[0].id
      if (chosen) busy.add(chosen.unit_id)
      return
    }
    case 'progress': {
      const { status, note } = step
      const id = written.assignments[step.assignment]
      if (id === undefined) return
      if (status === 'declined') written.told.delete(step.assignment)
      return void (await tx.value('assignment_set_status', {
        id,
        input: { status, note },
        scope_agency: null,
        scope_unit: null,
        actor,
        now,
        simulated: true,
      }))
    }
  }
}

/** A unit that stands in a live case today cannot be written into an old one at this moment: the next best takes its place. */
function stillFree({ candidates }: Choice, chosen: PricedUnit | null, busy: ReadonlySet<string>): PricedUnit | null {
  if (chosen && !busy.has(chosen.unit_id)) return chosen
  return candidates.find((unit) => !busy.has(unit.unit_id)) ?? null
}
