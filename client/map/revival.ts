import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Overlay } from './overlay.ts'

/** Where a map looks. */
export interface View {
  center: [number, number]
  zoom: number
}

/** A browser that gives lost graphics back does so at once. */
const RESTORED_MS = 400
/** ...and then the map must have painted within this time. */
const PAINTED_MS = 1200

/** Watches the base map's graphics: whoever waits for a browser that never gives them back looks at a black city. */
export class Revival {
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly lost = () => {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.given_up, RESTORED_MS)
  }
  private readonly restored = () => {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.given_up, PAINTED_MS)
    this.map.once('render', () => clearTimeout(this.timer))
  }

  constructor(
    private readonly map: MapLibreMap,
    private readonly given_up: () => void,
  ) {
    map.on('webglcontextlost', this.lost)
    map.on('webglcontextrestored', this.restored)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.map.off('webglcontextlost', this.lost)
    this.map.off('webglcontextrestored', this.restored)
  }
}

/**
 * Takes away what is left of a map whose graphics are gone, or that could not even be made (null): each try leaves its elements. Whatever fails in that must
 * not stand in the way of the next one.
 */
export function discard(map: { remove(): void } | null, ...hosts: Pick<HTMLElement, 'replaceChildren'>[]): void {
  try {
    map?.remove()
  } catch (error) {
    console.warn('the old map could not be removed:', error instanceof Error ? error.message : error)
  }
  for (const host of hosts) host.replaceChildren()
}

const WIDEST_PX = 1600
const QUALITY = 0.75

/** What map and overlay show now: each is painted once more, and read before the browser lets go of it. */
export function frameOf(map: MapLibreMap, overlay: Pick<Overlay, 'canary' | 'canvas'>): string | null {
  try {
    const base = map.getCanvas()
    const scale = Math.min(1, WIDEST_PX / base.width)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(base.width * scale)
    canvas.height = Math.round(base.height * scale)
    const context = canvas.getContext('2d')
    if (!context) return null
    map.redraw()
    context.drawImage(base, 0, 0, canvas.width, canvas.height)
    overlay.canary()
    if (overlay.canvas) context.drawImage(overlay.canvas, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/jpeg', QUALITY)
  } catch {
    return null
  }
}
