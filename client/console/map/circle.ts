import { circle as turfCircle } from '@turf/turf'
import { EARTH_RADIUS_M } from '../../../geo/earth.ts'

const CORNERS = 48
/** turf measures on a sphere of its own radius; ours is the one Earth of this project, so the radius is given as an angle. */
const DEGREES_PER_M = 180 / (Math.PI * EARTH_RADIUS_M)

/** A circle of `radius_m` around a point as a GeoJSON ring: the place may be anywhere inside. */
export const circle = (lon: number, lat: number, radius_m: number): GeoJSON.Feature =>
  turfCircle([lon, lat], radius_m * DEGREES_PER_M, { steps: CORNERS, units: 'degrees' })
