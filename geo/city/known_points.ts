import { distanceM, type LonLat } from '../earth.ts'
import { FACILITIES } from './facilities.ts'
import { PLACES } from './places.ts'

/** A few are enough for a sketch; who wants the border imports it. */
const ENOUGH = 6

/**
 * Where places stand that are known by name to lie in a kelurahan; its area is drawn half-way between these and those of its
 * neighbours. First its office and every facility in it, for a map that draws a hospital or a post into the wrong kelurahan
 * misleads; then, while there are fewer than six, the place farthest from all taken, for two next door say the same twice.
 * The rule looks at names and distances alone, never at a real boundary.
 */
export function knownPoints(kelurahan_code: string): LonLat[] {
  const places = PLACES.filter((place) => place.kelurahan_code === kelurahan_code)
  const taken = [
    ...FACILITIES.filter((facility) => facility.kelurahan_code === kelurahan_code),
    ...places.filter((place) => place.kind === 'kantor_kelurahan'),
  ].map(({ point }) => point)
  const rest = places.map(({ point }) => point)
  if (taken.length === 0) taken.push(rest[0])
  const apartM = (point: LonLat): number => Math.min(...taken.map((other) => distanceM(point, other)))
  while (taken.length < ENOUGH) {
    const farthest = rest.reduce((a, b) => (apartM(b) > apartM(a) ? b : a))
    if (apartM(farthest) === 0) break
    taken.push(farthest)
  }
  return taken
}
