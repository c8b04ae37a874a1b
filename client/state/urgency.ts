import type { ClockState, StageClock } from '../../geo/sla/clock.ts'
import type { IncidentClocks } from '../../geo/sla/incident_clocks.ts'
import type { Incident } from '../../geo/wire/incident.ts'

/** One open incident with the clock that counts now. */
export interface Urgent {
  incident: Incident
  clocks: IncidentClocks
  /** The running stage; null when resolved or unknown. */
  stage: 'agent' | 'opd' | null
  clock: StageClock | null
  state: ClockState
}

/** A breach first, then what is about to, then what runs, then what has no clock. */
const RANK: Record<ClockState, number> = { breached: 0, warning: 1, running: 2, unknown: 3, met: 4 }

export function urgent(incident: Incident, clocks: IncidentClocks): Urgent {
  const stage = clocks.active
  const clock = stage === null ? null : clocks[stage]
  return { incident, clocks, stage, clock, state: clock?.state ?? (incident.resolved_at === null ? 'unknown' : 'met') }
}

/**
 * Order of the list of open incidents: by state, then priority, then the time left; among warnings the time left alone, for it
 * is what can still be saved. The number decides ties, so that rows never swap places for nothing.
 */
export function byUrgency(a: Urgent, b: Urgent): number {
  if (a.state !== b.state) return RANK[a.state] - RANK[b.state]
  if (a.state !== 'warning' && a.incident.priority !== b.incident.priority)
    return a.incident.priority - b.incident.priority
  const left = (a.clock?.due_at ?? Infinity) - (b.clock?.due_at ?? Infinity)
  if (left !== 0 && !Number.isNaN(left)) return left
  return a.incident.number < b.incident.number ? -1 : 1
}

/** Does it need a human now? */
export const isAlarming = (u: Urgent) => u.state === 'breached' || u.state === 'warning'
