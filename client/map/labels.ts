import { placeLabels } from './place_labels.ts'
import type { Box } from './place_labels.ts'

export interface MapLabel {
  id: string
  text: string
  /** Its class in map_words.css: `clock-breached`, `callsign-old`, `kecamatan`… */
  kind: string
  lon: number
  lat: number
  clear: number
  must: boolean
  area?: boolean
  /** What it stands beside, where that moves: written in place by whoever moves it. */
  follows?: readonly [lon: number, lat: number]
}

type Project = (lon: number, lat: number) => { x: number; y: number }

/**
 * Words on the map as DOM: sharp at any scale, readable by tests and screen readers, and a ticking clock costs no WebGL
 * frame. Elements are kept and reused; sizes are measured once per text length.
 */
export class Labels {
  private readonly elements = new Map<string, HTMLElement>()
  private readonly sizes = new Map<string, { width: number; height: number }>()
  /** Where each placed label stands from what it names, px. */
  private placed: { element: HTMLElement; label: MapLabel; dx: number; dy: number }[] = []

  constructor(private readonly host: HTMLElement) {}

  /** `project` gives px within the host; `marks` are boxes that no label may cover. */
  show(labels: readonly MapLabel[], marks: readonly Box[], project: Project): void {
    // What is written comes before what is measured: each change of size costs the page one layout, not one a label.
    const elements = labels.map((label) => this.element(label))
    const wishes = labels.map((label, i) => ({ ...label, ...anchor(label, project), ...this.size(label, elements[i]) }))
    const frame = { x: 4, y: 4, width: this.host.clientWidth - 8, height: this.host.clientHeight - 8 }
    const places = new Map(placeLabels(wishes, marks, frame).map((p) => [p.id, p]))
    this.placed = []
    for (const [i, label] of labels.entries()) {
      const at = places.get(label.id)
      if (at) this.placed.push({ element: elements[i], label, dx: at.x - wishes[i].x, dy: at.y - wishes[i].y })
      show(elements[i], at !== undefined)
    }
    const wanted = new Set(labels.map((label) => label.id))
    for (const [id, element] of this.elements) {
      if (wanted.has(id)) continue
      element.remove()
      this.elements.delete(id)
    }
    this.follow(project)
  }

  /** Moves what is placed with what it names, without looking for better places. */
  follow(project: Project): void {
    for (const { element, label, dx, dy } of this.placed) {
      const { x, y } = anchor(label, project)
      const transform = `translate(${Math.round(x + dx)}px, ${Math.round(y + dy)}px)`
      if (element.style.transform !== transform) element.style.transform = transform
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

const anchor = ({ follows, lon, lat }: MapLabel, project: Project) =>
  follows ? project(follows[0], follows[1]) : project(lon, lat)

function show(element: HTMLElement, visible: boolean): void {
  const visibility = visible ? 'visible' : 'hidden'
  if (element.style.visibility !== visibility) element.style.visibility = visibility
}
