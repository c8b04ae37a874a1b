import { STANDARD_TURNOUT_SECONDS, type Fleet, type FleetPost, type FleetUnit } from '../../geo/coverage/fleet.ts'
import type { ShiftName } from '../../geo/sla/shift.ts'
import type { CoverageFrom } from '../../geo/wire/coverage.ts'
import { invalid } from '../errors.ts'
import type { Services } from '../services.ts'
import { idleUnits } from '../verbs/idle_units.ts'
import { withJob } from '../verbs/jobs.ts'
import { shiftHour } from './coverage_roads.ts'

interface UnitRow {
  id: string
  callsign: string
  station_id: string | null
  duty: 'on' | 'off' | 'out_of_service'
  turnout_seconds: number
}

/** How far back it is looked who is on duty in a shift, and from which share of its days on a unit counts in it. */
const DUTY_DAYS = 28
const USUALLY = 0.5

type Needed = Pick<Services, 'db' | 'city' | 'simulated' | 'candidates'>

/**
 * Who could set off for a kind: `posts`: every active unit at its post, whatever it does now; `units`: those free now, where they stand. A kind without units
 * sets off from its posts. 422 (agency_kind, from) where that cannot be said. `notes` say what was assumed.
 */
export async function readFleet(
  { db, city, candidates }: Needed,
  agency_kind: string,
  from: CoverageFrom,
  now: Date,
): Promise<{ fleet: Fleet; notes: string[] }> {
  const kind = city.agency_kinds.find((each) => each.kind === agency_kind)
  if (!kind) throw invalid('agency_kind', `tidak ada instansi berjenis ${agency_kind}`)
  if (city.router.graph.link_count === 0) throw invalid('agency_kind', 'jaringan jalan kosong; impor jalan kota')
  const rows = await db.rows<UnitRow>('coverage_units', { agency_kind })
  const own = city.stations.filter((station) => station.agency_kind === agency_kind)
  const posts = own.map(({ id, name, location }): FleetPost => ({ id, name, at: location.coordinates, added: false }))
  if (rows.length === 0) {
    if (from === 'units') throw invalid('from', 'unit jenis ini tidak dipantau, hanya diberi tahu')
    const units = posts.map(({ id, at }): FleetUnit => {
      return { id, callsign: null, post_id: id, at, turnout_seconds: STANDARD_TURNOUT_SECONDS, away: null }
    })
    const notes = [`Unit jenis ini tidak tercatat: setiap pos dihitung siap dalam ${STANDARD_TURNOUT_SECONDS} detik.`]
    return { fleet: { from, posts, units }, notes }
  }
  if (from === 'posts') {
    const at = new Map(city.stations.map((station) => [station.id, station.location.coordinates]))
    const units = rows.map(({ id, callsign, station_id, duty, turnout_seconds }): FleetUnit => {
      const place = (station_id === null ? null : at.get(station_id)) ?? null
      const away = duty === 'out_of_service' ? 'tidak dapat dipakai' : place === null ? 'tidak mempunyai pos' : null
      return { id, callsign, post_id: station_id, at: place, turnout_seconds, away }
    })
    return { fleet: { from, posts, units }, notes: [] }
  }
  const jobs = (await candidates()).map((unit) => withJob(unit, city.incident_types, now, true))
  const { idle, away } = idleUnits(
    jobs.filter((unit) => unit.agency_kind === agency_kind),
    own,
    { [agency_kind]: kind.position_age_limit_seconds },
  )
  const standing = new Map(idle.map(({ unit, position }) => [unit.unit_id, position]))
  const reasons = new Map(away.map(({ unit_id, reason }) => [unit_id, reason]))
  const units = rows.map(({ id, callsign, station_id, turnout_seconds }): FleetUnit => {
    const place = standing.get(id) ?? null
    return {
      id,
      callsign,
      post_id: station_id,
      at: place,
      turnout_seconds,
      away: reasons.get(id) ?? (place === null ? 'posisi tidak diketahui' : null),
    }
  })
  return { fleet: { from, posts, units }, notes: [] }
}

/** The fleet of a shift: units that were on duty on less than half of its days of the last four weeks count as away. */
export async function fleetOfShift(
  { db, simulated }: Needed,
  fleet: Fleet,
  agency_kind: string,
  shift: ShiftName,
  now: Date,
): Promise<Fleet> {
  const rows = await db.rows<{ unit_id: string; on_share: number }>('coverage_shift_duty', {
    agency_kind,
    days: DUTY_DAYS,
    hour: shiftHour(shift),
    now,
    simulated,
  })
  const seldom = new Set(rows.filter(({ on_share }) => on_share < USUALLY).map(({ unit_id }) => unit_id))
  const away = `biasanya tidak bertugas pada shift ${shift}`
  return {
    ...fleet,
    units: fleet.units.map((unit) => (unit.away === null && seldom.has(unit.id) ? { ...unit, away } : unit)),
  }
}
