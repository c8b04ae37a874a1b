import { distanceM, toLocalM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import type { RoadGraph } from '../roads/graph.ts'
import { projectFraction } from '../roads/plane.ts'
import { onLink } from '../roads/snap.ts'
import type { Snapped } from '../roads/snap.ts'

/** A place on the road and the direction of travel over it. */
export interface Matched extends Snapped {
  arc: number
  /** From link_from to link_to. */
  forward: boolean
}

/** Travel along a road that lies further off the heading than this is another road. */
const TURN_DEG = 60
/** A road that lies so far off the heading must be this much nearer to be the one. */
const TURN_COSTS_M = 20
const CELL_M = 80

/**
 * The road a moving unit drives on: near the fix, along the heading, in a direction that is allowed. Null where there is none
 * within `reach_m`. Links are looked up in a grid built once.
 */
export function createMatcher(graph: RoadGraph): (fix: LonLat, heading: number, reach_m: number) => Matched | null {
  const cells = new Map<number, number[]>()
  const cellOf = (metres: number) => Math.floor(metres / CELL_M)
  const key = (column: number, row: number) => column * 65_536 + row
  for (let link = 0; link < graph.link_count; link++) {
    const [a, b] = [graph.link_from[link], graph.link_to[link]]
    const [x0, x1] = [cellOf(Math.min(graph.x[a], graph.x[b])), cellOf(Math.max(graph.x[a], graph.x[b]))]
    const [y0, y1] = [cellOf(Math.min(graph.y[a], graph.y[b])), cellOf(Math.max(graph.y[a], graph.y[b]))]
    for (let x = x0; x <= x1; x++)
      for (let y = y0; y <= y1; y++) {
        const held = cells.get(key(x, y))
        if (held) held.push(link)
        else cells.set(key(x, y), [link])
      }
  }

  return (fix, heading, reach_m) => {
    const [px, py] = toLocalM(fix, graph.origin)
    if (!Number.isFinite(px + py)) return null
    const rad = (heading * Math.PI) / 180
    const [hx, hy] = [Math.sin(rad), Math.cos(rad)]
    const best = { cost: Infinity, link: -1, fraction: 0, forward: true }
    for (let x = cellOf(px - reach_m); x <= cellOf(px + reach_m); x++)
      for (let y = cellOf(py - reach_m); y <= cellOf(py + reach_m); y++)
        for (const link of cells.get(key(x, y)) ?? []) {
          const [a, b] = [graph.link_from[link], graph.link_to[link]]
          const [dx, dy] = [graph.x[b] - graph.x[a], graph.y[b] - graph.y[a]]
          const long = Math.hypot(dx, dy)
          if (long === 0) continue
          const fraction = projectFraction(px, py, graph.x[a], graph.y[a], graph.x[b], graph.y[b])
          const away = Math.hypot(graph.x[a] + fraction * dx - px, graph.y[a] + fraction * dy - py)
          if (away > reach_m) continue
          const cosine = (dx * hx + dy * hy) / long
          const turn = (Math.acos(Math.min(1, Math.abs(cosine))) * 180) / Math.PI
          const forward = cosine >= 0
          if (turn > TURN_DEG || (forward ? graph.link_forward : graph.link_backward)[link] < 0) continue
          const cost = away + (turn / TURN_DEG) * TURN_COSTS_M
          if (cost < best.cost) Object.assign(best, { cost, link, fraction, forward })
        }
    if (best.link < 0) return null
    const { link, fraction, forward } = best
    const position = onLink(graph, link, fraction)
    return {
      link,
      fraction,
      forward,
      arc: (forward ? graph.link_forward : graph.link_backward)[link],
      edge: graph.edges[graph.link_edge[link]],
      position,
      distance_m: distanceM(fix, position),
    }
  }
}
