import { distanceM, fromLocalM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import { findMeetings } from './meet.ts'
import type { Meeting } from './meet.ts'
import { splitLines } from './pieces.ts'
import type { Piece } from './pieces.ts'
import { boxCentre, toTrack } from './plane.ts'
import type { Track, Xy } from './plane.ts'
import type { DroppedRoad, RoadEdge, RoadLine, RoadNetwork, RoadNode } from './types.ts'

export interface NodingOptions {
  /** How far a line's end may be from what it was meant to reach, metres (default 3). */
  snap_m?: number
  /** Railway lines: a node with `level_crossing` is put where a road on the ground crosses one. */
  rails?: readonly (readonly LonLat[])[]
}

/**
 * Drawn lines to a noded network: split at every crossing and T-junction, ends within `snap_m` joined to what they
 * nearly reach, doubles and slivers taken out, connected parts numbered.
 *
 * Nothing vanishes unsaid: `dropped` names the row and the reason of each line or piece of half a metre and more that
 * is not an edge (shorter bits are the rounding of the coordinates). Two junctions nearer than `snap_m` become one,
 * at the position of the first, so an edge may bend by up to `snap_m` at its ends. A pure ring is one edge
 * from a node to itself.
 */
export function nodeRoads(lines: readonly RoadLine[], options: NodingOptions = {}): RoadNetwork {
  const snap_m = options.snap_m ?? 3
  const dropped: DroppedRoad[] = []
  const origin = boxCentre(lines.flatMap((line) => line.coordinates.filter(isPosition)))
  const kept: RoadLine[] = []
  const tracks: Track[] = []
  for (const line of lines) {
    if (!line.coordinates.every(isPosition)) {
      dropped.push({ source_row: line.source_row, reason: 'a coordinate is not a finite lon/lat' })
      continue
    }
    const track = toTrack(line.coordinates, origin)
    if (track.points.length < 2) {
      dropped.push({ source_row: line.source_row, reason: 'zero length' })
      continue
    }
    kept.push(line)
    tracks.push(track)
  }
  const rails = (options.rails ?? [])
    .map((rail) => toTrack(rail.filter(isPosition), origin))
    .filter((r) => r.points.length > 1)
  const meetings = findMeetings(
    tracks,
    kept.map((line) => line.layer ?? 0),
    rails,
    snap_m,
  )
  const clusters = clusterMeetings(meetings, snap_m)
  const { pieces, dropped: lost } = splitLines(kept, tracks, meetings, clusters, snap_m)
  return assemble(kept, pieces, clusters, origin, [...dropped, ...lost])
}

const isPosition = (c: readonly number[]): boolean =>
  Number.isFinite(c[0]) && Number.isFinite(c[1]) && Math.abs(c[0]) <= 180 && Math.abs(c[1]) <= 90

/** Node candidates: `of[m]` is the cluster of meeting m. */
export interface Clusters {
  of: Int32Array
  position: Xy[]
  level_crossing: boolean[]
}

/** Greedy, so that a chain of near points does not run together: a meeting joins the nearest centre within snap_m. */
function clusterMeetings(meetings: Meeting[], snap_m: number): Clusters {
  const clusters: Clusters = { of: new Int32Array(meetings.length), position: [], level_crossing: [] }
  const cells = new Map<string, number[]>()
  for (const [m, { position, level_crossing }] of meetings.entries()) {
    const cx = Math.floor(position[0] / snap_m)
    const cy = Math.floor(position[1] / snap_m)
    let best = -1
    let bestD = snap_m
    for (let x = cx - 1; x <= cx + 1; x++) {
      for (let y = cy - 1; y <= cy + 1; y++) {
        for (const c of cells.get(`${x} ${y}`) ?? []) {
          const d = Math.hypot(clusters.position[c][0] - position[0], clusters.position[c][1] - position[1])
          if (d <= bestD && (d < bestD || best < 0)) [best, bestD] = [c, d]
        }
      }
    }
    if (best < 0) {
      best = clusters.position.push(position) - 1
      clusters.level_crossing.push(false)
      const key = `${cx} ${cy}`
      cells.set(key, [...(cells.get(key) ?? []), best])
    }
    clusters.of[m] = best
    if (level_crossing) clusters.level_crossing[best] = true
  }
  return clusters
}

/** Pieces to numbered nodes and edges, components longest first. */
function assemble(
  lines: RoadLine[],
  pieces: Piece[],
  clusters: Clusters,
  origin: LonLat,
  dropped: DroppedRoad[],
): RoadNetwork {
  const nodes: RoadNode[] = []
  const idOf = new Map<number, number>()
  const nodeOf = (cluster: number): number => {
    let id = idOf.get(cluster)
    if (id === undefined) {
      id = nodes.length
      idOf.set(cluster, id)
      nodes.push({
        id,
        position: fromLocalM(clusters.position[cluster], origin),
        level_crossing: clusters.level_crossing[cluster],
      })
    }
    return id
  }
  const edges: RoadEdge[] = pieces.map((piece, id) => {
    const from_node = nodeOf(piece.from)
    const to_node = nodeOf(piece.to)
    const inner = piece.inner.map((p) => fromLocalM(p, origin))
    const coordinates = [nodes[from_node].position, ...inner, nodes[to_node].position]
    const { class: klass, speed_kmh } = lines[piece.line]
    return {
      id,
      from_node,
      to_node,
      name: piece.name,
      class: klass,
      oneway: piece.oneway,
      speed_kmh,
      component: 0,
      metres: lengthM(coordinates),
      coordinates,
    }
  })
  return { nodes, edges, components: numberComponents(nodes.length, edges), dropped }
}

const lengthM = (coordinates: LonLat[]): number => {
  let metres = 0
  for (let i = 1; i < coordinates.length; i++) metres += distanceM(coordinates[i - 1], coordinates[i])
  return metres
}

/** Writes `component` into each edge (direction of travel does not matter here). */
function numberComponents(nodeCount: number, edges: RoadEdge[]): RoadNetwork['components'] {
  const parent = Int32Array.from({ length: nodeCount }, (_, i) => i)
  const root = (n: number): number => {
    while (parent[n] !== n) n = parent[n] = parent[parent[n]]
    return n
  }
  for (const edge of edges) parent[root(edge.from_node)] = root(edge.to_node)
  const sums = new Map<number, { metres: number; edge_count: number }>()
  for (const edge of edges) {
    const key = root(edge.from_node)
    const sum = sums.get(key) ?? { metres: 0, edge_count: 0 }
    sums.set(key, { metres: sum.metres + edge.metres, edge_count: sum.edge_count + 1 })
  }
  const ordered = [...sums].sort((a, b) => b[1].metres - a[1].metres || a[0] - b[0])
  const number = new Map(ordered.map(([key], i) => [key, i]))
  for (const edge of edges) edge.component = number.get(root(edge.from_node)) ?? 0
  return ordered.map(([, sum], component) => ({ component, ...sum }))
}
