import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LonLat } from '../../geo/earth.ts'
import type { Urgent } from '../state/urgency.ts'
import type { ClosureFeatures } from './closure_features.ts'
import { Labels } from './labels.ts'
import type { MapLabel } from './labels.ts'
import { INCIDENT_RADIUS } from './layers/incidents.ts'
import { UNIT_SIZE } from './layers/units.ts'
import type { UnitMark } from './layers/units.ts'
import type { CityMap } from './manifest.ts'
import { ageLabels, callsignLabels, clockLabels, closureLabels, closureSigns, nameLabels } from './map_words.ts'
import type { Box } from './place_labels.ts'

/** Words keep this far from a closure's sign, px at 1080p. */
const CLOSURE_CLEAR = 22
/** Labels beyond this many say nothing any more. */
const MOST_LABELS = 40
/** Between two looks for the best places of the words; meanwhile they go along with what they name. */
const PLACE_MS = 900

/** What stands on the map and has words, or may not be covered by any. */
export interface Named {
  list: readonly Urgent[]
  units: readonly UnitMark[]
  /** Where incidents lie. */
  placed: readonly LonLat[]
  ground: readonly MapLabel[]
}

/** The words of the live map, each beside what it names and none over another. Called by LiveMap; knows nothing of layers. */
export class WordsOnMap {
  private readonly labels: Labels
  private names: MapLabel[] = []
  private closure_labels: MapLabel[] = []
  private closure_signs: LonLat[] = []
  private placed_at = 0
  /** Boxes that no word may cover; null when signs or the view moved. */
  private taken: Box[] | null = null

  constructor(
    host: HTMLElement,
    private readonly map: MapLibreMap,
  ) {
    this.labels = new Labels(host)
  }

  city(city: CityMap): void {
    this.names = nameLabels(city)
  }

  closures(features: ClosureFeatures): void {
    this.closure_labels = closureLabels(features)
    this.closure_signs = closureSigns(features)
    this.taken = null
  }

  /** Signs or the view moved. */
  moved(): void {
    this.taken = null
  }

  /** Another size of type: all are measured anew. */
  forget(): void {
    this.labels.forget()
    this.taken = null
  }

  /** Words go along with what they name each time; better places are looked for now and then, or at once. `scale`: px for a px at 1080p. */
  place({ list, units, placed, ground }: Named, scale: number, at_once = false): void {
    const project = (lon: number, lat: number) => this.map.project([lon, lat])
    if (!at_once && performance.now() - this.placed_at < PLACE_MS) return this.labels.follow(project)
    this.placed_at = performance.now()
    const beside = (UNIT_SIZE / 2 + 3) * scale
    const labels = [
      ...clockLabels(list, (INCIDENT_RADIUS + 12) * scale),
      ...ground,
      ...this.closure_labels.map((label) => ({ ...label, clear: CLOSURE_CLEAR * scale })),
      ...this.names,
      ...callsignLabels(units, beside),
      ...ageLabels(units, beside),
    ]
    this.taken ??= this.covered(placed, scale)
    this.labels.show(labels.slice(0, MOST_LABELS), this.taken, project)
  }

  private covered(placed: readonly LonLat[], scale: number): Box[] {
    const box = ([lon, lat]: LonLat, size: number) => {
      const { x, y } = this.map.project([lon, lat])
      return { x: x - size / 2, y: y - size / 2, width: size, height: size }
    }
    const side = (INCIDENT_RADIUS * 2 + 4) * scale
    return [
      ...placed.map((place) => box(place, side)),
      ...this.closure_signs.map((place) => box(place, CLOSURE_CLEAR * 1.6 * scale)),
    ]
  }
}
