import type { Meeting } from './meet.ts'
import type { Clusters } from './node.ts'
import { alongTrack, measured, segmentDistance } from './plane.ts'
import type { Track, Xy } from './plane.ts'
import type { DroppedRoad, Oneway, RoadLine } from './types.ts'

/** A line's part between two clusters; `inner` are its vertices without both ends. */
export interface Piece {
  line: number
  from: number
  to: number
  inner: Xy[]
  metres: number
  name: string | null
  oneway: Oneway
}

/** Below this a lost bit is the rounding of coordinates and not worth a line in the report. */
const WORTH_REPORTING_M = 0.5

const ONE_WAY_KEPT = 'one-way by one of them and so kept'
const ONE_WAY_BOTH = 'one-way in opposite directions and so two-way'

/** Cuts each line at its meetings, takes out slivers and doubles, and joins again what no other line needs cut. */
export function splitLines(
  lines: RoadLine[],
  tracks: Track[],
  meetings: Meeting[],
  clusters: Clusters,
  snap_m: number,
): { pieces: Piece[]; dropped: DroppedRoad[] } {
  const dropped: DroppedRoad[] = []
  const hits: { at: number; cluster: number }[][] = tracks.map(() => [])
  for (const [m, meeting] of meetings.entries()) {
    for (const { line, at } of meeting.hits) hits[line].push({ at, cluster: clusters.of[m] })
  }
  const cut: Piece[] = []
  for (const [line, track] of tracks.entries()) {
    let last = -1
    let start = 0
    for (const { at, cluster } of hits[line].sort((a, b) => a.at - b.at)) {
      const metres = at - start
      if (last < 0) start = 0
      else if (cluster === last && metres <= 2 * snap_m) {
        // The same junction met twice (overshoot, or two crossings within the tolerance): one node, no piece.
        if (metres >= WORTH_REPORTING_M) {
          dropped.push({
            source_row: lines[line].source_row,
            reason: `piece of ${metres.toFixed(1)} m merged into a junction`,
          })
        }
      } else {
        const { name, oneway } = lines[line]
        cut.push({ line, from: last, to: cluster, inner: innerPoints(track, start, at), metres, name, oneway })
      }
      start = at
      last = cluster
    }
  }
  return { pieces: rejoin(dropDoubles(lines, cut, clusters, snap_m, dropped), clusters), dropped }
}

const innerPoints = (track: Track, start: number, end: number): Xy[] =>
  track.points.filter((_, i) => track.measure[i] > start + 0.05 && track.measure[i] < end - 0.05)

/**
 * Of two pieces between the same nodes along the same way, the first stays and takes what the other knows: a name, and a
 * direction where only one states any. Opposite directions make it two-way. A difference is said in the reason.
 */
function dropDoubles(
  lines: RoadLine[],
  pieces: Piece[],
  clusters: Clusters,
  snap_m: number,
  dropped: DroppedRoad[],
): Piece[] {
  const kept: Piece[] = []
  const byEnds = new Map<string, Piece[]>()
  const opposed = new Set<Piece>()
  for (const piece of pieces) {
    const key = piece.from < piece.to ? `${piece.from} ${piece.to}` : `${piece.to} ${piece.from}`
    const group = byEnds.get(key) ?? []
    byEnds.set(key, group)
    const twin = group.find((other) => sameWay(other, piece, clusters, snap_m))
    if (!twin) {
      group.push(piece)
      kept.push(piece)
      continue
    }
    const turned = twin.from === piece.from ? piece.oneway : (-piece.oneway as Oneway)
    const agree = turned === twin.oneway && !opposed.has(twin)
    if (turned * twin.oneway < 0) opposed.add(twin)
    if (opposed.has(twin)) twin.oneway = 0
    else if (twin.oneway === 0) twin.oneway = turned
    twin.name ??= piece.name
    if (piece.metres >= WORTH_REPORTING_M) {
      const what = `piece of ${piece.metres.toFixed(1)} m is a double of row ${lines[twin.line].source_row}`
      const settled = opposed.has(twin) ? ONE_WAY_BOTH : ONE_WAY_KEPT
      dropped.push({ source_row: lines[piece.line].source_row, reason: agree ? what : `${what}, ${settled}` })
    }
  }
  return kept
}

function sameWay(a: Piece, b: Piece, clusters: Clusters, snap_m: number): boolean {
  if (a.from === a.to && a.line === b.line) return false
  if (Math.abs(a.metres - b.metres) > 2 * snap_m + 0.02 * a.metres) return false
  const wayA = [clusters.position[a.from], ...a.inner, clusters.position[a.to]]
  const wayB = measured([clusters.position[b.from], ...b.inner, clusters.position[b.to]])
  const samples = Math.max(3, Math.ceil(wayB.length / 20))
  for (let s = 1; s < samples; s++) {
    const p = alongTrack(wayB, (wayB.length * s) / samples)
    if (!wayA.some((q, i) => i > 0 && segmentDistance(p, wayA[i - 1], q) <= snap_m)) return false
  }
  return true
}

/** Undoes the cuts that only a double, since taken out, had asked for: two ends of one line meeting and nothing else. */
function rejoin(pieces: Piece[], clusters: Clusters): Piece[] {
  const degree = new Map<number, number>()
  for (const { from, to } of pieces) {
    degree.set(from, (degree.get(from) ?? 0) + 1)
    degree.set(to, (degree.get(to) ?? 0) + 1)
  }
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    const alike = last && last.line === piece.line && last.name === piece.name && last.oneway === piece.oneway
    const onlyHere = alike && last.to === piece.from && last.from !== last.to && degree.get(piece.from) === 2
    if (last && onlyHere && !clusters.level_crossing[piece.from]) {
      last.inner = [...last.inner, clusters.position[piece.from], ...piece.inner]
      last.metres += piece.metres
      last.to = piece.to
    } else joined.push(piece)
  }
  return joined
}
