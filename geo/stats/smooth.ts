import { toLocalM } from '../earth.ts'

/** Neighbourhood of the smoothed surface unless another is asked for: half a kilometre still counts two fifths of the middle. */
export const SURFACE_BANDWIDTH_M = 800
/** Under this effective number of cases the smoothed share is withheld. */
export const SURFACE_MIN_EFFECTIVE_N = 5

/** A stage that counts in a share, and where it was. */
export interface SmoothPoint {
  lon: number
  lat: number
  breached: boolean
}

/** Where the surface is wanted: degrees, side by side. */
export interface SmoothPlaces {
  lon: ArrayLike<number>
  lat: ArrayLike<number>
}

export interface SmoothShare {
  /** Null: too little around it. */
  share: number | null
  /** Kish: (sum w)² / sum w², how many equally near cases these are worth. */
  effective_n: number
}

/** Quartic (biweight) kernel at squared distance over squared bandwidth: 1 in the middle, 0 from the bandwidth on. */
export const quartic = (u2: number): number => (u2 < 1 ? (1 - u2) ** 2 : 0)

/**
 * Nadaraya-Watson: at each place the breached share of the cases around it, each weighted by the quartic kernel of its
 * distance (flat metres about the first place, within 0.01 % over a city). Points are held against places of the three by three
 * squares of one bandwidth around them, so the cost follows what lies near, not all pairs.
 */
export function smoothShare(
  points: readonly SmoothPoint[],
  places: SmoothPlaces,
  bandwidth_m = SURFACE_BANDWIDTH_M,
): SmoothShare[] {
  const count = places.lon.length
  const weight = new Float64Array(count)
  const squares = new Float64Array(count)
  const late = new Float64Array(count)
  if (count > 0) {
    const origin = [places.lon[0], places.lat[0]]
    const xs = new Float64Array(count)
    const ys = new Float64Array(count)
    const squaresOf = new Map<string, number[]>()
    const at = (x: number, y: number) => [Math.floor(x / bandwidth_m), Math.floor(y / bandwidth_m)]
    for (let i = 0; i < count; i++) {
      ;[xs[i], ys[i]] = toLocalM([places.lon[i], places.lat[i]], origin)
      const key = at(xs[i], ys[i]).join()
      const inside = squaresOf.get(key)
      if (inside) inside.push(i)
      else squaresOf.set(key, [i])
    }
    for (const { lon, lat, breached } of points) {
      const [x, y] = toLocalM([lon, lat], origin)
      const [column, row] = at(x, y)
      for (let dc = -1; dc <= 1; dc++)
        for (let dr = -1; dr <= 1; dr++)
          for (const i of squaresOf.get(`${column + dc},${row + dr}`) ?? []) {
            const w = quartic(((xs[i] - x) ** 2 + (ys[i] - y) ** 2) / bandwidth_m ** 2)
            weight[i] += w
            squares[i] += w * w
            if (breached) late[i] += w
          }
    }
  }
  return Array.from({ length: count }, (_, i) => {
    const effective_n = squares[i] > 0 ? weight[i] ** 2 / squares[i] : 0
    return { share: effective_n >= SURFACE_MIN_EFFECTIVE_N ? late[i] / weight[i] : null, effective_n }
  })
}
