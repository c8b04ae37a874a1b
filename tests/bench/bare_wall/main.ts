import type { Deck } from '@deck.gl/core'
import { IconLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

/**
 * What the wall is measured against: MapLibre and deck.gl alone, with the same layers of the same kinds over data that never
 * changes, repainted at a given pace. Also the yardstick of its JavaScript: built by the same bundler, nothing else in it.
 */
setWorkerUrl(workerUrl)

export interface BareData {
  /** Those shown whole, and the rest, which are dots. */
  incidents: [lon: number, lat: number][]
  incident_dots: [lon: number, lat: number][]
  alarming: number
  units: [lon: number, lat: number][]
  dots: number
  polygons: [lon: number, lat: number][][]
  /** Milliseconds between two frames. */
  pace_ms: number
}

declare global {
  interface Window {
    bare_frames: number
    bare(data: BareData): void
  }
}

const map = new MapLibreMap({
  container: 'map',
  style: {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#0b1014' } }],
  },
  center: [109.675, -6.89],
  zoom: 12.4,
  attributionControl: false,
  fadeDuration: 0,
  canvasContextAttributes: { antialias: false },
})

const places = (points: readonly [number, number][]) => new Float64Array(points.flatMap(([lon, lat]) => [lon, lat, 0]))
const repeated = (count: number, numbers: readonly number[]) =>
  new Uint8Array(Array.from({ length: count }, () => numbers).flat())

function atlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 512
  const pen = canvas.getContext('2d')
  pen?.arc(16, 16, 12, 0, 7)
  pen?.fill()
  return canvas
}

const ICONS = { dot: { x: 0, y: 0, width: 32, height: 32, mask: true } }

window.bare_frames = 0
window.bare = ({ incidents, incident_dots, alarming, units, dots, polygons, pace_ms }) => {
  const at = places(incidents)
  const disc = (id: string, points: readonly [number, number][], radius: number) =>
    new ScatterplotLayer({
      id,
      data: {
        length: points.length,
        attributes: {
          getPosition: { value: places(points), size: 3 },
          getFillColor: { value: repeated(points.length, [255, 100, 90, 46]), size: 4, normalized: true },
        },
      },
      radiusUnits: 'pixels',
      getRadius: radius,
    })
  const icons = (id: string, positions: Float64Array, count: number, size: number) =>
    new IconLayer({
      id,
      data: {
        length: count,
        attributes: {
          getPosition: { value: positions, size: 3 },
          getColor: { value: repeated(count, [200, 220, 230, 255]), size: 4, normalized: true },
        },
      },
      iconAtlas: atlas() as unknown as string,
      iconMapping: ICONS,
      getIcon: () => 'dot',
      getSize: size,
    })
  const layers = [
    new SolidPolygonLayer({
      id: 'heat',
      data: polygons,
      getPolygon: (ring: [number, number][]) => ring,
      positionFormat: 'XY',
      getFillColor: [60, 100, 110, 125],
    }),
    disc('uncertain', [], 10),
    disc('way', units.slice(0, dots), 2.2),
    icons('unit', places(units), units.length, 16),
    disc('incident-dot', incident_dots, 6),
    disc('incident-glow', incidents.slice(0, alarming), 42),
    new ScatterplotLayer({
      id: 'incident-ring',
      data: {
        length: incidents.length,
        attributes: {
          getPosition: { value: at, size: 3 },
          getLineColor: { value: repeated(incidents.length, [170, 180, 190, 255]), size: 4, normalized: true },
        },
      },
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      stroked: true,
      getFillColor: [11, 16, 20, 245],
      getRadius: 21,
      getLineWidth: 5.5,
    }),
    icons('incident-sign', at, incidents.length, 27),
  ]
  const overlay = new MapLibreOverlay({
    interleaved: false,
    layers,
    deviceProps: { type: 'webgl', webgl: { antialias: false } },
    onAfterRender: () => void window.bare_frames++,
  })
  map.addControl(overlay)
  const deck = () => (overlay as unknown as { _deck?: Deck })._deck
  setInterval(() => requestAnimationFrame(() => deck()?.redraw('bench')), pace_ms)
}
document.documentElement.dataset.ready = 'yes'
