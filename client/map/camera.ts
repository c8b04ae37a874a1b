import type { Map as MapLibreMap, PaddingOptions } from 'maplibre-gl'
import type { LonLat } from '../../geo/earth.ts'
import { CameraPlan } from './camera_plan.ts'
import type { View, Viewed } from './camera_plan.ts'
import type { Bounds } from './geometry.ts'

export type { Viewed } from './camera_plan.ts'

const CLOSEST_ZOOM = 16
/** How near a critical one is looked at: the streets around it, at 1080p. */
const NEAR_ZOOM = 14.6
const FRAME_MS = 900
const FLIGHT_MS = 2500
const HANDS = ['mousedown', 'wheel', 'touchstart', 'dblclick', 'keydown'] as const

/** What the camera needs of a MapLibre map. */
export type CameraMap = Pick<MapLibreMap, 'getCanvasContainer' | 'cameraForBounds' | 'getCenter' | 'getZoom' | 'easeTo'>

/**
 * Where the wall looks: the whole city, always in the same place, because people find things where they were yesterday. Only
 * when the *set* of open incidents changes is it framed anew, wider if one lies outside; a new critical one is flown to, and back. A hand on
 * the map stops all of it for a minute. {@link CameraPlan} decides, this moves.
 */
export class Camera {
  /** Flies to nothing while another scene has the word. */
  quiet = false
  private readonly plan = new CameraPlan()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly hand = () => {
    this.told(this.plan.touch(performance.now()))
    this.again_at(this.plan.due)
  }

  constructor(
    private readonly map: CameraMap,
    private readonly padding: () => PaddingOptions,
    /** Somebody touched the map: it stands still until then (monotonic ms). */
    private readonly told: (until: number) => void,
  ) {
    for (const kind of HANDS) map.getCanvasContainer().addEventListener(kind, this.hand, { passive: true })
  }

  /** Shows the whole city, the first time it is known; a swapped map does not move the camera. */
  home(city: Bounds): void {
    if (this.plan.home(city)) this.show({ kind: 'frame', box: city }, 0)
  }

  /** The open incidents, most urgent first. */
  look(open: readonly Viewed[]): void {
    this.step(this.plan.look(open, performance.now(), !this.quiet))
  }

  /** After a change of size: the same view again, at once. */
  again(): void {
    const view = this.plan.again(performance.now())
    if (view) this.show(view, 0)
  }

  remove(): void {
    clearTimeout(this.timer)
    for (const kind of HANDS) this.map.getCanvasContainer().removeEventListener(kind, this.hand)
  }

  private step(view: View | null): void {
    if (view) this.show(view, view.kind === 'near' || view.back ? FLIGHT_MS : FRAME_MS)
    this.again_at(this.plan.due)
  }

  /** A visit ends, or a hand's minute is over, without anything happening. */
  private again_at(due: number | null): void {
    clearTimeout(this.timer)
    if (due !== null)
      this.timer = setTimeout(() => this.step(this.plan.wake(performance.now())), Math.max(0, due - performance.now()))
  }

  private show(view: View, duration: number): void {
    const to = view.kind === 'near' ? this.near(view.place) : this.frame(view.box)
    if (!to) return
    const centre = this.map.getCenter()
    const still =
      Math.abs(to.zoom - this.map.getZoom()) < 0.01 &&
      Math.hypot(to.center[0] - centre.lng, to.center[1] - centre.lat) < 1e-5
    if (!still) this.map.easeTo({ ...to, duration: calm() ? 0 : duration, essential: true })
  }

  private near(place: LonLat) {
    return {
      center: [place[0], place[1]] as [number, number],
      zoom: Math.max(NEAR_ZOOM + Math.log2(scale()), this.map.getZoom()),
    }
  }

  private frame([west, south, east, north]: Bounds) {
    const camera = this.map.cameraForBounds(
      [
        [west, south],
        [east, north],
      ],
      { padding: this.padding(), maxZoom: CLOSEST_ZOOM },
    )
    if (!camera) return null
    const { lng, lat } = camera.center as { lng: number; lat: number }
    return { center: [lng, lat] as [number, number], zoom: camera.zoom ?? this.map.getZoom() }
  }
}

const calm = () => typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
/** Twice the pixels show the same view one zoom further in. */
const scale = () =>
  typeof document === 'undefined' ? 1 : Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
