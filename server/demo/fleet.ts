import { distanceM, type LonLat } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { crewPace } from './crew.ts'
import { randomOf } from './random.ts'
import { createVehicle, type Vehicle } from './vehicle.ts'

interface Member {
  unit: Unit
  vehicle: Vehicle
  /** Counts the ways asked for; the one not answered yet, or null. */
  asked: number
  waits_for: number | null
  /** The assignment it drives or drove to; null: home. */
  goal: string | null
  /** When a crew that is done sets off for its post (epoch ms). */
  home_at: number | null
  sent_at: number
  /** Whether the fix last sent said that it moves: a stop is told at once, or screens would drive it on. */
  sent_moving: boolean
  /** The fix last sent, to notice when somebody else reports this unit. */
  sent_fix: string | null
  /** Until then the unit is somebody else's to report (epoch ms). */
  left_until: number
}

const MOVING_MS = 2_500
const PARKED_MS = 28_000
const LEAVE_TO_OTHERS_MS = 10 * 60_000
const FRESH_MS = 120_000
/** So near its goal a unit has arrived. */
const THERE_M = 250

/** The vehicles of all units: they drive where their assignments send them, whoever made those, and report by HTTP. */
export function createFleet(
  options: Pick<Services, 'city' | 'routing' | 'now'> & { api: Api; speed: number; seed: number },
) {
  const { api, city, routing, now, speed, seed } = options
  const members = new Map<string, Member>()

  function join(unit: Unit, at: number): Member {
    const home = (unit.station_location?.coordinates ?? unit.position?.location.coordinates) as LonLat | undefined
    const fresh = unit.position && at - Date.parse(unit.position.fix_at) < FRESH_MS
    const start = (fresh ? (unit.position?.location.coordinates as LonLat) : home) ?? [0, 0]
    const member: Member = {
      unit,
      vehicle: createVehicle(unit.id, start),
      asked: 0,
      waits_for: null,
      goal: null,
      home_at: null,
      sent_at: at - randomOf(seed, unit.id).between(MOVING_MS, PARKED_MS),
      sent_moving: false,
      sent_fix: unit.position?.fix_at ?? null,
      left_until: 0,
    }
    members.set(unit.id, member)
    return member
  }

  /** Sets off as soon as the way is known; a later order takes the place of one that still waits for its way. */
  function drive(member: Member, to: LonLat, pace: number, done_seconds = 0): void {
    const asked = (member.waits_for = ++member.asked)
    void routing.route(member.vehicle.at, to, now()).then((route) => {
      if (member.waits_for !== asked) return
      member.waits_for = null
      if (route) member.vehicle.drive(route, pace, done_seconds)
    })
  }
  const underWay = ({ vehicle, waits_for }: Member): boolean => vehicle.moving || waits_for !== null

  function follow(member: Member, incident: Incident | undefined, at: number): void {
    const { unit, vehicle } = member
    const home = unit.station_location?.coordinates as LonLat | undefined
    if (
      incident &&
      unit.assignment_id &&
      (unit.assignment_status === 'en_route' || unit.assignment_status === 'on_scene')
    ) {
      if (member.goal === unit.assignment_id) return
      member.goal = unit.assignment_id
      member.home_at = null
      const to = incident.location.coordinates as LonLat
      const assignment = incident.assignments.find((a) => a.id === unit.assignment_id)
      if (unit.assignment_status === 'on_scene') {
        if (distanceM(vehicle.at, to) > THERE_M) vehicle.stand(city.router.snap(to)?.position ?? to)
        return
      }
      // Without a fresh position it set off from its post when the log says so.
      const fresh = unit.position && at - Date.parse(unit.position.fix_at) < FRESH_MS
      const since = assignment?.en_route_at && !fresh ? ((at - Date.parse(assignment.en_route_at)) / 1000) * speed : 0
      drive(member, to, crewPace(randomOf(unit.assignment_id), 10).drive_factor, since)
      return
    }
    if (unit.assignment_id === null && member.goal !== null) {
      member.goal = null
      member.home_at = at + randomOf(seed, unit.id, at).between(40_000, 150_000) / speed
    }
    if (
      unit.assignment_id === null &&
      home &&
      member.home_at === null &&
      !underWay(member) &&
      distanceM(vehicle.at, home) > THERE_M
    )
      member.home_at = at
    if (member.home_at !== null && at >= member.home_at && home) {
      member.home_at = null
      if (distanceM(vehicle.at, home) > THERE_M) drive(member, home, 1.25)
    }
  }

  return {
    /** Takes over what the server says about units; `incidents` are the open ones by id. */
    reconcile(units: readonly Unit[], incidents: ReadonlyMap<string, Incident>): void {
      const at = now().getTime()
      for (const unit of units) {
        if (!unit.station_location && !unit.position) continue
        const member = members.get(unit.id) ?? join(unit, at)
        member.unit = unit
        const told = unit.position?.fix_at ?? null
        // A fix that is not ours and newer than ours: a phone or a person reports this unit now.
        if (told !== null && member.sent_fix !== null && Date.parse(told) > Date.parse(member.sent_fix)) {
          member.left_until = at + LEAVE_TO_OTHERS_MS
          member.sent_fix = told
          if (unit.position) member.vehicle.stand(unit.position.location.coordinates as LonLat)
        }
        follow(member, unit.incident_id ? incidents.get(unit.incident_id) : undefined, at)
      }
      for (const id of members.keys()) if (!units.some((unit) => unit.id === id)) members.delete(id)
    },

    advance(real_ms: number): void {
      for (const { vehicle } of members.values()) vehicle.advance((real_ms / 1000) * speed)
    },

    /** Whether a unit stands where its assignment sent it. */
    arrived(unit_id: string, assignment_id: string): boolean {
      const member = members.get(unit_id)
      return member !== undefined && member.goal === assignment_id && !underWay(member)
    },

    /** How many units of a kind could be sent now. */
    free(agency_kind: string, capability: string | null): number {
      return [...members.values()].filter(
        ({ unit }) =>
          unit.agency_kind === agency_kind &&
          unit.duty === 'on' &&
          unit.assignment_id === null &&
          (capability === null || unit.capabilities.includes(capability)),
      ).length
    },

    /** Sends the fixes that are due, all in one request. */
    async report(): Promise<void> {
      const at = now().getTime()
      const due = [...members.values()].filter(
        (m) => at >= m.left_until && at - m.sent_at >= (m.vehicle.moving ? MOVING_MS : PARKED_MS),
      )
      if (due.length === 0) return
      const fix_at = new Date(at).toISOString()
      for (const member of due)
        Object.assign(member, { sent_at: at, sent_fix: fix_at, sent_moving: member.vehicle.moving })
      await api.post(
        '/api/positions',
        due.map(({ unit, vehicle }) => ({ unit_id: unit.id, fix_at, ...vehicle.fix(speed) })),
      )
    },
  }
}
export type Fleet = ReturnType<typeof createFleet>
