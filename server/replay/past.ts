import type { Incident } from '../../geo/wire/incident.ts'
import type { Closure, IncidentType, Position, Unit } from '../../geo/wire/masterdata.ts'
import type { Replay, ScreenStretch } from '../../geo/wire/replay.ts'
import type { Services } from '../services.ts'

/** What of the server the past is read with. */
export type Past = Pick<Services, 'db' | 'simulated' | 'city'>

/** The head of the log at a moment, as sql/queries/replay_head.sql reads it. */
export interface HeadThen {
  seq: number
  hash: string
  log_id: string
  city_before: number | null
  city_since: number | null
  log_since: string | null
  positions_since: string | null
}

interface CaseThen {
  seq: number
  incident: Incident
  placed: Pick<Incident, 'kelurahan_code' | 'kelurahan' | 'kecamatan' | 'inside_city' | 'location'>
}

const OVER = new Set<Incident['status']>(['closed', 'cancelled', 'duplicate', 'handed_over'])
const ACTIVE = new Set(['notified', 'acknowledged', 'en_route', 'on_scene'])
/** A screen not heard for longer is no part of a moment. */
const SCREENS_MS = 3_600_000

export const iso = (text: string | number) => new Date(text).toISOString()
const isoOrNull = (text: string | null) => (text === null ? null : iso(text))

export const readHead = ({ db, simulated }: Past, at: Date): Promise<HeadThen> =>
  db.one<HeadThen>('replay_head', { at, simulated })

/** The picture at `at` from what was recorded by then, as a screen had it. Several short statements: the past does not change between them. */
export async function readPast(past: Past, at: Date, map_hash: string): Promise<Replay> {
  const { db, simulated, city } = past
  const head = await readHead(past, at)
  const { seq } = head
  const cases = (await db.rows<CaseThen>('replay_incidents', { at, seq, simulated })).filter(
    ({ incident }) => !OVER.has(incident.status),
  )
  const incidents = cases.map((row) => placedThen(row, head)).sort(byReceived)
  const jobs = jobsOf(incidents)
  const units = (await db.rows<{ unit: Unit }>('replay_units', { seq, bound: [...jobs.keys()] })).map(
    ({ unit }) => unit,
  )
  const positions_kept = head.positions_since !== null && at.getTime() >= Date.parse(head.positions_since)
  const fixes = positions_kept ? await db.rows<{ position: Position }>('replay_positions', { at, simulated }) : []
  const fixOf = new Map(fixes.map(({ position: { unit_id, ...rest } }) => [unit_id, rest]))
  const told = await db.maybe<{ closures: Closure[] | null }>('replay_closures', { seq, simulated })
  const agencies = await db.rows<Replay['agencies'][number]>('agencies')
  const stations = await db.rows<{ station: Replay['stations'][number] }>('stations')
  const needs = await db.rows<{ incident_type: string } & Pick<IncidentType, 'needs'> & { built_in: boolean }>(
    'replay_needs',
    { seq },
  )
  return {
    type: 'snapshot',
    seq,
    at: at.toISOString(),
    server_time: at.toISOString(),
    incidents,
    units: units.map((unit) => ({ ...unit, ...jobs.get(unit.id), position: fixOf.get(unit.id) ?? null })),
    agencies,
    stations: stations.map(({ station }) => station),
    incident_types: typesThen(city.incident_types, needs),
    closures: (told?.closures ?? []).filter((closure) => Date.parse(closure.ends_at) > at.getTime()),
    calls: [],
    map_hash,
    routing: 'own',
    log_id: head.log_id,
    hash: head.hash,
    simulated,
    log_since: isoOrNull(head.log_since),
    positions_kept_since: isoOrNull(head.positions_since),
    positions_kept,
    of_now: [...(head.city_since === null ? [] : (['masterdata', 'map', 'places'] as const)), 'medians', 'routing'],
    invented: cases.some((row) => row.seq > seq),
    screens: latestOf(await readScreens(past, new Date(at.getTime() - SCREENS_MS), at)),
  }
}

/** Each stretch of each screen that touches the time between; null where they are not kept. */
export async function readScreens({ db }: Past, from: Date, to: Date): Promise<ScreenStretch[] | null> {
  const spans = await db.value<ScreenStretch[] | null>('replay_screens', { from, to })
  return spans?.map((span) => ({ ...span, began_at: iso(span.began_at), ended_at: iso(span.ended_at) })) ?? null
}

function latestOf(spans: ScreenStretch[] | null): ScreenStretch[] | null {
  return spans && [...new Map(spans.map((span) => [span.screen_id, span])).values()]
}

const byReceived = (a: Incident, b: Incident) => Date.parse(a.received_at) - Date.parse(b.received_at)

/**
 * After an import every wall read its cases anew, and the log has no line of each for that: a case whose last line is older than the city's,
 * and that did not move, lies where the city of now says, if no later city came.
 */
function placedThen({ seq, incident, placed: { location, ...placed } }: CaseThen, head: HeadThen): Incident {
  const read_anew = head.city_before !== null && head.city_before > seq && head.city_since === null
  const stayed = String(location.coordinates) === String(incident.location.coordinates)
  return read_anew && stayed ? { ...incident, ...placed } : incident
}

type Job = Pick<Unit, 'incident_id' | 'assignment_id' | 'assignment_status' | 'queued_incident_id'>

/** What each unit was on and stood in line for, by the cases that it was sent to. */
function jobsOf(incidents: readonly Incident[]): Map<string, Partial<Job>> {
  const jobs = new Map<string, Partial<Job>>()
  for (const { assignments } of incidents)
    for (const one of assignments) {
      if (one.unit_id === null || !ACTIVE.has(one.status)) continue
      const job = one.queued_behind
        ? { queued_incident_id: one.incident_id }
        : { incident_id: one.incident_id, assignment_id: one.id, assignment_status: one.status }
      jobs.set(one.unit_id, { ...jobs.get(one.unit_id), ...job })
    }
  return jobs
}

function typesThen(
  types: readonly IncidentType[],
  later: readonly { incident_type: string; needs: IncidentType['needs']; built_in: boolean }[],
): IncidentType[] {
  const found = new Map(later.map((row) => [row.incident_type, row]))
  return types.map((type) => {
    const then = found.get(type.code)
    return then ? { ...type, needs: then.needs, needs_built_in: then.built_in } : type
  })
}
