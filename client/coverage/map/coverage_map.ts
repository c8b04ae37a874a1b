import { latLngToCell } from 'h3-js'
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap, PaddingOptions } from 'maplibre-gl'
import { createBaseMap, swapData, wallScale } from '../../map/base_map.ts'
import { ClosureDrawing } from '../../map/closure_drawing.ts'
import type { ClosureFeatures } from '../../map/closure_features.ts'
import { MAP_FONT } from '../../map/fonts.ts'
import type { CityMap } from '../../map/manifest.ts'
import { COLOUR, MAP_COLOUR, rgb } from '../../theme/colours.ts'
import type { At } from '../state/scenario.svelte.ts'
import { CellShapes, limitLines } from './cell_features.ts'
import { Marks, type Mark } from './marks.ts'
import type { Shade } from './shades.ts'

export interface CoverageMapListener {
  /** The pointer, or the middle of the map for the keyboard, is over this cell; null: over none. */
  over(h3: string | null): void
  pressed(at: At): void
  picked(mark_id: string): void
  dragged(mark_id: string, to: At): void
  /** An arrow was pressed; true: it moved something, so that the map stays. */
  arrow(east: number, north: number, far: boolean): boolean
}

/** What is painted on the cells. */
export interface Painting {
  h3: readonly string[]
  shades: readonly Shade[]
  /** Where lines are drawn around what lies within each limit; null: no lines. */
  lines: { seconds: readonly (number | null)[]; minutes: readonly number[] } | null
}

const RESOLUTION = 10
const PAN_PX = 60
const FAR_PX = 240
const STEPS: Record<string, [east: number, north: number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** The map of a department's reach: cells under the roads, posts and units above, what is pointed at told to the page. */
export class CoverageMap {
  private readonly map: MapLibreMap
  private readonly shapes = new CellShapes()
  private readonly closed: ClosureDrawing
  private readonly marks: Marks
  private readonly resizing: ResizeObserver
  private painting: Painting | null = null
  private here: string | null = null
  /** What the camera looked at in the map before this one, made anew for another theme. */
  private static kept: { center: At; zoom: number } | null = null

  constructor(
    private readonly host: HTMLElement,
    city: CityMap,
    padding: PaddingOptions,
    private readonly listener: CoverageMapListener,
  ) {
    this.map = createBaseMap(host, city, padding)
    this.centreIn(padding)
    if (CoverageMap.kept) this.map.jumpTo(CoverageMap.kept)
    this.closed = new ClosureDrawing(this.map)
    this.marks = new Marks(this.map, listener)
    this.map.on('load', () => this.addLayers())
    this.map.on('click', ({ lngLat, originalEvent }) => {
      if (!this.marks.owns(originalEvent.target)) listener.pressed([lngLat.lng, lngLat.lat])
    })
    this.map.on('mousemove', ({ lngLat }) => listener.over(cellAt([lngLat.lng, lngLat.lat])))
    this.map.on('mouseout', () => listener.over(null))
    this.map.on('moveend', () => {
      const { lng, lat } = this.map.getCenter()
      CoverageMap.kept = { center: [lng, lat], zoom: this.map.getZoom() }
      if (document.activeElement === host) listener.over(cellAt([lng, lat]))
    })
    // One stop for the keyboard: the map with its own keys.
    this.map.getCanvas().tabIndex = -1
    host.tabIndex = 0
    host.addEventListener('keydown', this.keydown)
    // On paper its picture stands in for it.
    this.resizing = new ResizeObserver(() => {
      if (!matchMedia('print').matches) this.map.resize()
    })
    this.resizing.observe(host)
  }

  paint(painting: Painting): void {
    this.painting = painting
    const { h3, shades, lines } = painting
    this.fill('reach', this.shapes.features(h3, shades))
    this.fill('reach_limit', lines ? limitLines(h3, lines.seconds, lines.minutes) : [])
  }

  mark(marks: readonly Mark[]): void {
    this.marks.show(marks)
  }

  closures(features: ClosureFeatures): void {
    this.closed.show(features)
  }

  /** Draws a kelurahan's border boldly; null: none. */
  point(code: string | null): void {
    this.here = code
    if (this.map.getLayer('reach-here')) this.map.setFilter('reach-here', ['==', ['get', 'code'], code ?? ''])
  }

  /** Where a cross-hair stands. */
  middle(): At {
    const { lng, lat } = this.map.getCenter()
    return [lng, lat]
  }

  /** Everything asked for is painted. */
  get settled(): boolean {
    return this.painting !== null && this.map.getSource('reach') !== undefined && this.map.loaded()
  }

  focus(): void {
    this.host.focus()
  }

  /** The picture as it stands, for paper: what WebGL drew is gone when a printer asks for it. */
  copyTo(canvas: HTMLCanvasElement): void {
    if (this.host.clientWidth === 0) return
    this.map.redraw()
    const from = this.map.getCanvas()
    canvas.width = from.width
    canvas.height = from.height
    const pen = canvas.getContext('2d')
    if (!pen) return
    pen.drawImage(from, 0, 0)
    this.marks.drawOn(pen, from.width / this.host.clientWidth)
  }

  swap(city: CityMap): void {
    swapData(this.map, city)
    this.closed.again()
  }

  remove(): void {
    this.host.removeEventListener('keydown', this.keydown)
    this.resizing.disconnect()
    this.marks.show([])
    this.map.remove()
  }

  /** The middle of the map is that of the part no legend covers: there the cross-hair stands. */
  private centreIn({ left = 0, right = 0, top = 0, bottom = 0 }: PaddingOptions): void {
    const { clientWidth: width, clientHeight: height } = this.host
    const center = this.map.unproject([(width + left - right) / 2, (height + top - bottom) / 2])
    this.map.jumpTo({ center, padding: { left, right, top, bottom } })
    this.host.style.setProperty('--aim', `${(left - right) / 2}px ${(top - bottom) / 2}px`)
  }

  private fill(source: string, features: GeoJSON.Feature[]): void {
    this.map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
  }

  private addLayers(): void {
    const { map } = this
    for (const id of ['reach', 'reach_limit']) map.addSource(id, { type: 'geojson', data: NOTHING, tolerance: 0 })
    map.addImage('reach-beyond', hatch(wallScale()), { pixelRatio: 1 })
    for (const layer of groundLayers()) map.addLayer(layer, 'water-line')
    map.setLayoutProperty('kelurahan-label', 'visibility', 'none')
    for (const layer of topLayers(this.here)) map.addLayer(layer)
    if (this.painting) this.paint(this.painting)
    this.host.dataset.painted = 'yes'
  }

  private readonly keydown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.host) return
    const step = STEPS[event.key]
    if (step) {
      if (!this.listener.arrow(...step, event.shiftKey)) {
        const px = event.shiftKey ? FAR_PX : PAN_PX
        this.map.panBy([step[0] * px, -step[1] * px], { duration: 0 })
      }
    } else if (event.key === '+' || event.key === '=') this.map.zoomIn({ duration: 0 })
    else if (event.key === '-') this.map.zoomOut({ duration: 0 })
    else if (event.key === 'Enter') this.listener.pressed(this.middle())
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

const cellAt = ([lon, lat]: At): string => latLngToCell(lat, lon, RESOLUTION)

const groundLayers = (): LayerSpecification[] => [
  {
    id: 'reach-fill',
    type: 'fill',
    source: 'reach',
    filter: ['!', ['get', 'beyond']],
    paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.86, 'fill-antialias': false },
  },
  {
    id: 'reach-beyond',
    type: 'fill',
    source: 'reach',
    filter: ['get', 'beyond'],
    paint: { 'fill-pattern': 'reach-beyond' },
  },
  {
    id: 'reach-line',
    type: 'line',
    source: 'reach_limit',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.ground, 'line-width': 1.5, 'line-opacity': 0.9 },
  },
]

const topLayers = (here: string | null): LayerSpecification[] => [
  {
    id: 'reach-here',
    type: 'line',
    source: 'kelurahan',
    filter: ['==', ['get', 'code'], here ?? ''],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.text, 'line-width': 3 },
  },
  {
    id: 'reach-name',
    type: 'symbol',
    source: 'kelurahan_label',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': 13,
      'text-max-width': 7,
      'text-padding': 2,
    },
    paint: { 'text-color': COLOUR.text, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 1.75 },
  },
]

/** Thin lines both ways: out of reach is told by a pattern, not by colour. */
function hatch(scale: number): ImageData {
  const size = Math.round(8 * scale)
  const image = new ImageData(size, size)
  const [red, green, blue] = rgb(COLOUR.warning)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const off = Math.min((x + y) % size, size - ((x + y) % size))
      const alpha = Math.max(0, Math.min(1, 1.3 * scale - off))
      image.data.set([red, green, blue, 150 * alpha], (y * size + x) * 4)
    }
  return image
}
