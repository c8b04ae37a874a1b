import type { LonLat } from '../earth.ts'
import type { RoadGraph } from './graph.ts'
import { leavesBy, priceTargets } from './search.ts'
import type { Scratch } from './search.ts'
import type { Snapped } from './snap.ts'

/** The fastest way between two places on the road; it does not draw the straight legs off the road. */
export interface Route {
  seconds: number
  metres: number
  off_road_m: number
  coordinates: LonLat[]
  /** Driving seconds from the start at each coordinate. */
  elapsed_seconds: number[]
  /** Street names in the order driven, repeats and nameless stretches left out. */
  names: string[]
}

/** The way that {@link priceTargets} priced, by the same search; null when no road leads there. */
export function routeTo(scratch: Scratch, from: Snapped, to: Snapped, seconds?: Float64Array): Route | null {
  const { graph } = scratch
  const [price] = priceTargets(scratch, to, [from], { seconds })
  const first = leavesBy(scratch, to, from, seconds ?? graph.seconds)
  if (first === null) return null
  const route: Route = { ...price, coordinates: [from.position], elapsed_seconds: [0], names: [] }
  const sayName = (name: string | null): void => {
    if (name !== null && name !== route.names.at(-1)) route.names.push(name)
  }
  const driveTo = (position: LonLat, elapsed: number): void => {
    const last = route.coordinates.at(-1)
    if (last && last[0] === position[0] && last[1] === position[1]) return
    route.coordinates.push(position)
    route.elapsed_seconds.push(elapsed)
  }
  sayName(from.edge.name)
  for (let node = first; node >= 0;) {
    driveTo([graph.lon[node], graph.lat[node]], price.seconds - scratch.seconds[node])
    const arc = scratch.parent[node]
    if (arc < 0) break
    sayName(nameOfArc(graph, arc))
    node = graph.arc_to[arc]
  }
  sayName(to.edge.name)
  driveTo(to.position, price.seconds)
  return route
}

const nameOfArc = (graph: RoadGraph, arc: number): string | null =>
  graph.edges[graph.link_edge[graph.arc_link[arc]]].name
