import { bearingDeg, type LonLat } from '../earth.ts'
import { kelurahanAt } from './areas.ts'
import { awayFromCity, placeOutside } from './beyond.ts'
import { directionWord, sayMetres } from './compass.ts'
import { checkPosition } from './geocode.ts'
import { sayNeighbourhood } from './house_number.ts'
import type { GazetteerIndex } from './index.ts'
import { nearestLandmark, nearestStreet, type NearStreet } from './nearest.ts'
import { neighbourhoodAt } from './neighbourhood.ts'
import { outsideLabel } from './outside.ts'
import type { ReverseAnswer } from './types.ts'

/** Up to here one is in the street; beyond, so and so far from it. */
const IN_STREET_M = 30
/** Within a building's size of its point one is at the place itself. */
const AT_LANDMARK_M = 40

/** "Jl. Sriwijaya sisi utara", "Simpang Jl. A – Jl. B", "ujung timur Jl. Sriwijaya", "120 m utara Jl. Sriwijaya". */
function streetWords({ name, distance_m, side, beyond, direction, crossing }: NearStreet): string {
  if (crossing) return `Simpang ${name} – ${crossing}`
  if (distance_m > IN_STREET_M) return `${sayMetres(distance_m)} ${direction} ${name}`
  if (beyond) return `Ujung ${beyond} ${name}`
  return side ? `${name} sisi ${side}` : name
}

/**
 * What a driver is told about a position: nearest named street and side, or the crossing, nearest landmark with distance and
 * direction, RT and RW where a layer has them, kelurahan. Outside the city: which kecamatan and regency, how far from the border
 * and in which direction of it. Throws {@link AddressError} for what is no position.
 */
export function reverse(index: GazetteerIndex, lon: number, lat: number): ReverseAnswer {
  checkPosition([lon, lat])
  const point: LonLat = [lon, lat]
  const area = kelurahanAt(index.areas, point)
  if (!area) {
    const { district, county } = placeOutside(index, point)
    const away = awayFromCity(index.areas, point)
    const border = away ? Math.round(away.border_m) : null
    return {
      label: outsideLabel(
        index,
        [district, county].filter(Boolean).join(', '),
        away?.border_m ?? Infinity,
        away?.direction,
      ),
      inside_city: false,
      kelurahan_code: null,
      district,
      county,
      street: null,
      street_distance_m: null,
      street_side: null,
      crossing: null,
      landmark: null,
      distance_m: border,
      bearing_deg: null,
      direction: away?.direction ?? null,
      rt: null,
      rw: null,
      point,
      ...(border === null ? {} : { border_distance_m: border }),
    }
  }
  const street = nearestStreet(index, point)
  const landmark = nearestLandmark(index, point)
  const bearing = landmark ? bearingDeg(landmark.point, point) : null
  const direction = bearing === null ? null : directionWord(bearing)
  const unit = neighbourhoodAt(index, area.code, point)
  const byStreet = street && streetWords(street)
  const byLandmark = landmark && `${sayMetres(landmark.distance_m)} ${direction} ${landmark.name}`
  // At a place that has a name, its name comes first: that is what the caller said and what a driver looks for.
  const words = landmark && landmark.distance_m < AT_LANDMARK_M ? [landmark.name, byStreet] : [byStreet, byLandmark]
  words.push(unit && sayNeighbourhood(unit), `Kel. ${area.name}`)
  return {
    label: words.filter(Boolean).join(', '),
    inside_city: true,
    kelurahan_code: area.code,
    district: area.name,
    county: index.areas.city_name,
    street: street?.name ?? null,
    street_distance_m: street && Math.round(street.distance_m),
    street_side: street?.side ?? null,
    crossing: street?.crossing ? `${street.name} – ${street.crossing}` : null,
    landmark: landmark?.name ?? null,
    distance_m: landmark ? Math.round(landmark.distance_m) : street && Math.round(street.distance_m),
    bearing_deg: bearing === null ? null : Math.round(bearing),
    direction,
    rt: unit?.rt ?? null,
    rw: unit?.rw ?? null,
    point,
  }
}
