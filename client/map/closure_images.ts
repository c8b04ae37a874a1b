import type { Map as MapLibreMap } from 'maplibre-gl'
import { COLOUR, MAP_COLOUR } from '../theme/colours.ts'

/** Patterns of areas and the signs of closures, drawn here: a style image cannot come from outside. */
export const CLOSURE_IMAGES = [
  'closure-cross',
  'closure-lines',
  'sign-shut',
  'sign-rob',
  'sign-slow',
  'sign-planned',
] as const
export type ClosureImage = (typeof CLOSURE_IMAGES)[number]
export type ClosureSign = Extract<ClosureImage, `sign-${string}`>

export const isClosureImage = (id: string): id is ClosureImage => CLOSURE_IMAGES.some((known) => known === id)

/** px at 1080p: a little less than an incident, which must stay the loudest thing. */
const SIGN = 38
const PATTERN = 14

export function addClosureImage(map: MapLibreMap, id: ClosureImage, scale: number): void {
  const sign = id.startsWith('sign-')
  const size = Math.round((sign ? SIGN : PATTERN) * scale)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(size / 100, size / 100)
  if (sign) drawSign(context, id)
  else drawHatch(context, id === 'closure-cross')
  if (map.hasImage(id)) map.removeImage(id)
  map.addImage(id, context.getImageData(0, 0, size, size), { pixelRatio: 1 })
}

/** Lines over a square of 100 that go on in the next one. */
function drawHatch(context: CanvasRenderingContext2D, both: boolean): void {
  context.strokeStyle = MAP_COLOUR.closure_dim
  context.lineWidth = 13
  for (const shift of [-100, 0, 100]) {
    stroke(context, [shift, 100], [shift + 100, 0])
    if (both) stroke(context, [shift, 0], [shift + 100, 100])
  }
}

function stroke(context: CanvasRenderingContext2D, ...points: [number, number][]): void {
  context.beginPath()
  for (const [i, [x, y]] of points.entries()) {
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  context.stroke()
}

/** No entry: a bar; rob: waves; slow: a triangle; to come: the hands of a clock. */
function drawSign(context: CanvasRenderingContext2D, id: ClosureImage): void {
  const light = MAP_COLOUR.closure
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = 8
  context.fillStyle = id === 'sign-shut' ? light : COLOUR.ground
  context.strokeStyle = light
  outline(context, id)
  // A dark rim, so that it stands off from roads and hatching of its own colour.
  context.strokeStyle = COLOUR.ground
  context.lineWidth = 18
  context.stroke()
  context.strokeStyle = light
  context.lineWidth = 8
  context.fill()
  if (id === 'sign-planned') context.setLineDash([12, 14])
  context.stroke()
  context.setLineDash([])
  if (id === 'sign-shut') {
    context.fillStyle = COLOUR.ground
    context.fillRect(20, 40, 60, 20)
  } else if (id === 'sign-slow') {
    stroke(context, [50, 38], [50, 58])
    stroke(context, [50, 72], [50, 73])
  } else if (id === 'sign-planned') stroke(context, [50, 24], [50, 52], [68, 62])
  else for (const y of [34, 51, 68]) wave(context, y)
}

function outline(context: CanvasRenderingContext2D, id: ClosureImage): void {
  context.beginPath()
  if (id !== 'sign-slow') return context.arc(50, 50, 40, 0, 2 * Math.PI)
  context.moveTo(50, 12)
  context.lineTo(90, 84)
  context.lineTo(10, 84)
  context.closePath()
}

function wave(context: CanvasRenderingContext2D, y: number): void {
  context.beginPath()
  context.moveTo(24, y)
  context.bezierCurveTo(34, y - 14, 42, y - 14, 50, y)
  context.bezierCurveTo(58, y + 14, 66, y + 14, 76, y)
  context.stroke()
}
