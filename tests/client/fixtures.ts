import { wilson } from '../../geo/stats/wilson.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { IncidentType, Unit } from '../../geo/wire/masterdata.ts'
import type { District } from '../../geo/wire/stats.ts'

let made = 0
const id = () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`

export const T0 = Date.parse('2026-11-23T06:00:00Z')
export const at = (seconds: number) => new Date(T0 + seconds * 1000).toISOString()

export function anAssignment(over: Partial<Assignment> = {}): Assignment {
  return {
    id: id(),
    incident_id: id(),
    agency_id: id(),
    unit_id: id(),
    status: 'notified',
    notified_at: at(60),
    acknowledged_at: null,
    en_route_at: null,
    on_scene_at: null,
    done_at: null,
    declined_at: null,
    cancelled_at: null,
    eta_seconds: 300,
    turnout_seconds: 60,
    distance_m: 2000,
    simulated: true,
    ...over,
  }
}

export function aType(over: Partial<IncidentType> = {}): IncidentType {
  return {
    code: 'kebakaran',
    name: 'Kebakaran',
    name_en: 'Fire',
    letter: 'K',
    class: 'gawat_darurat',
    priority: 1,
    on_scene_minutes: 45,
    median_on_scene_seconds: null,
    median_on_scene_n: 0,
    needs: [],
    needs_built_in: true,
    ...over,
  }
}

export function anIncident(over: Partial<Incident> = {}): Incident {
  return {
    id: id(),
    number: `SIM-20261123-${String(made).padStart(4, '0')}`,
    incident_type: 'kebakaran',
    priority: 1,
    status: 'received',
    location: { type: 'Point', coordinates: [109.67, -6.89] },
    accuracy_m: 30,
    kelurahan_code: '33.75.01.1002',
    kelurahan: 'Medono',
    kecamatan: 'Pekalongan Barat',
    inside_city: true,
    place_label: null,
    number_hidden: false,
    received_at: at(0),
    verified_at: null,
    dispatched_at: null,
    handling_at: null,
    on_scene_at: null,
    resolved_at: null,
    closed_at: null,
    ended_at: null,
    handed_over_to: null,
    late_entry: false,
    offline_entry: false,
    duplicate_of: null,
    call_count: 1,
    simulated: true,
    assignments: [],
    ...over,
  }
}

export function aUnit(over: Partial<Unit> = {}): Unit {
  return {
    id: id(),
    callsign: 'Damkar 1',
    agency_id: id(),
    agency_code: 'damkar',
    agency_kind: 'damkar',
    station_id: null,
    station_location: { type: 'Point', coordinates: [109.68, -6.89] },
    kind: 'Mobil pompa',
    capabilities: [],
    active: true,
    crew: 4,
    turnout_seconds: 60,
    duty: 'on',
    incident_id: null,
    assignment_id: null,
    assignment_status: null,
    position: null,
    ...over,
  }
}

export const aStage = (n: number, breached: number) => ({
  n,
  breached,
  running: 0,
  missing: 0,
  ...wilson(breached, n),
  median_seconds: null,
})
/** A district named by its code, with so many cases of its OPD past their limit. */
export const aDistrict = (code: string, n: number, breached: number, more: Partial<District> = {}): District => ({
  code,
  name: code,
  incidents: n,
  calls: n,
  open: 0,
  by_type: {},
  agent: aStage(n, 0),
  opd: aStage(n, breached),
  population: null,
  population_year: null,
  per_10000: null,
  trend: [],
  ...more,
})
