import { Marker } from 'maplibre-gl'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { fromLocalM } from '../../../geo/earth.ts'
import { createBaseMap, swapData } from '../../map/base_map.ts'
import type { CityMap } from '../../map/manifest.ts'

type LonLat = readonly [number, number]
/** A driver's block around a lone point. */
const AROUND_M = 400

/** The city with two marks on it: the place an alias means, and what the map answers without it. */
export class AliasMap {
  private readonly map: MapLibreMap
  private readonly marks = new Map<string, Marker>()
  private readonly resizing: ResizeObserver

  constructor(host: HTMLElement, city: CityMap) {
    this.map = createBaseMap(host, city, 24)
    this.resizing = new ResizeObserver(() => this.map.resize())
    this.resizing.observe(host)
  }

  /** Shows both (or one, or none) so that all of it is seen; equal places are drawn one in the other. */
  show(target: LonLat | null, answered: LonLat | null, names: { target: string; answered: string }): void {
    this.mark('answered', answered, names.answered)
    this.mark('target', target, names.target)
    const shown = [target, answered].filter((at) => at !== null)
    if (shown.length === 0) return
    const corners = shown.flatMap((at) => [
      fromLocalM([-AROUND_M, -AROUND_M], at),
      fromLocalM([AROUND_M, AROUND_M], at),
    ])
    const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)]
    this.map.fitBounds(
      [
        [Math.min(...lons), Math.min(...lats)],
        [Math.max(...lons), Math.max(...lats)],
      ],
      { padding: 48, maxZoom: 16.5, duration: 350 },
    )
  }

  swap(city: CityMap): void {
    swapData(this.map, city)
  }

  remove(): void {
    this.resizing.disconnect()
    this.map.remove()
  }

  private mark(kind: 'target' | 'answered', at: LonLat | null, name: string): void {
    this.marks.get(kind)?.remove()
    this.marks.delete(kind)
    if (!at) return
    const element = document.createElement('div')
    element.className = `alias-${kind}`
    const marker = new Marker({ element, anchor: 'center' }).setLngLat([at[0], at[1]]).addTo(this.map)
    // The marker sets a label of its own on its element.
    element.setAttribute('role', 'img')
    element.setAttribute('aria-label', name)
    this.marks.set(kind, marker)
  }
}
