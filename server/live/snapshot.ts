import type { Call } from '../../geo/wire/calls.ts'
import type { Heartbeat, LiveEvent, Snapshot } from '../../geo/wire/live.ts'
import type { Closure, IncidentType, Position, Unit } from '../../geo/wire/masterdata.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { HEARD, may } from '../auth/permissions.ts'
import type { Executor } from '../db/database.ts'

export type RoutingSaid = Pick<Heartbeat, 'routing' | 'routing_since'>
/** What a snapshot needs beside the database's own rows. */
export type Surroundings = { incident_types: readonly IncidentType[]; map_hash: string } & RoutingSaid

/** The database's own rows at `seq`, kept so that one line of the log changes one row of it. */
export interface Picture {
  seq: number
  /** Open cases by id, as JSON text, by the time they came in. */
  incidents: Map<string, string>
  units: Map<string, Omit<Unit, 'position'>>
  calls: Map<string, Call>
  closures: Closure[]
  /** As JSON text. */
  agencies: string
  stations: string
}

/** Some things change without a line (a case placed in another kelurahan after an import): whoever comes later than this has it read anew. */
const KEPT_MS = 30_000
const MOST_CALLS = 500
const GONE = new Set(['closed', 'cancelled', 'duplicate', 'handed_over'])

/**
 * The picture that new readers begin with: read once, then carried on line by line, as every page does with its own. Of two hundred
 * screens that come back at once one waits for the database, and with thousands of open cases nobody waits longer than his own bytes take.
 */
export function createPictures(options: { db: Executor; simulated: boolean; now: () => Date }) {
  const { db, simulated, now } = options
  let kept: { picture: Picture; read_at: number } | null = null
  let reading: { picture: Promise<Picture>; lines: LiveEvent[] } | null = null

  async function read(): Promise<Picture> {
    const rows = await db.rows<{ part: string; id: string; text: string }>('live_snapshot', { simulated, now: now() })
    return toPicture(rows)
  }

  function begin(): Promise<Picture> {
    const mine: NonNullable<typeof reading> = { lines: [], picture: read() }
    reading = mine
    mine.picture = mine.picture
      .then((picture) => {
        for (const line of mine.lines) carryOn(picture, line)
        // What was forgotten meanwhile stays so.
        if (reading === mine) kept = { picture, read_at: performance.now() }
        return picture
      })
      .finally(() => {
        if (reading === mine) reading = null
      })
    return mine.picture
  }

  return {
    /** A picture that holds every line that was told of by {@link line} before. It goes on changing. */
    async current(): Promise<Picture> {
      if (kept && performance.now() - kept.read_at <= KEPT_MS) return kept.picture
      return reading?.picture ?? begin()
    },
    /** The next line of the log. */
    line(event: LiveEvent): void {
      if (event.refresh) return this.forget()
      reading?.lines.push(event)
      if (kept && !carryOn(kept.picture, event)) kept = null
    },
    /** What no line tells of in full has changed (master data, the map, another log): whoever comes now is given what is read now. */
    forget(): void {
      kept = null
      reading = null
    },
  }
}

function toPicture(rows: { part: string; id: string; text: string }[]): Picture {
  const of = (part: string) => rows.filter((row) => row.part === part)
  const one = (part: string) => of(part)[0]?.text ?? '[]'
  const parsed = <T>(part: string) => of(part).map(({ id, text }) => [id, JSON.parse(text) as T] as const)
  return {
    seq: Number(one('head')),
    incidents: new Map(of('incident').map(({ id, text }) => [id, text])),
    units: new Map(parsed<Omit<Unit, 'position'>>('unit')),
    calls: new Map(parsed<Call>('call')),
    closures: JSON.parse(one('closures')) as Closure[],
    agencies: one('agencies'),
    stations: one('stations'),
  }
}

/** Brings a picture on by one line, as a page does (client/state/picture.ts); false when a line is missing before it. */
function carryOn(picture: Picture, event: LiveEvent): boolean {
  if (event.seq <= picture.seq) return true
  if (event.seq !== picture.seq + 1) return false
  picture.seq = event.seq
  const { incident, call } = event
  if (incident && GONE.has(incident.status)) picture.incidents.delete(incident.id)
  else if (incident) picture.incidents.set(incident.id, JSON.stringify(incident))
  for (const unit of event.units ?? [])
    if (!unit.active && unit.incident_id === null) picture.units.delete(unit.id)
    else picture.units.set(unit.id, unit)
  if (call && (call.kind !== null || call.incident_id !== null)) picture.calls.delete(call.id)
  else if (call) picture.calls.set(call.id, call)
  if (event.closures) picture.closures = event.closures
  return true
}

/** The snapshot as a role may see it, as JSON text of geo/wire/live.ts. `positions` are the latest of each unit. */
export function snapshotText(
  picture: Picture,
  about: { role: Role; now: Date; surroundings: Surroundings; positions: readonly Position[] },
): string {
  const { role, now, surroundings, positions } = about
  const places = new Map(positions.map(({ unit_id, ...position }) => [unit_id, position]))
  const small: Omit<Snapshot, 'incidents' | 'agencies' | 'stations'> = {
    ...{ type: 'snapshot', server_time: now.toISOString(), seq: picture.seq },
    ...surroundings,
    incident_types: [...surroundings.incident_types],
    units: [...picture.units.values()].map((unit) => ({ ...unit, position: places.get(unit.id) ?? null })),
    closures: picture.closures.filter(({ ends_at }) => Date.parse(ends_at) > now.getTime()),
    calls: may(role, HEARD.call)
      ? [...picture.calls.values()].toSorted((a, b) => Date.parse(a.rang_at) - Date.parse(b.rang_at)).slice(-MOST_CALLS)
      : [],
  }
  const incidents = may(role, 'incident.read') ? [...picture.incidents.values()].join(',') : ''
  const { agencies, stations } = picture
  return `${JSON.stringify(small).slice(0, -1)},"agencies":${agencies},"stations":${stations},"incidents":[${incidents}]}`
}
