import type { CellSet } from '../coverage/cells.ts'
import { benjaminiHochberg } from './benjamini_hochberg.ts'
import { binomialMidP } from './binomial.ts'
import { giStar } from './gi_star.ts'

export const HOTSPOT_RESOLUTION = 8
/** A cell with its ring of six. */
export const NEIGHBOURHOOD = 7
/** Gi*'s z is read as normal only where a neighbourhood can expect this many incidents. */
export const EXPECTED_MIN = 5

export interface CellCount {
  h3: string
  /** Position of the cell in the set. */
  cell: number
  incidents: number
  /** In it and its ring: what z speaks of. */
  around: number
  /** Mean position of its incidents, else of the cell: what names it. */
  lon: number
  lat: number
  z: number
  p: number
  q: number
  /**
   * Hot (z > 0) or cold at a false discovery rate of 5 %, by Gi*'s q and by the binomial mid-p of so many of all in that part of the cells
   * (Benjamini-Hochberg too); never where there are too few to say.
   */
  significant: boolean
}

export interface Hotspots {
  cells: CellCount[]
  /** So few that a neighbourhood expects less than five: z says nothing, and nothing is flagged. */
  too_few: boolean
}

/** Incidents by cell, and where they lie in it. */
export interface CellTally {
  counts: number[]
  /** Sums of degrees by cell. */
  lon: Float64Array
  lat: Float64Array
}

/**
 * Gi* of incidents by H3 8 over every cell of the city, zeros included: binary weights, ring 1 and self, Benjamini-Hochberg over
 * all. Hottest first, then by cell.
 */
export function scored({ counts, lon, lat }: CellTally, city: CellSet): Hotspots {
  const size = city.cells.length
  const total = counts.reduce((sum, n) => sum + n, 0)
  const too_few = (total / Math.max(1, size)) * NEIGHBOURHOOD < EXPECTED_MIN
  const near = counts.map((_, i) => city.ringsOf(i, 1).flat())
  const found = giStar(counts, near)
  const discovered = benjaminiHochberg(found.map(({ p }) => p))
  // Small counts are skewed, which a normal p overlooks: of noise with five to a neighbourhood it flags something in 7 % of maps, both together in 2 %.
  const counted = benjaminiHochberg(
    near.map((around) =>
      binomialMidP(
        around.reduce((sum, i) => sum + counts[i], 0),
        total,
        around.length / size,
      ),
    ),
  )
  const cells = found.map(({ z, p }, cell) => ({
    h3: city.cells[cell],
    cell,
    incidents: counts[cell],
    around: near[cell].reduce((sum, i) => sum + counts[i], 0),
    lon: counts[cell] > 0 ? lon[cell] / counts[cell] : city.lon[cell],
    lat: counts[cell] > 0 ? lat[cell] / counts[cell] : city.lat[cell],
    z,
    p,
    q: discovered[cell].q,
    significant: discovered[cell].significant && counted[cell].significant && !too_few,
  }))
  return { cells: cells.sort((a, b) => b.z - a.z || (a.h3 < b.h3 ? -1 : 1)), too_few }
}
