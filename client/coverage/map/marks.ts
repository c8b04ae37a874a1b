import { Marker } from 'maplibre-gl'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { GRID, type Drawing } from '../../signs/pictograms.ts'
import { PLANNED_POST_SIGN, POST_SIGN } from '../../signs/post_sign.ts'
import { unitDrawing } from '../../signs/unit_shapes.ts'
import { COLOUR } from '../../theme/colours.ts'
import type { At } from '../state/scenario.svelte.ts'

/** A post or unit on the map, or something that a what-if puts there. */
export interface Mark {
  id: string
  kind: 'post' | 'unit' | 'added' | 'closed_road'
  at: At
  name: string
  chosen: boolean
  /** It counts no more: struck out. */
  closed: boolean
  /** By the pointer. */
  movable: boolean
  /** Its name stands beside it all the time, else only under the pointer. */
  named: boolean
}

interface MarkListener {
  picked(mark_id: string): void
  dragged(mark_id: string, to: At): void
}

const CROSS: Drawing = { lines: [{ d: 'M4 4L20 20M20 4L4 20', width: 4.5 }] }
const DRAWINGS: Record<Mark['kind'], Drawing> = {
  post: POST_SIGN,
  unit: unitDrawing('free-still', false),
  added: PLANNED_POST_SIGN,
  closed_road: CROSS,
}
/** px on the screen. */
const SIGN_PX = 24
const SVG = 'http://www.w3.org/2000/svg'

/** Signs in the document rather than on the canvas: few, with names, and each can be pressed and dragged. */
export class Marks {
  private readonly shown = new Map<string, { marker: Marker; mark: Mark }>()

  constructor(
    private readonly map: MapLibreMap,
    private readonly listener: MarkListener,
  ) {}

  show(marks: readonly Mark[]): void {
    const wanted = new Set(marks.map(({ id }) => id))
    for (const [id, { marker }] of this.shown)
      if (!wanted.has(id)) {
        marker.remove()
        this.shown.delete(id)
      }
    for (const mark of marks) this.put(mark)
  }

  owns(target: EventTarget | null): boolean {
    return [...this.shown.values()].some(({ marker }) => target instanceof Node && marker.getElement().contains(target))
  }

  /** The same signs on a picture of the map with so many pixels to one of the screen's. */
  drawOn(pen: CanvasRenderingContext2D, ratio: number): void {
    for (const { mark } of this.shown.values()) {
      const { x, y } = this.map.project(mark.at)
      const { fill, lines = [] } = DRAWINGS[mark.kind]
      pen.save()
      pen.scale(ratio, ratio)
      pen.translate(x, y)
      pen.globalAlpha = mark.closed ? 0.5 : 1
      pen.strokeStyle = pen.fillStyle = COLOUR.text
      pen.font = '600 13px Inter, sans-serif'
      if (mark.named) {
        pen.save()
        pen.strokeStyle = COLOUR.ground
        pen.lineWidth = 4
        pen.lineJoin = 'round'
        pen.strokeText(mark.name, SIGN_PX / 2 + 4, 5)
        pen.restore()
        pen.fillText(mark.name, SIGN_PX / 2 + 4, 5)
      }
      pen.scale(SIGN_PX / GRID, SIGN_PX / GRID)
      pen.translate(-GRID / 2, -GRID / 2)
      if (fill) pen.fill(new Path2D(fill), 'evenodd')
      for (const { d, width } of lines) {
        pen.lineWidth = width
        pen.stroke(new Path2D(d))
      }
      pen.restore()
    }
  }

  private put(mark: Mark): void {
    let known = this.shown.get(mark.id)
    if (known && known.mark.kind !== mark.kind) {
      known.marker.remove()
      known = undefined
    }
    if (!known) {
      known = { marker: this.make(mark), mark }
      this.shown.set(mark.id, known)
    }
    known.mark = mark
    const { marker } = known
    const element = marker.setLngLat(mark.at).setDraggable(mark.movable).getElement()
    element.classList.toggle('chosen', mark.chosen)
    element.classList.toggle('closed', mark.closed)
    element.classList.toggle('named', mark.named)
    element.setAttribute('aria-label', mark.name)
    const words = element.querySelector('span')
    if (words) words.textContent = mark.name
  }

  private make({ id, kind, at }: Mark): Marker {
    const element = document.createElement('div')
    element.className = `reach-mark ${kind}`
    element.setAttribute('role', 'img')
    const words = document.createElement('span')
    words.setAttribute('aria-hidden', 'true')
    element.append(drawn(DRAWINGS[kind]), words)
    element.addEventListener('click', () => this.listener.picked(id))
    const marker = new Marker({ element }).setLngLat(at).addTo(this.map)
    marker.on('dragend', () => {
      const { lng, lat } = marker.getLngLat()
      this.listener.dragged(id, [lng, lat])
    })
    return marker
  }
}

function drawn({ fill, lines = [] }: Drawing): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', `-2 -2 ${GRID + 4} ${GRID + 4}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = (attributes: Record<string, string>) => {
    const each = document.createElementNS(SVG, 'path')
    for (const [name, value] of Object.entries(attributes)) each.setAttribute(name, value)
    svg.append(each)
  }
  const outline = [fill, ...lines.map(({ d }) => d)].filter((d) => d !== undefined).join('')
  // A dark line around it, so that it stands out of every colour below.
  path({ d: outline, class: 'case', fill: 'none', 'stroke-linejoin': 'round' })
  if (fill) path({ d: fill, fill: 'currentColor', 'fill-rule': 'evenodd' })
  for (const { d, width } of lines)
    path({ d, fill: 'none', stroke: 'currentColor', 'stroke-width': String(width), 'stroke-linecap': 'round' })
  return svg
}
