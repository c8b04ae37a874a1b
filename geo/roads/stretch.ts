import { distanceM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import { linesOf } from './closure_effect.ts'
import type { RoadGraph } from './graph.ts'
import type { Router } from './router.ts'

/** Where somebody who draws a stretch of road means it to run. */
export interface Stretch {
  lines: LonLat[][]
  /** Straight metres from the points given to the road: far ones were drawn beside every road. */
  off_road_m: number
}

/**
 * The road between two points, each brought to the nearest road: the shorter of the ways there and back on the free road, so that
 * a one-way street does not lead around the block. null when no road joins them, or both are the same place.
 */
export function stretchBetween(router: Router, from: LonLat, to: LonLat): Stretch | null {
  const ways = [router.route(from, to), router.route(to, from)].filter((way) => way !== null && way.metres > 0)
  const [way] = ways.sort((a, b) => (a?.metres ?? 0) - (b?.metres ?? 0))
  return way ? { lines: [way.coordinates], off_road_m: way.off_road_m } : null
}

/** "Jl. Dr. Sutomo" and "Jalan dr sutomo" are one name. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/^\s*(jl|jln|jalan)\b\.?/, '')
    .replace(/[^a-z0-9]+/g, '')

/** A street of one name may be there twice in a city: what lies further than this from the rest is another. */
const APART_M = 400

/** The whole street of a name, in its part nearest to `near`; null when the graph knows no such road. */
export function stretchOfStreet(graph: RoadGraph, name: string, near: LonLat): Stretch | null {
  const key = plain(name)
  const wanted = new Set(graph.edges.flatMap((edge, i) => (edge.name !== null && plain(edge.name) === key ? [i] : [])))
  if (key === '' || wanted.size === 0) return null
  const links = Array.from({ length: graph.link_count }, (_, link) => link).filter((l) =>
    wanted.has(graph.link_edge[l]),
  )
  const lines = linesOf(graph, links)
  const gap = (a: LonLat[], b: LonLat[]): number =>
    Math.min(...[a[0], a[a.length - 1]].flatMap((p) => b.map((q) => distanceM(p, q))))
  const away = lines.map((line) => Math.min(...line.map((p) => distanceM(p, near))))
  const nearest = away.indexOf(Math.min(...away))
  const kept = new Set([nearest])
  for (let grew = true; grew;) {
    grew = false
    for (const [i, line] of lines.entries()) {
      if (kept.has(i) || ![...kept].some((k) => Math.min(gap(line, lines[k]), gap(lines[k], line)) <= APART_M)) continue
      kept.add(i)
      grew = true
    }
  }
  return { lines: lines.filter((_, i) => kept.has(i)), off_road_m: 0 }
}
