import Flatbush from 'flatbush'
import { crossing, projectFraction, segmentDistance } from './plane.ts'
import type { Track, Xy } from './plane.ts'

/** A place along a line, `at` metres from its start. */
export interface Hit {
  line: number
  at: number
}

/** One place where lines meet (or one line ends): all hits become one node. */
export interface Meeting {
  position: Xy
  hits: Hit[]
  level_crossing: boolean
}

/** Vertices written with six decimals stand up to 0.1 m beside the line they were drawn on. */
const TOUCH_M = 0.5
/** The same vertex in two lines. */
const SAME_M = 0.02
/** The tracks of one railway, and the wobble of its drawing, make one crossing of a road. */
const ONE_CROSSING_M = 40

interface Segments {
  line: Int32Array
  first: Int32Array
  index: Flatbush | null
}

function indexSegments(tracks: Track[]): Segments {
  const count = tracks.reduce((sum, track) => sum + track.points.length - 1, 0)
  const line = new Int32Array(count)
  const first = new Int32Array(count)
  const index = count > 0 ? new Flatbush(count) : null
  let k = 0
  for (const [l, { points }] of tracks.entries()) {
    for (let i = 0; i + 1 < points.length; i++, k++) {
      line[k] = l
      first[k] = i
      const [a, b] = [points[i], points[i + 1]]
      index?.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]))
    }
  }
  index?.finish()
  return { line, first, index }
}

const near = (index: Flatbush | null, a: Xy, b: Xy, reach: number): number[] =>
  index?.search(
    Math.min(a[0], b[0]) - reach,
    Math.min(a[1], b[1]) - reach,
    Math.max(a[0], b[0]) + reach,
    Math.max(a[1], b[1]) + reach,
  ) ?? []

const mix = (a: Xy, b: Xy, t: number): Xy => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]

/** Meetings of two segments: where they cross, else every vertex of one that lies on the other. */
function meetingsOfPair(
  tracks: Track[],
  lineA: number,
  i: number,
  lineB: number,
  j: number,
  levels: number[],
): Meeting[] {
  const A = tracks[lineA]
  const B = tracks[lineB]
  const [a, b, c, d] = [A.points[i], A.points[i + 1], B.points[j], B.points[j + 1]]
  const hit = (t: number, u: number, position: Xy): Meeting => ({
    position,
    level_crossing: false,
    hits: [
      { line: lineA, at: A.measure[i] + t * (A.measure[i + 1] - A.measure[i]) },
      { line: lineB, at: B.measure[j] + u * (B.measure[j + 1] - B.measure[j]) },
    ],
  })
  const sameLevel = levels[lineA] === levels[lineB]
  const cross = sameLevel ? crossing(a, b, c, d) : null
  if (cross) return [hit(cross[0], cross[1], mix(a, b, cross[0]))]
  if (lineA === lineB) return []
  const found: Meeting[] = []
  for (const [p, t] of [
    [a, 0],
    [b, 1],
  ] as const) {
    const u = projectFraction(p[0], p[1], c[0], c[1], d[0], d[1])
    const reach = sameLevel ? TOUCH_M : u === 0 || u === 1 ? SAME_M : -1
    if (segmentDistance(p, c, d) <= reach) found.push(hit(t, u, p))
  }
  if (!sameLevel) return found
  for (const [p, u] of [
    [c, 0],
    [d, 1],
  ] as const) {
    const t = projectFraction(p[0], p[1], a[0], a[1], b[0], b[1])
    if (segmentDistance(p, a, b) <= TOUCH_M) found.push(hit(t, u, p))
  }
  return found
}

/** The end of a line with every line it comes within `snap_m` of; it stands at the nearest of them. */
function meetingOfEnd(
  tracks: Track[],
  segments: Segments,
  line: number,
  atEnd: boolean,
  snap_m: number,
  levels: number[],
): Meeting {
  const own = tracks[line]
  const at = atEnd ? own.length : 0
  const p = atEnd ? own.points[own.points.length - 1] : own.points[0]
  const nearest = new Map<number, { at: number; position: Xy; d: number }>()
  for (const k of near(segments.index, p, p, snap_m)) {
    const other = segments.line[k]
    const i = segments.first[k]
    const { points, measure } = tracks[other]
    if (levels[other] !== levels[line]) continue
    const t = projectFraction(p[0], p[1], points[i][0], points[i][1], points[i + 1][0], points[i + 1][1])
    const along = measure[i] + t * (measure[i + 1] - measure[i])
    if (other === line && Math.abs(along - at) <= 4 * snap_m) continue
    const position = mix(points[i], points[i + 1], t)
    const d = Math.hypot(position[0] - p[0], position[1] - p[1])
    const best = nearest.get(other)
    if (d <= snap_m && (!best || d < best.d)) nearest.set(other, { at: along, position, d })
  }
  const found = [...nearest].sort((x, y) => x[1].d - y[1].d || x[0] - y[0])
  const position = found[0]?.[1].position ?? p
  const hits = [{ line, at }]
  for (const [other, place] of found) {
    if (Math.hypot(place.position[0] - position[0], place.position[1] - position[1]) <= snap_m)
      hits.push({ line: other, at: place.at })
  }
  return { position, hits, level_crossing: false }
}

/** Where roads on the ground cross the railway; the tracks of one line within 40 m along a road are one crossing. */
function railMeetings(tracks: Track[], segments: Segments, rails: Track[], levels: number[]): Meeting[] {
  const perLine = new Map<number, Meeting[]>()
  for (const rail of rails) {
    for (let i = 0; i + 1 < rail.points.length; i++) {
      for (const k of near(segments.index, rail.points[i], rail.points[i + 1], 0)) {
        const line = segments.line[k]
        const j = segments.first[k]
        const { points, measure } = tracks[line]
        const cross = levels[line] === 0 ? crossing(points[j], points[j + 1], rail.points[i], rail.points[i + 1]) : null
        if (!cross) continue
        const at = measure[j] + cross[0] * (measure[j + 1] - measure[j])
        const meeting = {
          position: mix(points[j], points[j + 1], cross[0]),
          hits: [{ line, at }],
          level_crossing: true,
        }
        perLine.set(line, [...(perLine.get(line) ?? []), meeting])
      }
    }
  }
  const kept: Meeting[] = []
  for (const list of perLine.values()) {
    let last = -Infinity
    for (const meeting of list.sort((x, y) => x.hits[0].at - y.hits[0].at)) {
      if (meeting.hits[0].at - last <= ONE_CROSSING_M) continue
      last = meeting.hits[0].at
      kept.push(meeting)
    }
  }
  return kept
}

/**
 * Every place where lines meet, in flat metres: crossings and touching vertices first, then the ends (each line has
 * two, whether or not they reach anything), then level crossings. `levels[i]` is the level above ground of line i.
 */
export function findMeetings(tracks: Track[], levels: number[], rails: Track[], snap_m: number): Meeting[] {
  const segments = indexSegments(tracks)
  const meetings: Meeting[] = []
  for (let k = 0; k < segments.line.length; k++) {
    const line = segments.line[k]
    const i = segments.first[k]
    const { points } = tracks[line]
    for (const other of near(segments.index, points[i], points[i + 1], TOUCH_M)) {
      if (other <= k || (segments.line[other] === line && other === k + 1)) continue
      meetings.push(...meetingsOfPair(tracks, line, i, segments.line[other], segments.first[other], levels))
    }
  }
  for (let line = 0; line < tracks.length; line++) {
    meetings.push(meetingOfEnd(tracks, segments, line, false, snap_m, levels))
    meetings.push(meetingOfEnd(tracks, segments, line, true, snap_m, levels))
  }
  return [...meetings, ...railMeetings(tracks, segments, rails, levels)]
}
