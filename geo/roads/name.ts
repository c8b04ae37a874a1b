import Flatbush from 'flatbush'
import type { LonLat } from '../earth.ts'
import { acuteAngleDeg, alongTrack, boxCentre, projectFraction, toTrack } from './plane.ts'
import type { Track, Xy } from './plane.ts'
import type { RoadEdge } from './types.ts'

/** A street as the street layer has it. A street without a name still counts: it keeps its neighbour's name away. */
export interface NamedStreet {
  name: string | null
  coordinates: readonly (readonly LonLat[])[]
}

const REACH_M = 22
const PARALLEL_DEG = 30
const STEP_M = 10
/** Share of an edge that must run along the street. */
const MOST = 0.6

/**
 * The edges with the names of the street layer: every 10 m of an edge votes for the nearest street within 22 m that
 * runs parallel (within 30 degrees), and a street with 60 % of the votes gives its name. An edge that has
 * a name keeps it. Returns new edges; count the names to know how many were found.
 */
export function nameRoads(edges: readonly RoadEdge[], streets: readonly NamedStreet[]): RoadEdge[] {
  const origin = boxCentre(edges.flatMap((edge) => edge.coordinates))
  const segments: { a: Xy; b: Xy; street: number }[] = []
  for (const [street, { coordinates }] of streets.entries()) {
    for (const part of coordinates) {
      const { points } = toTrack(part, origin)
      for (let i = 1; i < points.length; i++) segments.push({ a: points[i - 1], b: points[i], street })
    }
  }
  if (segments.length === 0) return [...edges]
  const index = new Flatbush(segments.length)
  for (const { a, b } of segments)
    index.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]))
  index.finish()

  /** The street under a point of the edge that heads (dx, dy) there, or -1. */
  const streetAt = (p: Xy, dx: number, dy: number): number => {
    let best = -1
    let bestD = REACH_M
    for (const k of index.search(p[0] - REACH_M, p[1] - REACH_M, p[0] + REACH_M, p[1] + REACH_M)) {
      const { a, b, street } = segments[k]
      const t = projectFraction(p[0], p[1], a[0], a[1], b[0], b[1])
      const d = Math.hypot(a[0] + t * (b[0] - a[0]) - p[0], a[1] + t * (b[1] - a[1]) - p[1])
      if (d < bestD && acuteAngleDeg(dx, dy, b[0] - a[0], b[1] - a[1]) <= PARALLEL_DEG) [best, bestD] = [street, d]
    }
    return best
  }
  return edges.map((edge) =>
    edge.name === null ? { ...edge, name: vote(toTrack(edge.coordinates, origin), streets, streetAt) } : edge,
  )
}

function vote(
  track: Track,
  streets: readonly NamedStreet[],
  streetAt: (p: Xy, dx: number, dy: number) => number,
): string | null {
  const samples = Math.max(5, Math.ceil(track.length / STEP_M))
  const votes = new Map<string, number>()
  for (let s = 0; s < samples; s++) {
    const at = ((s + 0.5) * track.length) / samples
    const before = alongTrack(track, at - 0.5)
    const after = alongTrack(track, at + 0.5)
    const street = streetAt(alongTrack(track, at), after[0] - before[0], after[1] - before[1])
    const name = street < 0 ? null : streets[street].name
    if (name !== null) votes.set(name, (votes.get(name) ?? 0) + 1)
  }
  const winner = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
  return winner && winner[1] >= MOST * samples ? winner[0] : null
}
