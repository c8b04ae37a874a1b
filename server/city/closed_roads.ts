import { closureEffect, type ClosureEffect } from '../../geo/roads/closure_effect.ts'
import type { RoadClosure } from '../../geo/roads/closures.ts'
import type { RoadGraph } from '../../geo/roads/graph.ts'
import type { ClosureRoads, ClosureTold } from '../../geo/wire/closures.ts'

/** Worked out once for a closure on a graph: both are replaced, never changed. */
const known = new WeakMap<RoadGraph, WeakMap<RoadClosure, ClosureEffect>>()

function effectOf(graph: RoadGraph, closure: RoadClosure): ClosureEffect {
  const here = known.get(graph) ?? new WeakMap<RoadClosure, ClosureEffect>()
  known.set(graph, here)
  const effect = here.get(closure) ?? closureEffect(graph, [closure])
  here.set(closure, effect)
  return effect
}

const told = ({ closed_m, slowed_m, streets }: ClosureEffect): ClosureTold => ({
  closed_m: Math.round(closed_m),
  slowed_m: Math.round(slowed_m),
  streets,
})
/** A tenth of a metre is enough for a map. */
const rounded = (lines: ClosureEffect['closed']): ClosureRoads['closed'] => ({
  type: 'MultiLineString',
  coordinates: lines.map((line) => line.map(([lon, lat]) => [Number(lon.toFixed(6)), Number(lat.toFixed(6))])),
})

/** What closures do to the roads, each road once. */
export const toldOf = (graph: RoadGraph, closures: readonly RoadClosure[]): ClosureTold =>
  told(closures.length === 1 ? effectOf(graph, closures[0]) : closureEffect(graph, closures))

/** The same of one closure, with the stretches of road. */
export function roadsOf(graph: RoadGraph, closure: RoadClosure): Omit<ClosureRoads, 'id'> {
  const effect = effectOf(graph, closure)
  return { ...told(effect), closed: rounded(effect.closed), slowed: rounded(effect.slowed) }
}
