import { distanceM, toLocalM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import type { RoadGraph } from './graph.ts'
import { projectFraction } from './plane.ts'
import type { RoadEdge } from './types.ts'

/** A place on the road: `fraction` of the way along `link` (from its link_from to its link_to). */
export interface Snapped {
  link: number
  fraction: number
  edge: RoadEdge
  position: LonLat
  /** From the point asked about to `position`, straight. */
  distance_m: number
}

export interface Snapper {
  /**
   * The nearest place on a road of the main component, however far; null only for a graph without roads or a point that is not
   * finite. What lies on a part cut off is joined to the network by the straight way, since no vehicle can be driven
   * there otherwise; `any_component` asks for the nearest road of all, `only` (1 for each link that counts) for those.
   */
  snap(point: readonly number[], any_component?: boolean, only?: Uint8Array | null): Snapped | null
}

/** Cells per link: small enough that a cell holds one or two links, large enough to build in a few ms. */
const CELLS_PER_LINK = 4

/** The place at `fraction` (0 to 1) of a link, from its first node on. */
export function onLink(graph: RoadGraph, link: number, fraction: number): LonLat {
  const [a, b] = [graph.link_from[link], graph.link_to[link]]
  return [
    graph.lon[a] + fraction * (graph.lon[b] - graph.lon[a]),
    graph.lat[a] + fraction * (graph.lat[b] - graph.lat[a]),
  ]
}

/** A grid over the graph's links, built once; a question costs about a microsecond inside the city. */
export function createSnapper(graph: RoadGraph): Snapper {
  const grid = buildGrid(graph)
  const main = Uint8Array.from(graph.link_edge, (edge) => (graph.edges[edge].component === 0 ? 1 : 0))
  const hasMain = main.includes(1)
  return {
    snap(point, any_component = false, only = null) {
      const [px, py] = toLocalM(point, graph.origin)
      if (graph.link_count === 0 || !Number.isFinite(px + py)) return null
      const link = nearestLink(graph, grid, px, py, only ?? (any_component || !hasMain ? null : main))
      if (link < 0) return null
      const fraction = fractionOn(graph, link, px, py)
      const position = onLink(graph, link, fraction)
      return {
        link,
        fraction,
        edge: graph.edges[graph.link_edge[link]],
        position,
        distance_m: distanceM(point, position),
      }
    },
  }
}

interface Grid {
  x0: number
  y0: number
  size: number
  columns: number
  rows: number
  first: Uint32Array
  link: Uint32Array
}

const fractionOn = (graph: RoadGraph, link: number, px: number, py: number): number => {
  const a = graph.link_from[link]
  const b = graph.link_to[link]
  return projectFraction(px, py, graph.x[a], graph.y[a], graph.x[b], graph.y[b])
}

function squaredDistance(graph: RoadGraph, link: number, px: number, py: number): number {
  const a = graph.link_from[link]
  const b = graph.link_to[link]
  const t = fractionOn(graph, link, px, py)
  const dx = graph.x[a] + t * (graph.x[b] - graph.x[a]) - px
  const dy = graph.y[a] + t * (graph.y[b] - graph.y[a]) - py
  return dx * dx + dy * dy
}

function buildGrid(graph: RoadGraph): Grid {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let n = 0; n < graph.node_count; n++) {
    x0 = Math.min(x0, graph.x[n])
    x1 = Math.max(x1, graph.x[n])
    y0 = Math.min(y0, graph.y[n])
    y1 = Math.max(y1, graph.y[n])
  }
  const area = Math.max(1, x1 - x0) * Math.max(1, y1 - y0)
  const longest = Math.max(x1 - x0, y1 - y0, 1)
  const size = Math.max(10, Math.sqrt(area / (CELLS_PER_LINK * graph.link_count)), longest / 4096)
  const columns = Math.max(1, Math.ceil((x1 - x0) / size) || 1)
  const rows = Math.max(1, Math.ceil((y1 - y0) / size) || 1)
  const grid: Grid = {
    x0,
    y0,
    size,
    columns,
    rows,
    first: new Uint32Array(columns * rows + 1),
    link: new Uint32Array(0),
  }
  const pairs: number[] = []
  for (let link = 0; link < graph.link_count; link++) {
    for (const cell of cellsOf(graph, grid, link)) {
      pairs.push(cell, link)
      grid.first[cell + 1]++
    }
  }
  for (let cell = 0; cell < columns * rows; cell++) grid.first[cell + 1] += grid.first[cell]
  const next = grid.first.slice()
  grid.link = new Uint32Array(pairs.length / 2)
  for (let i = 0; i < pairs.length; i += 2) grid.link[next[pairs[i]]++] = pairs[i + 1]
  return grid
}

const columnOf = (grid: Grid, x: number): number =>
  Math.max(0, Math.min(grid.columns - 1, Math.floor((x - grid.x0) / grid.size)))
const rowOf = (grid: Grid, y: number): number =>
  Math.max(0, Math.min(grid.rows - 1, Math.floor((y - grid.y0) / grid.size)))

/** Cells of a link's box whose circle the link enters: never one too few. */
function cellsOf(graph: RoadGraph, grid: Grid, link: number): number[] {
  const a = graph.link_from[link]
  const b = graph.link_to[link]
  const cells: number[] = []
  const reach = 0.75 * grid.size
  const [r0, r1] = [rowOf(grid, Math.min(graph.y[a], graph.y[b])), rowOf(grid, Math.max(graph.y[a], graph.y[b]))]
  const [c0, c1] = [columnOf(grid, Math.min(graph.x[a], graph.x[b])), columnOf(grid, Math.max(graph.x[a], graph.x[b]))]
  for (let r = r0; r <= r1; r++) {
    for (let c = c0; c <= c1; c++) {
      const squared = squaredDistance(graph, link, grid.x0 + (c + 0.5) * grid.size, grid.y0 + (r + 0.5) * grid.size)
      if (squared <= reach * reach) cells.push(r * grid.columns + c)
    }
  }
  return cells
}

/** Rings of cells outwards from the point until no cell of a ring can hold anything nearer. */
function nearestLink(graph: RoadGraph, grid: Grid, px: number, py: number, only: Uint8Array | null): number {
  const { columns, rows, size, first } = grid
  const c0 = columnOf(grid, px)
  const r0 = rowOf(grid, py)
  let best = -1
  let least = Infinity
  for (let ring = 0, open = true; open; ring++) {
    open = false
    for (let r = Math.max(0, r0 - ring); r <= Math.min(rows - 1, r0 + ring); r++) {
      const dy = Math.max(0, grid.y0 + r * size - py, py - grid.y0 - (r + 1) * size)
      const step = Math.abs(r - r0) === ring || ring === 0 ? 1 : 2 * ring
      for (let c = c0 - ring; c <= c0 + ring; c += step) {
        if (c < 0 || c >= columns) continue
        const dx = Math.max(0, grid.x0 + c * size - px, px - grid.x0 - (c + 1) * size)
        if (dx * dx + dy * dy > least) continue
        open = true
        const cell = r * columns + c
        for (let i = first[cell]; i < first[cell + 1]; i++) {
          const link = grid.link[i]
          if (only && only[link] === 0) continue
          const squared = squaredDistance(graph, link, px, py)
          if (squared < least || (squared === least && link < best)) [best, least] = [link, squared]
        }
      }
    }
  }
  return best
}
