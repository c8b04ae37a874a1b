import { partSeconds } from './search.ts'
import type { Scratch } from './search.ts'
import type { Snapped } from './snap.ts'

/** Where driving starts; `delay_seconds` (turn-out, say) is added to everything reached from it. */
export interface Source {
  at: Snapped
  delay_seconds?: number
}

export interface Isochrone {
  /** Seconds to each graph node from the quickest source; Infinity beyond the limit. */
  node_seconds: Float64Array
  /** Seconds to a place on the road; Infinity beyond the limit. */
  secondsTo(place: Snapped): number
}

/**
 * How far the sources reach, driving outward in the direction of travel, to `limit_seconds`. The result is a copy: the
 * scratch may be used again at once.
 */
export function isochrone(
  scratch: Scratch,
  sources: readonly Source[],
  limit_seconds: number,
  seconds?: Float64Array,
): Isochrone {
  const { graph, queue, seconds: reached } = scratch
  const arcSeconds = seconds ?? graph.seconds
  reached.fill(Infinity)
  queue.clear()
  const improve = (node: number, s: number): void => {
    if (s >= reached[node] || s > limit_seconds) return
    reached[node] = s
    queue.push(s, node)
  }
  const byLink = new Map<number, Source[]>()
  for (const source of sources) {
    const { link, fraction } = source.at
    const start = source.delay_seconds ?? 0
    improve(graph.reach_from[link], start + partSeconds(fraction, graph.link_backward[link], arcSeconds))
    improve(graph.reach_to[link], start + partSeconds(1 - fraction, graph.link_forward[link], arcSeconds))
    byLink.set(link, [...(byLink.get(link) ?? []), source])
  }
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    const { key } = queue
    if (key > reached[node]) continue
    for (let arc = graph.out_first[node]; arc < graph.out_first[node + 1]; arc++)
      improve(graph.arc_to[arc], key + arcSeconds[arc])
  }
  const node_seconds = reached.slice()
  return {
    node_seconds,
    secondsTo({ link, fraction }) {
      const [forward, backward] = [graph.link_forward[link], graph.link_backward[link]]
      let least = Math.min(
        node_seconds[graph.leave_from[link]] + partSeconds(fraction, forward, arcSeconds),
        node_seconds[graph.leave_to[link]] + partSeconds(1 - fraction, backward, arcSeconds),
      )
      for (const { at, delay_seconds } of byLink.get(link) ?? []) {
        const span = fraction - at.fraction
        least = Math.min(
          least,
          (delay_seconds ?? 0) + partSeconds(Math.abs(span), span > 0 ? forward : backward, arcSeconds),
        )
      }
      return least <= limit_seconds ? least : Infinity
    },
  }
}
