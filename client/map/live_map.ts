import type { Layer } from '@deck.gl/core'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { distanceM } from '../../geo/earth.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Live } from '../state/live.svelte.ts'
import type { Urgent } from '../state/urgency.ts'
import { shownTheme } from '../theme/colours.ts'
import { EMPTY } from './base/layer.ts'
import { createBaseMap, rescale, swapData, wallScale } from './base_map.ts'
import { Camera } from './camera.ts'
import type { Viewed } from './camera.ts'
import { ClosureDrawing } from './closure_drawing.ts'
import type { ClosureFeatures } from './closure_features.ts'
import { Faults, partOf } from './faults.ts'
import type { Part } from './faults.ts'
import { Labels } from './labels.ts'
import type { MapLabel } from './labels.ts'
import type { GroundDrawing } from './ground/drawing.ts'
import type { Ground } from './ground/ground.ts'
import { INCIDENT_RADIUS, IncidentSigns } from './layers/incidents.ts'
import { UNCERTAIN_FROM_M, Uncertainty } from './layers/uncertainty.ts'
import { UNIT_SIZE, UnitSigns } from './layers/units.ts'
import { Ways } from './layers/ways.ts'
import type { CityMap } from './manifest.ts'
import { ageLabels, callsignLabels, clockLabels, closureLabels, closureSigns, nameLabels } from './map_words.ts'
import { Movers } from './movers.ts'
import { Overlay } from './overlay.ts'
import { Painter } from './painter.ts'
import type { Box } from './place_labels.ts'
import { frameOf, Revival } from './revival.ts'
import type { View } from './revival.ts'
import { RoadWays } from './roads/road_ways.ts'
import { SignAtlas } from './signs/atlas.ts'
import { inOrder, LIVE_ORDER } from './zorder.ts'

/** Kept free around the city, px at 1080p: above it the line that tells of closures. */
const EDGE = 24
const HEAD = 76
/** Words keep this far from a closure's sign, px at 1080p. */
const CLOSURE_CLEAR = 22
/** Labels beyond this many say nothing any more. */
const MOST_LABELS = 40
/** Between two looks for the best places of the words; meanwhile they go along with what they name. */
const PLACE_MS = 900

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
  private readonly labels: Labels
  private readonly roads: RoadWays
  private readonly movers: Movers
  private readonly incidents = new IncidentSigns()
  private readonly units_shown = new UnitSigns()
  private readonly ways = new Ways()
  private readonly uncertain = new Uncertainty()
  private readonly closed: ClosureDrawing
  private closure_labels: MapLabel[] = []
  private closure_signs: LonLat[] = []
  private readonly faults: Faults
  private readonly resizing: ResizeObserver
  private readonly revival: Revival
  /** What draws the ground, fetched after the first picture; null until then. */
  private lies: GroundDrawing | null = null
  private lying: Ground = { kind: 'none' }
  private atlas: SignAtlas
  private scale = wallScale()
  private theme = shownTheme()
  private names: MapLabel[] = []
  private placed_at = 0
  /** Open incidents whose place may be far off. */
  private vague: Incident[] = []
  private began = false
  /** Boxes that no word may cover; null when signs or the view moved. */
  private taken: Box[] | null = null

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
    this.labels = new Labels(label_host)
    this.atlas = this.newAtlas()
    this.roads = new RoadWays(live, () => this.moved())
    this.movers = new Movers(this.roads)
    live.eta = this.roads.eta
    this.names = nameLabels(city)
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
        if (!this.began) setTimeout(() => this.roads.roads(roadsOf(this.city)))
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
    const { list, picture } = this.live
    if (masterdata && [...picture.types.values()].some(({ letter }) => !this.atlas.has(`letter ${letter}`)))
      this.redrawn()
    const changed = this.incidents.show(list, picture.types, this.atlas)
    if (this.incidents.moved) {
      this.taken = null
      this.vague = list.flatMap(({ incident }) => (incident.accuracy_m >= UNCERTAIN_FROM_M ? incident : []))
    }
    // A fix that has grown old is drawn otherwise, without anything having moved.
    if (this.showUnits() || changed) this.painter.change()
    this.camera.look(list.map(viewed))
    this.word()
  }

  /** Units changed their state (not their place). */
  units(): void {
    this.units_shown.arrange(this.live.picture)
    this.showUnits()
    this.roads.look()
    this.painter.change()
  }

  /** Closures began, ended or changed. The base map draws them, and only then. */
  closures(features: ClosureFeatures): void {
    this.closed.show(features)
    this.closure_labels = closureLabels(features)
    this.closure_signs = closureSigns(features)
    this.taken = null
    this.roads.look()
    this.word()
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
      if (!this.lies && ground.kind === 'none') return
      const { GroundDrawing } = await import('./ground/drawing.ts')
      this.lies ??= new GroundDrawing()
      if (await this.lies.show(this.lying, this.city.data)) this.painter.change()
      this.word()
    } catch (error) {
      this.faults.add('heat', asError(error))
    }
  }

  /** An imported map: new data under the same view. */
  swap(city: CityMap): void {
    this.city = city
    this.names = nameLabels(city)
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
    this.camera.again()
    this.restyle()
    this.overlay.canary()
  }

  /** The page's scale or theme may have changed: everything drawn takes it over. Nothing is fetched, nothing made anew that looks the same. */
  restyle(): void {
    if (wallScale() === this.scale && shownTheme() === this.theme) return
    this.scale = wallScale()
    this.theme = shownTheme()
    this.labels.forget()
    if (this.map.isStyleLoaded()) this.redress()
    else void this.map.once('idle', () => this.redress())
    this.lies?.layers(this.scale, true)
    this.redrawn()
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

  /** Signs of another size, or more of them: everything that shows one is made anew. */
  private redrawn(): void {
    this.atlas = this.newAtlas()
    this.forget()
  }

  private newAtlas(): SignAtlas {
    const letters = Array.from(this.live.picture.types.values(), ({ letter }) => letter)
    return new SignAtlas(this.scale * devicePixelRatio, letters)
  }

  private forget(): void {
    for (const part of [this.incidents, this.units_shown, this.ways, this.uncertain]) part.again()
    this.taken = null
    this.incidents.show(this.live.list, this.live.picture.types, this.atlas)
    this.showUnits()
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

  private showUnits(): boolean {
    return this.units_shown.show(this.live.picture, this.movers.shown, this.live.server_now(), this.atlas)
  }

  /** Who goes where. Where no road is known, or the unit left it, as the crow flies. */
  private showWays(): void {
    const { units, incidents } = this.live.picture
    const pixel_m = this.metresPerPixel() * this.scale
    this.ways.begin()
    for (const mark of this.units_shown.marks) {
      if (!mark.busy || mark.state === 'on_scene') continue
      const incident = incidents.get(units.get(mark.id)?.incident_id ?? '')
      if (!incident) continue
      const under_way = mark.state === 'en_route'
      const way = this.roads.held(mark.id)?.way
      if (way && way.coordinates.length > 1 && way.seconds !== null) {
        this.ways.add(way.coordinates, way.metres, this.movers.ahead.get(mark.id) ?? 0, pixel_m, under_way)
      } else {
        const to: LonLat = [incident.location.coordinates[0], incident.location.coordinates[1]]
        this.ways.add([mark.place, to], [0, distanceM(mark.place, to)], 0, pixel_m, under_way)
      }
    }
    this.ways.end()
  }

  /** Circles around places that may be far off: of open incidents, and of units on a case. */
  private showUncertainty(): void {
    this.uncertain.begin()
    for (const { location, accuracy_m } of this.vague)
      this.uncertain.add(location.coordinates[0], location.coordinates[1], accuracy_m, 'incident')
    for (const { id, busy, place } of this.units_shown.marks) {
      const accuracy_m = busy ? (this.live.picture.units.get(id)?.position?.accuracy_m ?? 0) : 0
      if (accuracy_m >= UNCERTAIN_FROM_M) this.uncertain.add(place[0], place[1], accuracy_m, 'unit')
    }
    this.uncertain.end()
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
    this.forget()
    return this.layers()
  }

  private again(parts: ReadonlySet<Part>): void {
    if (parts.has('heat')) void this.ground(this.lying)
    this.draw(() => this.overlay.again((id) => parts.has('map') || parts.has(partOf(id))))
  }

  private layers(): Layer[] {
    this.units_shown.follow()
    this.showWays()
    this.showUncertainty()
    const made = [
      ...(this.lies?.layers(this.scale) ?? []),
      this.uncertain.layer(this.scale),
      this.ways.layer(this.scale),
      this.units_shown.layer(this.scale, this.atlas),
      ...this.incidents.layers(this.scale, this.atlas),
    ]
    return inOrder(made, LIVE_ORDER)
  }

  private looked(still = false): void {
    this.taken = null
    this.word(still)
  }

  /** Words go along with what they name each time; better places are looked for now and then, or at once. */
  private word(at_once = false): void {
    const project = (lon: number, lat: number) => this.map.project([lon, lat])
    if (!at_once && performance.now() - this.placed_at < PLACE_MS) return this.labels.follow(project)
    this.placed_at = performance.now()
    const clocks = clockLabels(this.live.list, (INCIDENT_RADIUS + 12) * this.scale)
    const { marks } = this.units_shown
    const beside = (UNIT_SIZE / 2 + 3) * this.scale
    const closures = this.closure_labels.map((label) => ({ ...label, clear: CLOSURE_CLEAR * this.scale }))
    const labels = [
      ...clocks,
      ...(this.lies?.labels ?? []),
      ...closures,
      ...this.names,
      ...callsignLabels(marks, beside),
      ...ageLabels(marks, beside),
    ]
    this.taken ??= this.covered()
    this.labels.show(labels.slice(0, MOST_LABELS), this.taken, project)
  }

  private covered(): Box[] {
    const box = ([lon, lat]: LonLat, size: number) => {
      const { x, y } = this.map.project([lon, lat])
      return { x: x - size / 2, y: y - size / 2, width: size, height: size }
    }
    const side = (INCIDENT_RADIUS * 2 + 4) * this.scale
    return [
      ...this.incidents.placed.map((place) => box(place, side)),
      ...this.closure_signs.map((place) => box(place, CLOSURE_CLEAR * 1.6 * this.scale)),
    ]
  }
}

const roadsOf = (city: CityMap) => city.data.get('road') ?? EMPTY

const viewed = ({ incident, state }: Urgent): Viewed => ({
  id: incident.id,
  place: incident.location.coordinates,
  critical: state === 'breached' || incident.priority === 1,
})

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
