import { boundsOf } from '../geometry.ts'
import type { Bounds } from '../geometry.ts'
import type { GroundArea } from './picture.ts'
import { rampColours } from './ramp.ts'
import type { Polygon } from './shapes.ts'

/** Pixels across: some 30 m each, a quarter of a cell. */
const WIDTH = 384
/** Rounds the steps between cells off without moving a border by more than a cell. */
const BLUR_PX = 3

export interface SurfaceImage {
  canvas: HTMLCanvasElement
  bounds: Bounds
}

/** The smoothed surface as one picture, cut along the city's border: a single textured rectangle for the graphics. Null without a city. */
export function surfaceImage(areas: readonly GroundArea[], city: readonly Polygon[]): SurfaceImage | null {
  if (city.length === 0) return null
  const bounds = boundsOf([
    { type: 'Feature', properties: null, geometry: { type: 'MultiPolygon', coordinates: city as Polygon[] } },
  ])
  const [west, south, east, north] = bounds
  const height = Math.round((WIDTH * (north - south)) / (east - west))
  const [cells, whole] = [pen(WIDTH, height), pen(WIDTH, height)]
  const x = (lon: number) => ((lon - west) / (east - west)) * WIDTH
  const y = (lat: number) => ((north - lat) / (north - south)) * height
  const trace = (to: CanvasRenderingContext2D, polygons: readonly Polygon[]) => {
    to.beginPath()
    for (const ring of polygons.flat()) {
      ring.forEach(([lon, lat], i) => (i === 0 ? to.moveTo(x(lon), y(lat)) : to.lineTo(x(lon), y(lat))))
      to.closePath()
    }
  }
  const colours = rampColours()
  cells.lineWidth = 1
  for (const { polygons, step } of areas) {
    if (step === null) continue
    cells.fillStyle = cells.strokeStyle = `rgb(${colours[step].join(' ')})`
    trace(cells, polygons)
    cells.fill()
    // Neighbours meet without a seam.
    cells.stroke()
  }
  whole.filter = `blur(${BLUR_PX}px)`
  whole.drawImage(cells.canvas, 0, 0)
  whole.filter = 'none'
  whole.globalCompositeOperation = 'destination-in'
  trace(whole, city)
  whole.fill('evenodd')
  return { canvas: whole.canvas, bounds }
}

function pen(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas for the surface')
  return context
}
