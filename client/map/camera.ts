import type { Map as MapLibreMap, PaddingOptions } from 'maplibre-gl'
import type { Bounds } from './geometry.ts'

/** After someone touched the map the camera leaves it alone this long. */
const HANDS_OFF_MS = 60_000
const CLOSEST_ZOOM = 16

/** A place further out than this from the city is a slip of data: the camera does not go to the equator for it. */
const REACH_DEG = 0.15

const HANDS = ['mousedown', 'wheel', 'touchstart', 'dblclick', 'keydown'] as const

/**
 * Where the wall looks: the whole city, always in the same place, because people find things where they were yesterday. Only
 * when the *set* of open incidents changes is it framed anew, wider if one lies outside. A hand on the map stops it for a minute.
 */
export class Camera {
  private touched = -Infinity
  private framed = ''
  private city: Bounds | null = null
  private readonly hand = () => (this.touched = performance.now())

  constructor(
    private readonly map: MapLibreMap,
    private readonly padding: () => PaddingOptions,
  ) {
    for (const kind of HANDS) map.getCanvasContainer().addEventListener(kind, this.hand, { passive: true })
  }

  /** Shows the whole city, the first time it is known; a swapped map does not move the camera. */
  home(city: Bounds): void {
    const first = this.city === null
    this.city = city
    if (first) this.fit(city, 0)
  }

  /** `places` of the open incidents by id. Does nothing while the set stays the same. */
  frame(places: ReadonlyMap<string, readonly [number, number]>): void {
    if (!this.city) return
    const key = [...places.keys()].sort().join()
    if (key === this.framed) return
    if (performance.now() - this.touched < HANDS_OFF_MS) return
    this.framed = key
    const [west, south, east, north] = this.city
    const near = [...places.values()].filter(
      ([lon, lat]) =>
        lon > west - REACH_DEG && lon < east + REACH_DEG && lat > south - REACH_DEG && lat < north + REACH_DEG,
    )
    const box = near.reduce<Bounds>(stretch, [...this.city])
    this.fit(box, 900)
  }

  /** After a change of size: the same frame again, at once. */
  again(): void {
    this.framed = ''
    if (this.city && performance.now() - this.touched >= HANDS_OFF_MS) this.fit(this.city, 0)
  }

  remove(): void {
    for (const kind of HANDS) this.map.getCanvasContainer().removeEventListener(kind, this.hand)
  }

  private fit(box: Bounds, duration: number): void {
    const camera = this.map.cameraForBounds(
      [
        [box[0], box[1]],
        [box[2], box[3]],
      ],
      { padding: this.padding(), maxZoom: CLOSEST_ZOOM },
    )
    if (!camera) return
    const centre = this.map.getCenter()
    const to = camera.center as { lng: number; lat: number }
    const still =
      Math.abs((camera.zoom ?? 0) - this.map.getZoom()) < 0.01 &&
      Math.hypot(to.lng - centre.lng, to.lat - centre.lat) < 1e-5
    if (!still) this.map.easeTo({ ...camera, duration })
  }
}

function stretch(box: Bounds, [lon, lat]: readonly [number, number]): Bounds {
  return [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
}
