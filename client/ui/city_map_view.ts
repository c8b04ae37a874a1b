import type { CityMap } from '../map/manifest.ts'

/** What a page draws into a CityMapPane. */
export interface CityMapView {
  /** Another city, after an import. */
  swap(city: CityMap): void
  remove(): void
}
