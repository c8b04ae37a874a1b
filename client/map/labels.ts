import { placeLabels } from './place_labels.ts'
import type { Box } from './place_labels.ts'

export interface MapLabel {
  id: string
  text: string
  /** `clock-breached`, `clock-warning`, `callsign`, `callsign-old`, `kecamatan`: classes of MapPane. */
  kind: string
  lon: number
  lat: number
  clear: number
  must: boolean
  area?: boolean
}

/**
 * Words on the map as DOM: sharp at any scale, readable by tests and screen readers, and a ticking clock costs no WebGL
 * frame. Elements are kept and reused; sizes are measured once per text length.
 */
export class Labels {
  private readonly elements = new Map<string, HTMLElement>()
  private readonly sizes = new Map<string, { width: number; height: number }>()

  constructor(private readonly host: HTMLElement) {}

  /** `project` gives px within the host; `marks` are boxes that no label may cover. */
  show(
    labels: readonly MapLabel[],
    marks: readonly Box[],
    project: (lon: number, lat: number) => { x: number; y: number },
  ): void {
    const wishes = labels.map((label) => {
      const element = this.element(label)
      const size = this.size(label, element)
      return {
        id: label.id,
        ...project(label.lon, label.lat),
        clear: label.clear,
        must: label.must,
        area: label.area,
        ...size,
      }
    })
    const frame = { x: 4, y: 4, width: this.host.clientWidth - 8, height: this.host.clientHeight - 8 }
    const placed = new Map(placeLabels(wishes, marks, frame).map((p) => [p.id, p]))
    for (const [id, element] of this.elements) {
      const at = placed.get(id)
      if (at) {
        element.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`
        element.style.visibility = 'visible'
      } else if (labels.some((label) => label.id === id)) element.style.visibility = 'hidden'
      else {
        element.remove()
        this.elements.delete(id)
      }
    }
  }

  /** After a change of size every text is measured anew. */
  forget(): void {
    this.sizes.clear()
  }

  private element(label: MapLabel): HTMLElement {
    let element = this.elements.get(label.id)
    if (!element) {
      element = document.createElement('div')
      this.elements.set(label.id, element)
      this.host.append(element)
    }
    const name = `map-label ${label.kind}`
    if (element.className !== name) element.className = name
    if (element.textContent !== label.text) element.textContent = label.text
    return element
  }

  private size(label: MapLabel, element: HTMLElement): { width: number; height: number } {
    // Digits are tabular, so a clock's width depends on its length only.
    const key = `${label.kind}|${label.text.replace(/\d/g, '0')}`
    let size = this.sizes.get(key)
    if (!size) {
      if (this.sizes.size > 500) this.sizes.clear()
      size = { width: element.offsetWidth, height: element.offsetHeight }
      this.sizes.set(key, size)
    }
    return size
  }
}
