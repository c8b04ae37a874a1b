import type { LonLat } from '../earth.ts'
import type { CoverageExcluded, CoverageFrom, CoverageSource } from '../wire/coverage.ts'
import type { CoverageChange } from '../wire/coverage_what_if.ts'

/** A post of the kind, or a place that a what-if adds. */
export interface FleetPost {
  id: string
  name: string
  at: LonLat
  added: boolean
}
/** A crew that could set off. */
export interface FleetUnit {
  id: string
  /** null: a crew that only a what-if has, or the office of a kind without units. */
  callsign: string | null
  /** The post it belongs to. */
  post_id: string | null
  /** Where it sets off; null: nowhere. */
  at: LonLat | null
  turnout_seconds: number
  /** Why it does not count, Indonesian; null: it does. */
  away: string | null
}
/** Who could set off, and from where. */
export interface Fleet {
  from: CoverageFrom
  posts: readonly FleetPost[]
  units: readonly FleetUnit[]
}

/** A change names what there is not. */
export class ChangeFault extends Error {
  constructor(
    readonly index: number,
    readonly field: string,
    readonly reason: string,
  ) {
    super(`changes.${index}.${field}: ${reason}`)
  }
}

/** Where nobody knows better: a planning value between a fire crew's (80) and an office's. */
export const STANDARD_TURNOUT_SECONDS = 120
/** A unit so near a post stands at it. */
export const AT_POST_M = 150

/** Median turn-out of the crews; what a crew that is added needs. */
export function usualTurnout(units: readonly FleetUnit[]): number {
  const sorted = units.map((unit) => unit.turnout_seconds).sort((a, b) => a - b)
  return sorted.length > 0 ? sorted[Math.floor((sorted.length - 1) / 2)] : STANDARD_TURNOUT_SECONDS
}

const same = (a: LonLat | null, b: LonLat): boolean => a !== null && a[0] === b[0] && a[1] === b[1]

/**
 * The fleet after one change of it; changes of roads and shifts leave it as it is. A post that moves or closes takes with it the units that belong to it
 * and, with `units`, moves those that stand at it. `name` says a place in words.
 */
export function changeFleet(fleet: Fleet, change: CoverageChange, index: number, name: (at: LonLat) => string): Fleet {
  const { posts, units } = fleet
  const post = (id: string) => {
    const found = posts.find((each) => each.id === id)
    if (!found) throw new ChangeFault(index, 'station_id', 'bukan pos jenis instansi ini')
    return found
  }
  const unit = (id: string) => {
    const found = units.find((each) => each.id === id)
    if (!found) throw new ChangeFault(index, 'unit_id', 'bukan unit jenis instansi ini')
    return found
  }
  switch (change.kind) {
    case 'add_post':
    case 'add_unit': {
      const at = change.location.coordinates
      const turnout_seconds = change.turnout_seconds ?? usualTurnout(units)
      const id = `added-${index + 1}`
      const crew = { id, callsign: null, post_id: id, at, turnout_seconds, away: null }
      const place = { id, name: `Pos baru: ${name(at)}`, at, added: true }
      const stands = change.kind === 'add_unit' ? { ...place, name: `Unit tambahan: ${name(at)}` } : place
      return { ...fleet, posts: [...posts, stands], units: [...units, crew] }
    }
    case 'move_post': {
      const moved = post(change.station_id)
      const at = change.location.coordinates
      const goes = (each: FleetUnit) => (fleet.from === 'posts' ? each.post_id === moved.id : same(each.at, moved.at))
      return {
        ...fleet,
        posts: posts.map((each) => (each === moved ? { ...each, at } : each)),
        units: units.map((each) => (each.at && goes(each) ? { ...each, at } : each)),
      }
    }
    case 'close_post': {
      const closed = post(change.station_id)
      return {
        ...fleet,
        posts: posts.filter((each) => each !== closed),
        units: units.filter((each) => each.post_id !== closed.id),
      }
    }
    case 'move_unit': {
      const moved = unit(change.unit_id)
      const at = change.location.coordinates
      return {
        ...fleet,
        units: units.map((each) => (each === moved ? { ...each, at, post_id: null, away: null } : each)),
      }
    }
    case 'close_unit': {
      const closed = unit(change.unit_id)
      return { ...fleet, units: units.filter((each) => each !== closed) }
    }
    default:
      return fleet
  }
}

/** The places from which somebody sets off, each once with the soonest crew's turn-out, and who does not count. */
export function sourcesOf({ from, posts, units }: Fleet): { sources: CoverageSource[]; excluded: CoverageExcluded[] } {
  const groups = new Map<string, FleetUnit[]>()
  const excluded: CoverageExcluded[] = []
  for (const each of units) {
    const reason = each.away ?? (each.at === null ? 'posisi tidak diketahui' : null)
    if (reason !== null || each.at === null)
      excluded.push({ id: each.id, kind: 'unit', name: each.callsign ?? each.id, reason: reason ?? '' })
    else groups.set(each.at.join(), [...(groups.get(each.at.join()) ?? []), each])
  }
  const used = new Set<string>()
  const sources = [...groups.values()].map((crews): CoverageSource => {
    const [first] = [...crews].sort((a, b) => a.turnout_seconds - b.turnout_seconds)
    const at = first.at ?? [0, 0]
    const post = posts.find((each) => same(each.at, at))
    if (post) used.add(post.id)
    const callsigns = [...crews]
      .sort((a, b) => a.turnout_seconds - b.turnout_seconds)
      .flatMap((crew) => crew.callsign ?? [])
    return {
      id: post?.id ?? first.id,
      kind: post?.added ? 'added' : post ? 'post' : 'unit',
      name: post?.name ?? (callsigns.join(', ') || first.id),
      location: { type: 'Point', coordinates: [at[0], at[1]] },
      turnout_seconds: first.turnout_seconds,
      units: callsigns,
    }
  })
  const empty = from === 'posts' ? 'tidak ada unit yang bermarkas di sini' : 'tidak ada unit siaga di sini'
  for (const { id, name } of posts) if (!used.has(id)) excluded.push({ id, kind: 'post', name, reason: empty })
  return { sources, excluded }
}
