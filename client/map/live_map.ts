import type { Layer } from '@deck.gl/core'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Live } from '../state/live.svelte.ts'
import type { Urgent } from '../state/urgency.ts'
import { shownTheme } from '../theme/colours.ts'
import { late } from '../ui/late.ts'
import { EMPTY } from './base/layer.ts'
import { createBaseMap, rescale, swapData, wallScale } from './base_map.ts'
import { Camera } from './camera.ts'
import type { Viewed } from './camera.ts'
import { ClosureDrawing } from './closure_drawing.ts'
import type { ClosureFeatures } from './closure_features.ts'
import { Faults, partOf } from './faults.ts'
import type { Part } from './faults.ts'
import type { GroundDrawing } from './ground/drawing.ts'
import type { Ground } from './ground/ground.ts'
import { LiveSigns } from './live_signs.ts'
import type { CityMap } from './manifest.ts'
import { Movers } from './movers.ts'
import { Overlay } from './overlay.ts'
import { Painter } from './painter.ts'
import { frameOf, Revival } from './revival.ts'
import type { View } from './revival.ts'
import { RoadWays } from './roads/road_ways.ts'
import { WordsOnMap } from './words_on_map.ts'
import { inOrder, LIVE_ORDER } from './zorder.ts'

/** Kept free around the city, px at 1080p: above it the line that tells of closures. */
const EDGE = 24
const HEAD = 76
/** A server that goes away while a new map still fetches what its ground needs has this long to come back before that is a fault. */
const PATIENT_MS = 60_000

/** What a page may say and hear beside the picture. */
export interface LiveMapRest {
  /** Where it looks at first. */
  view?: View
  /** The base map's graphics are gone for good: it is to be made anew. */
  lost?: () => void
  /** Somebody touched it: it stands still until then (monotonic ms). */
  hand?: (until: number) => void
}

/** The map of the wall: base map, live layers and words, painted when something changed. */
export class LiveMap {
  private readonly map: MapLibreMap
  private readonly overlay: Overlay
  private readonly painter: Painter
  private readonly camera: Camera
  private readonly words: WordsOnMap
  private readonly roads: RoadWays
  private readonly movers: Movers
  private readonly signs: LiveSigns
  private readonly closed: ClosureDrawing
  private readonly faults: Faults
  private readonly resizing: ResizeObserver
  private readonly revival: Revival
  /** What draws the ground, fetched after the first picture; null until then. */
  private lies: GroundDrawing | null = null
  private lying: Ground = { kind: 'none' }
  private scale = wallScale()
  private theme = shownTheme()
  private began = false
  private readonly patient_until = performance.now() + PATIENT_MS

  constructor(
    host: HTMLElement,
    label_host: HTMLElement,
    private city: CityMap,
    private readonly live: Live,
    painted: () => void,
    failed: (parts: readonly Part[]) => void,
    rest: LiveMapRest = {},
  ) {
    const padding = () => ({
      top: HEAD * this.scale,
      bottom: EDGE * this.scale,
      left: EDGE * this.scale,
      right: EDGE * this.scale,
    })
    this.map = createBaseMap(host, city, padding())
    this.closed = new ClosureDrawing(this.map)
    this.camera = new Camera(this.map, padding, rest.hand ?? (() => undefined))
    this.camera.home(city.manifest.bounds)
    if (rest.view) this.map.jumpTo(rest.view)
    this.revival = new Revival(this.map, () => rest.lost?.())
    this.words = new WordsOnMap(label_host, this.map)
    this.words.city(city)
    this.roads = new RoadWays(live, () => this.moved())
    this.movers = new Movers(this.roads)
    this.signs = new LiveSigns(live, this.movers, this.roads, this.scale)
    live.eta = this.roads.eta
    this.painter = new Painter({
      step: () => this.step(),
      draw: () => this.draw(),
      canary: () => this.overlay.canary(),
    })
    this.faults = new Faults(failed, (parts) => this.again(parts))
    this.overlay = new Overlay(
      this.map,
      () => {
        this.painter.painted()
        painted()
        // What is not needed for the first picture comes after it.
        if (!this.began) setTimeout(() => this.begin())
        this.began = true
      },
      (error, layer_id) => this.faults.add(layer_id, error),
    )
    this.map.on('move', () => this.looked())
    this.map.on('moveend', () => this.looked(true))
    this.resizing = new ResizeObserver(() => this.resize())
    this.resizing.observe(host)
    this.units()
    this.rank(true)
  }

  get contexts(): number {
    return this.overlay.contexts
  }

  /** The list of open incidents or a second of their clocks changed. */
  rank(masterdata = false): void {
    const { changed, moved } = this.signs.rank(masterdata)
    if (moved) this.words.moved()
    if (changed) this.painter.change()
    this.camera.look(this.live.list.map(viewed))
    this.word()
  }

  /** Units changed their state (not their place). */
  units(): void {
    this.signs.arrange()
    this.roads.look()
    this.painter.change()
  }

  /** Closures began, ended or changed. The base map draws them, and only then. */
  closures(features: ClosureFeatures): void {
    this.closed.show(features)
    this.words.closures(features)
    this.roads.look()
    this.word()
  }

  /** The first picture stands: what it did not need is fetched. */
  private begin(): void {
    this.roads.roads(roadsOf(this.city))
    void this.ground(this.lying)
  }

  /** New fixes came. */
  moved(): void {
    this.roads.look()
    this.painter.wake()
  }

  /** What lies under incidents and units from now on: the scene's. */
  async ground(ground: Ground): Promise<void> {
    try {
      this.lying = ground
      if (!this.began || (!this.lies && ground.kind === 'none')) return
      const lies = await late(() => this.drawing(), this.patient_until - performance.now())
      if (await lies.show(this.lying, this.city.data)) this.painter.change()
      this.word()
    } catch (error) {
      this.faults.add('heat', asError(error))
    }
  }

  /** What draws the ground, with all that it needs for the one that is to lie there. */
  private async drawing(): Promise<GroundDrawing> {
    const { GroundDrawing } = await import('./ground/drawing.ts')
    this.lies ??= new GroundDrawing()
    await this.lies.ready(this.lying, this.city.data)
    return this.lies
  }

  /** An imported map: new data under the same view. */
  swap(city: CityMap): void {
    this.city = city
    this.words.city(city)
    if (this.began) this.roads.roads(roadsOf(city))
    swapData(this.map, city)
    this.closed.again()
    this.camera.home(city.manifest.bounds)
    void this.ground(this.lying)
  }

  /** Where it looks. */
  get view(): View {
    return { center: this.map.getCenter().toArray(), zoom: this.map.getZoom() }
  }

  /** The map as it is painted now, as a JPEG of at most 1600 px; null where it cannot be read. */
  frame(): string | null {
    return frameOf(this.map, this.overlay)
  }

  remove(): void {
    this.revival.stop()
    this.resizing.disconnect()
    this.painter.stop()
    this.roads.stop()
    if (this.live.eta === this.roads.eta) this.live.eta = undefined
    this.faults.stop()
    this.camera.remove()
    this.overlay.remove()
    this.map.remove()
  }

  private resize(): void {
    this.map.resize()
    // Before the camera: what it keeps free at the edges is of the new scale.
    this.restyle()
    this.camera.again()
    this.overlay.canary()
  }

  /** The page's scale or theme may have changed: everything drawn takes it over. Nothing is fetched, nothing made anew that looks the same. */
  restyle(): void {
    if (wallScale() === this.scale && shownTheme() === this.theme) return
    this.scale = wallScale()
    this.theme = shownTheme()
    this.words.forget()
    if (this.map.isStyleLoaded()) this.redress()
    else void this.map.once('idle', () => this.redress())
    this.lies?.layers(this.scale, true)
    this.signs.redraw(this.scale)
    void this.ground(this.lying)
    this.painter.change()
  }

  /** Another scene than the live one has the word: the camera frames, but flies to nothing. */
  quiet(quiet: boolean): void {
    this.camera.quiet = quiet
  }

  private redress(): void {
    rescale(this.map, this.city)
    this.closed.again()
  }

  private step(): { moved_px: number; moving: boolean } {
    const { moved_m, moving } = this.movers.step(this.live.picture.tracks, this.live.server_now())
    return { moved_px: moved_m / this.metresPerPixel(), moving }
  }

  /** A pixel of the city's map in metres; MapLibre's zoom counts tiles of 512 px. */
  private metresPerPixel(): number {
    const latitude = (this.map.getCenter().lat * Math.PI) / 180
    return (40_075_016.7 * Math.cos(latitude)) / (512 * 2 ** this.map.getZoom())
  }

  private draw(paint = () => this.overlay.draw(this.layers(), () => this.remade())): void {
    try {
      paint()
      this.word()
    } catch (error) {
      // Else the frames would go on, with the picture of before.
      this.faults.add(undefined, asError(error))
    }
  }

  /** All layers from scratch: those that are kept die with their context, or when they were left out once. */
  private remade(): Layer[] {
    this.lies?.layers(this.scale, true)
    this.signs.again()
    return this.layers()
  }

  private again(parts: ReadonlySet<Part>): void {
    if (parts.has('heat')) void this.ground(this.lying)
    this.draw(() => this.overlay.again((id) => parts.has('map') || parts.has(partOf(id))))
  }

  private layers(): Layer[] {
    const made = [...(this.lies?.layers(this.scale) ?? []), ...this.signs.layers(this.metresPerPixel() * this.scale)]
    return inOrder(made, LIVE_ORDER)
  }

  private looked(still = false): void {
    this.words.moved()
    this.word(still)
  }

  private word(at_once = false): void {
    const { marks: units, placed } = this.signs
    this.words.place({ list: this.live.list, units, placed, ground: this.lies?.labels ?? [] }, this.scale, at_once)
  }
}

const roadsOf = (city: CityMap) => city.data.get('road') ?? EMPTY

const viewed = ({ incident, state }: Urgent): Viewed => ({
  id: incident.id,
  place: incident.location.coordinates,
  critical: state === 'breached' || incident.priority === 1,
})

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
