import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { IncidentType } from '../../geo/wire/masterdata.ts'
import { agentMs, crewPace, DECLINE_REASONS, type CrewPace } from './crew.ts'
import { reasonAt } from './decision.ts'
import { randomOf } from './random.ts'
import { RHYTHMS } from './rhythm.ts'

/** What somebody in the room or in a vehicle does next in a live case. */
export type Action =
  | { act: 'verify' | 'dispatch' | 'cancel' | 'hand_over' | 'close' }
  | { act: 'duplicate'; of: string }
  | { act: 'progress'; assignment: Assignment; status: string; note?: string }

export interface CaseView {
  incident: Incident
  type: IncidentType | undefined
  /** The other open incidents of the demo. */
  others: readonly Incident[]
  arrived(unit_id: string, assignment_id: string): boolean
  /** Simulated seconds in a real one. */
  speed: number
}

const MINUTE = 60_000
const on_scene_minutes = new Map(RHYTHMS.map((rhythm) => [rhythm.code, rhythm.on_scene_minutes]))
/** Of the cases that are over, this many were none. */
const CANCELLED = 0.03
/** A report near another open one of its type is the same event seen twice. */
const SAME_EVENT_DEGREES = 0.002

/**
 * What is due now, or null. All pace follows from the ids, and all else from the server's own picture, so that a restarted
 * demo goes on with every case where it stands.
 */
export function nextAction(view: CaseView, at: number): Action | null {
  const { incident, speed } = view
  const random = randomOf(incident.id)
  const since = (text: string | null) => (text === null ? -Infinity : (at - Date.parse(text)) * speed)
  const agent_ms = agentMs(random)
  const verify_ms = agent_ms * random.between(0.4, 0.8)
  const cancelled = random.chance(CANCELLED)
  const close_ms = Math.max(MINUTE, random.around(3 * MINUTE, 0.5))
  const active = incident.assignments.filter(isActive)

  if (incident.status === 'resolved') return since(incident.resolved_at) >= close_ms ? { act: 'close' } : null
  if (active.length === 0) {
    const age = since(incident.received_at)
    const twin = view.others.find((other) => isTwin(other, incident))
    if (twin && age >= verify_ms) return { act: 'duplicate', of: twin.id }
    // A crew that declined is replaced within the minute.
    const lastEnd = Math.max(
      ...incident.assignments.map((a) => Date.parse(a.declined_at ?? a.cancelled_at ?? a.notified_at)),
    )
    if (incident.assignments.length > 0) return (at - lastEnd) * speed >= 25_000 ? { act: 'dispatch' } : null
    if (age >= agent_ms) return { act: !incident.inside_city ? 'hand_over' : cancelled ? 'cancel' : 'dispatch' }
    return incident.status === 'received' && age >= verify_ms ? { act: 'verify' } : null
  }
  for (const assignment of active) {
    const next = nextStep(view, assignment, at)
    if (next) return { act: 'progress', assignment, ...next }
  }
  return null
}

function nextStep(view: CaseView, a: Assignment, at: number): { status: string; note?: string } | null {
  const since = (text: string | null) => (text === null ? 0 : (at - Date.parse(text)) * view.speed)
  const lead = view.type?.needs[0]
  const minutes = on_scene_minutes.get(view.incident.incident_type) ?? 15
  const random = randomOf(a.id)
  // The lead agency stays longest: whoever else came leaves earlier.
  const isLead = lead === undefined || view.incident.assignments[0]?.agency_id === a.agency_id
  const pace: CrewPace = crewPace(random, isLead ? minutes : minutes * 0.7)
  const turnout_ms = (a.turnout_seconds ?? 240) * 1000 * pace.turnout_factor
  switch (a.status) {
    case 'notified':
      if (since(a.notified_at) < pace.acknowledge_ms) return null
      return pace.declines && a.unit_id !== null
        ? { status: 'declined', note: random.pick(DECLINE_REASONS) }
        : { status: 'acknowledged' }
    case 'acknowledged':
      // In line it waits for the end of its first job, and sets out from there.
      if (a.queued_behind) return null
      return since(a.promoted_at ?? a.acknowledged_at) >= turnout_ms ? { status: 'en_route' } : null
    case 'en_route': {
      const driven = since(a.en_route_at)
      const there =
        a.unit_id === null
          ? driven >= 8 * MINUTE * pace.drive_factor
          : view.arrived(a.unit_id, a.id) && driven >= 20_000
      return there ? { status: 'on_scene' } : null
    }
    case 'on_scene':
      return since(a.on_scene_at) >= pace.on_scene_ms ? { status: 'done' } : null
    default:
      return null
  }
}

const isActive = (a: Assignment): boolean => ['notified', 'acknowledged', 'en_route', 'on_scene'].includes(a.status)

function isTwin(other: Incident, incident: Incident): boolean {
  const [a, b] = [other.location.coordinates, incident.location.coordinates]
  return (
    other.id !== incident.id &&
    other.incident_type === incident.incident_type &&
    other.number < incident.number &&
    Math.hypot(a[0] - b[0], a[1] - b[1]) < SAME_EVENT_DEGREES
  )
}

/** Whom to send of what the server recommends; null when nobody fitting is free yet. */
export function chooseFrom(
  recommendations: readonly RecommendationLike[],
  incident: Incident,
): { unit_ids: string[]; agency_ids: string[]; override_reason: string | null } | null {
  const random = randomOf(incident.id, incident.assignments.length, 'send')
  const told = new Set(incident.assignments.filter(isActive).map((a) => a.agency_id))
  const unit_ids: string[] = []
  const agency_ids: string[] = []
  let override_reason: string | null = null
  for (const [order, group] of recommendations.entries()) {
    if (order > 0 && !random.chance(0.8)) continue
    const suggested = group.units.filter((unit) => unit.suggested)
    const second = group.units.find((unit) => !unit.suggested)
    if (suggested.length === 1 && second && random.chance(0.04)) {
      unit_ids.push(second.unit_id)
      override_reason = reasonAt(Date.parse(incident.received_at)).code
    } else unit_ids.push(...suggested.map((unit) => unit.unit_id))
    const agency = group.agencies.find((a) => !told.has(a.agency_id))
    if (suggested.length === 0 && agency) agency_ids.push(agency.agency_id)
    // Nothing without the lead: help that stands around waiting for the fire engine is none.
    if (order === 0 && unit_ids.length + agency_ids.length === 0) return null
  }
  return { unit_ids: [...new Set(unit_ids)], agency_ids, override_reason }
}

/** The part of a recommendation (geo/dispatch/types.ts) that is read here. */
export interface RecommendationLike {
  agency_kind: string
  units: { unit_id: string; suggested: boolean }[]
  agencies: { agency_id: string }[]
}
