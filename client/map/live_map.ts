import type { Layer } from '@deck.gl/core'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LonLat } from '../../geo/earth.ts'
import type { Live } from '../state/live.svelte.ts'
import type { Urgent } from '../state/urgency.ts'
import { shownTheme } from '../theme/colours.ts'
import { createBaseMap, rescale, swapData, wallScale } from './base_map.ts'
import { Camera } from './camera.ts'
import type { Viewed } from './camera.ts'
import { ClosureDrawing } from './closure_drawing.ts'
import type { ClosureFeatures } from './closure_features.ts'
import { Faults, partOf } from './faults.ts'
import type { Part } from './faults.ts'
import { Labels } from './labels.ts'
import type { MapLabel } from './labels.ts'
import type { Ground } from './ground/ground.ts'
import { heatAreas, heatLayers } from './layers/heat.ts'
import type { HeatArea } from './layers/heat.ts'
import { INCIDENT_RADIUS, incidentLayers, incidentMark, sameMarks } from './layers/incidents.ts'
import type { IncidentMark } from './layers/incidents.ts'
import { UNIT_SIZE, unitAtlas, unitLayers, unitMark } from './layers/units.ts'
import type { UnitMark } from './layers/units.ts'
import { wayLayers } from './layers/ways.ts'
import type { Way } from './layers/ways.ts'
import type { CityMap } from './manifest.ts'
import { callsignLabels, clockLabels, closureLabels, closureSigns, nameLabels } from './map_words.ts'
import { Movers } from './movers.ts'
import { Overlay } from './overlay.ts'
import { Painter } from './painter.ts'
import { inOrder, LIVE_ORDER } from './zorder.ts'

/** Kept free around the city, px at 1080p: above it the line that tells of closures. */
const EDGE = 24
const HEAD = 76
/** Words keep this far from a closure's sign, px at 1080p. */
const CLOSURE_CLEAR = 22
/** Labels beyond this many say nothing any more. */
const MOST_LABELS = 40

/** The map of the wall: base map, live layers and words, painted when something changed. */
export class LiveMap {
  private readonly map: MapLibreMap
  private readonly overlay: Overlay
  private readonly painter: Painter
  private readonly camera: Camera
  private readonly labels: Labels
  private readonly movers = new Movers()
  private readonly closed: ClosureDrawing
  private closure_labels: MapLabel[] = []
  private closure_signs: LonLat[] = []
  private readonly faults: Faults
  private readonly resizing: ResizeObserver
  private atlas = unitAtlas()
  private incidents: IncidentMark[] = []
  private areas: HeatArea[] = []
  private lies: Ground = { kind: 'none' }
  private heat: Layer[] = []
  private signs: Layer[] = []
  private scale = wallScale()
  private theme = shownTheme()
  private shown_signature = ''
  private names: MapLabel[] = []

  constructor(
    host: HTMLElement,
    label_host: HTMLElement,
    private city: CityMap,
    private readonly live: Live,
    painted: () => void,
    failed: (parts: readonly Part[]) => void,
    hand: (until: number) => void = () => undefined,
  ) {
    const padding = () => ({
      top: HEAD * this.scale,
      bottom: EDGE * this.scale,
      left: EDGE * this.scale,
      right: EDGE * this.scale,
    })
    this.map = createBaseMap(host, city, padding())
    this.closed = new ClosureDrawing(this.map)
    this.camera = new Camera(this.map, padding, hand)
    this.camera.home(city.manifest.bounds)
    this.labels = new Labels(label_host)
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
      },
      (error, layer_id) => this.faults.add(layer_id, error),
    )
    this.map.on('move', () => this.word())
    this.resizing = new ResizeObserver(() => this.resize())
    this.resizing.observe(host)
    this.rank(true)
  }

  get contexts(): number {
    return this.overlay.contexts
  }

  /** The list of open incidents or a second of their clocks changed. */
  rank(masterdata = false): void {
    const { list, picture } = this.live
    const marks = list.map((u) => incidentMark(u, picture.types.get(u.incident.incident_type)?.letter ?? '?')).reverse()
    if (masterdata || !sameMarks(marks, this.incidents)) {
      this.incidents = marks
      this.signs = this.signLayers()
      this.painter.change()
    }
    this.camera.look(list.map(viewed))
    if (this.signature() !== this.shown_signature) this.painter.change()
    this.word()
  }

  /** Units changed their state (not their place). */
  units(): void {
    this.painter.change()
  }

  /** Closures began, ended or changed. The base map draws them, and only then. */
  closures(features: ClosureFeatures): void {
    this.closed.show(features)
    this.closure_labels = closureLabels(features)
    this.closure_signs = closureSigns(features)
    this.word()
  }

  /** New fixes came. */
  moved(): void {
    this.painter.wake()
  }

  /** What lies under incidents and units from now on: the scene's. */
  async ground(ground: Ground): Promise<void> {
    this.lies = ground
    try {
      const areas = ground.kind === 'areas' ? await heatAreas(ground.cells, this.city.data) : []
      if (ground !== this.lies) return
      this.areas = areas
      this.heat = heatLayers(areas)
      this.painter.change()
    } catch (error) {
      this.faults.add('heat', asError(error))
    }
  }

  /** An imported map: new data under the same view. */
  swap(city: CityMap): void {
    this.city = city
    this.names = nameLabels(city)
    swapData(this.map, city)
    this.closed.again()
    this.camera.home(city.manifest.bounds)
    void this.ground(this.lies)
  }

  remove(): void {
    this.resizing.disconnect()
    this.painter.stop()
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
    this.signs = this.signLayers()
    void this.ground(this.lies)
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

  private unitMarks(): UnitMark[] {
    const now = this.live.server_now()
    const { units, tracks } = this.live.picture
    const marks: UnitMark[] = []
    for (const [id, unit] of units) {
      const mark = unitMark(unit, tracks.get(id), this.movers.shown.get(id), now)
      if (mark) marks.push(mark)
    }
    // The busy ones lie on top.
    return marks.sort((a, b) => Number(a.busy) - Number(b.busy))
  }

  /** What of the units changes without moving: a fix that has grown old. */
  private signature(): string {
    return this.unitMarks()
      .map((m) => `${m.id}${m.freshness}`)
      .join()
  }

  private ways(marks: readonly UnitMark[]): Way[] {
    const { units, incidents } = this.live.picture
    return marks.flatMap((mark) => {
      const unit = units.get(mark.id)
      const incident = unit?.incident_id ? incidents.get(unit.incident_id) : undefined
      if (!incident || unit?.assignment_status === 'on_scene') return []
      return [
        { from: mark.place, to: incident.location.coordinates, under_way: unit?.assignment_status === 'en_route' },
      ]
    })
  }

  private signLayers(): Layer[] {
    const letters = [...new Set([...this.live.picture.types.values()].map((type) => type.letter)), '?'].join('')
    return incidentLayers(this.incidents, this.scale, letters)
  }

  private draw(paint = () => this.overlay.draw(this.layers(), () => this.remade())): void {
    try {
      paint()
      this.shown_signature = this.signature()
      this.word()
    } catch (error) {
      // Else the frames would go on, with the picture of before.
      this.faults.add(undefined, asError(error))
    }
  }

  /** All layers from scratch: those that are kept die with their context, or when they were left out once. */
  private remade(): Layer[] {
    this.atlas = unitAtlas()
    this.heat = heatLayers(this.areas)
    this.signs = this.signLayers()
    return this.layers()
  }

  private again(parts: ReadonlySet<Part>): void {
    if (parts.has('heat')) void this.ground(this.lies)
    this.draw(() => this.overlay.again((id) => parts.has('map') || parts.has(partOf(id))))
  }

  private layers(): Layer[] {
    const marks = this.unitMarks()
    const made = [
      ...this.heat,
      ...wayLayers(this.ways(marks), this.scale),
      ...unitLayers(marks, this.scale, this.atlas),
      ...this.signs,
    ]
    return inOrder(made, LIVE_ORDER)
  }

  private word(): void {
    const clocks = clockLabels(this.live.list, (INCIDENT_RADIUS + 12) * this.scale)
    const callsigns = callsignLabels(this.unitMarks(), (UNIT_SIZE / 2 + 3) * this.scale)
    const side = (INCIDENT_RADIUS * 2 + 4) * this.scale
    const box = (lon: number, lat: number, size: number) => {
      const { x, y } = this.map.project([lon, lat])
      return { x: x - size / 2, y: y - size / 2, width: size, height: size }
    }
    const taken = [
      ...this.incidents.map((mark) => box(mark.place[0], mark.place[1], side)),
      ...this.closure_signs.map(([lon, lat]) => box(lon, lat, CLOSURE_CLEAR * 1.6 * this.scale)),
    ]
    const closures = this.closure_labels.map((label) => ({ ...label, clear: CLOSURE_CLEAR * this.scale }))
    this.labels.show([...clocks, ...closures, ...this.names, ...callsigns].slice(0, MOST_LABELS), taken, (lon, lat) =>
      this.map.project([lon, lat]),
    )
  }
}

const viewed = ({ incident, state }: Urgent): Viewed => ({
  id: incident.id,
  place: incident.location.coordinates,
  critical: state === 'breached' || incident.priority === 1,
})

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
