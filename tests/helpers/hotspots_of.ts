import { latLngToCell } from 'h3-js'
import type { CellSet } from '../../geo/coverage/cells.ts'
import { HOTSPOT_RESOLUTION, scored, type Hotspots } from '../../geo/stats/hotspots.ts'

/** The hotspots among some points; those whose cell has its centre outside the city are in none. */
export function hotspotsOf(points: Iterable<{ lon: number; lat: number }>, city: CellSet): Hotspots {
  const size = city.cells.length
  const tally = {
    counts: new Array<number>(size).fill(0),
    lon: new Float64Array(size),
    lat: new Float64Array(size),
  }
  for (const { lon, lat } of points) {
    const at = city.index.get(latLngToCell(lat, lon, HOTSPOT_RESOLUTION))
    if (at === undefined) continue
    tally.counts[at]++
    tally.lon[at] += lon
    tally.lat[at] += lat
  }
  return scored(tally, city)
}
