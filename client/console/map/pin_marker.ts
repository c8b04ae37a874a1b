import { Marker } from 'maplibre-gl'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { distanceM, fromLocalM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import type { Pin } from '../state/pin.ts'

const NUDGE_M = 10
const NUDGES: Record<string, [number, number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
}
const WIDENS: Record<string, number> = { '+': 1, '=': 1, '-': -1, _: -1 }
/** Nearer to the pin than this the circle's handle would lie on the pin itself. */
const HANDLE_PX = 22

export interface PinListener {
  /** It was moved by hand. */
  moved(lon: number, lat: number): void
  /** It is on its way under the pointer. */
  moving(lon: number, lat: number): void
  widened(direction: number): void
  radius(metres: number): void
}

/** The pin as one holds it: dragged by its body, nudged and widened by keys, its circle drawn by the handle at its edge. */
export class PinMarker {
  private readonly body: Marker
  private readonly handle: Marker
  private readonly follow = () => this.showHandle()
  private drawing = false
  private at: LonLat
  private accuracy_m: number

  constructor(
    private readonly map: MapLibreMap,
    pin: Pin,
    name: string,
    private readonly listener: PinListener,
  ) {
    this.at = [pin.lon, pin.lat]
    this.accuracy_m = pin.accuracy_m
    this.body = new Marker({ element: bodyElement(), anchor: 'bottom', draggable: true }).setLngLat(this.at).addTo(map)
    const element = this.body.getElement()
    // The marker sets a label of its own on its element.
    element.setAttribute('aria-label', name)
    element.addEventListener('keydown', (event) => this.keydown(event))
    this.body.on('drag', () => {
      const { lng, lat } = this.body.getLngLat()
      listener.moving(lng, lat)
      this.handle.getElement().hidden = true
    })
    this.body.on('dragend', () => {
      const { lng, lat } = this.body.getLngLat()
      listener.moved(lng, lat)
    })
    this.handle = new Marker({ element: handleElement(), draggable: true }).setLngLat(this.at).addTo(map)
    this.handle.getElement().removeAttribute('aria-label')
    this.handle.on('dragstart', () => (this.drawing = true))
    this.handle.on('drag', () => {
      const { lng, lat } = this.handle.getLngLat()
      listener.radius(distanceM(this.at, [lng, lat]))
    })
    this.handle.on('dragend', () => {
      this.drawing = false
      this.showHandle()
    })
    map.on('zoom', this.follow)
  }

  /** Whether its circle is under the pointer right now. */
  get busy(): boolean {
    return this.drawing
  }

  show({ lon, lat, accuracy_m, settled }: Pin): void {
    this.at = [lon, lat]
    this.accuracy_m = accuracy_m
    this.body.setLngLat(this.at)
    this.body.getElement().classList.toggle('tentative', !settled)
    this.handle.getElement().classList.toggle('tentative', !settled)
    this.showHandle()
  }

  /** Whether an event comes from the pin or its handle and not from the map below. */
  owns(target: EventTarget | null): boolean {
    return target instanceof Node && [this.body, this.handle].some((marker) => marker.getElement().contains(target))
  }

  remove(): void {
    this.map.off('zoom', this.follow)
    this.body.remove()
    this.handle.remove()
  }

  private showHandle(): void {
    if (this.drawing) return
    const edge = fromLocalM([this.accuracy_m, 0], this.at)
    this.handle.setLngLat(edge)
    const far = this.map.project(edge).x - this.map.project(this.at).x
    this.handle.getElement().hidden = far < HANDLE_PX
  }

  private keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const widen = WIDENS[event.key]
    const step = NUDGES[event.key]
    if (widen) this.listener.widened(widen)
    else if (step) {
      const metres = event.shiftKey ? NUDGE_M * 10 : NUDGE_M
      this.listener.moved(...fromLocalM([step[0] * metres, step[1] * metres], this.at))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
}

function bodyElement(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'desk-pin'
  element.tabIndex = 0
  element.setAttribute('role', 'button')
  return element
}

/** For the pointer alone: keys and the form's buttons do the same. */
function handleElement(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'desk-radius'
  element.setAttribute('aria-hidden', 'true')
  return element
}
