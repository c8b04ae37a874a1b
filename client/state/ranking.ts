import type { StageClock } from '../../geo/sla/clock.ts'
import type { LiveEta } from '../../geo/sla/forecast.ts'
import { incidentClocks } from '../../geo/sla/incident_clocks.ts'
import type { IncidentClocks } from '../../geo/sla/incident_clocks.ts'
import {
  AGENT_LIMIT_SECONDS,
  FIRE_ON_SCENE_LIMIT_SECONDS,
  OPD_LIMIT_SECONDS,
  WARNING_SHARE,
} from '../../geo/sla/limits.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { IncidentType } from '../../geo/wire/masterdata.ts'
import { byUrgency, urgent } from './urgency.ts'
import type { Urgent } from './urgency.ts'

interface Held {
  incident: Incident
  type: IncidentType | undefined
  urgent: Urgent
  /** Until then (epoch ms) nothing changes but by the seconds that pass; 0: to be worked out each time. */
  steady_until: number
}

/**
 * The open incidents in the order of what needs a human, second by second. Of most of them only the seconds change: their
 * clocks are wound on instead of being worked out anew, and where no order changed nothing is sorted. The answer is
 * that of working it all out (a test holds them together).
 */
export class Ranking {
  private readonly held = new Map<string, Held>()
  private order: Held[] = []

  rank(
    incidents: ReadonlyMap<string, Incident>,
    types: ReadonlyMap<string, IncidentType>,
    now: number,
    eta?: LiveEta,
  ): Urgent[] {
    let sorted = true
    for (const [id, incident] of incidents) {
      const type = types.get(incident.incident_type)
      const held = this.held.get(id)
      if (held && held.incident === incident && held.type === type && now < held.steady_until) {
        held.urgent = woundOn(held.urgent, now)
        continue
      }
      const next = urgent(incident, incidentClocks(incident, now, type, eta))
      const steady_until = steadyUntil(next, now)
      if (held) {
        sorted &&= sameRank(held.urgent, next)
        Object.assign(held, { incident, type, urgent: next, steady_until })
      } else {
        const made = { incident, type, urgent: next, steady_until }
        this.held.set(id, made)
        this.order.push(made)
        sorted = false
      }
    }
    if (this.held.size > incidents.size) {
      for (const id of this.held.keys()) if (!incidents.has(id)) this.held.delete(id)
      this.order = this.order.filter(({ incident }) => incidents.has(incident.id))
    }
    if (!sorted) this.order.sort((a, b) => byUrgency(a.urgent, b.urgent))
    return this.order.map((held) => held.urgent)
  }
}

const sameRank = (a: Urgent, b: Urgent) =>
  a.state === b.state &&
  a.incident.priority === b.incident.priority &&
  a.incident.number === b.incident.number &&
  a.clock?.due_at === b.clock?.due_at

/** A forecast moves with where units are, so there it is worked out anew each time. */
function steadyUntil({ clocks, stage }: Urgent, now: number): number {
  if (clocks.forecast !== null) return 0
  if (stage === null) return Infinity
  const limit = stage === 'agent' ? AGENT_LIMIT_SECONDS : OPD_LIMIT_SECONDS
  return Math.min(turnsAt(clocks[stage], limit, now), turnsAt(clocks.fire_on_scene, FIRE_ON_SCENE_LIMIT_SECONDS, now))
}

/** When a clock next changes its state, epoch ms. */
function turnsAt(clock: StageClock | null, limit_seconds: number, now: number): number {
  if (!clock || clock.due_at === null || clock.state === 'breached' || clock.state === 'met') return Infinity
  const warns_at = clock.due_at - (1 - WARNING_SHARE) * limit_seconds * 1000
  return now < warns_at ? warns_at : clock.due_at
}

function woundOn(u: Urgent, now: number): Urgent {
  const { stage } = u
  if (stage === null) return u
  const limit = stage === 'agent' ? AGENT_LIMIT_SECONDS : OPD_LIMIT_SECONDS
  const clock = wound(u.clocks[stage], limit, now)
  const fire = u.clocks.fire_on_scene
  const runs = fire !== null && fire.due_at !== null && u.incident.on_scene_at === null
  const clocks: IncidentClocks = {
    ...u.clocks,
    [stage]: clock,
    fire_on_scene: runs ? wound(fire, FIRE_ON_SCENE_LIMIT_SECONDS, now) : fire,
  }
  return { ...u, clocks, clock }
}

function wound(clock: StageClock, limit_seconds: number, now: number): StageClock {
  if (clock.due_at === null) return clock
  const elapsed_seconds = Math.max(0, (now - (clock.due_at - limit_seconds * 1000)) / 1000)
  return { ...clock, elapsed_seconds, remaining_seconds: limit_seconds - elapsed_seconds }
}
