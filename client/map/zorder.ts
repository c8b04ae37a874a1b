/** Everything MapLibre draws, bottom first. A layer that is not listed here cannot be added: that is the point. */
export const BASE_ORDER = [
  'background',
  'neighbour-fill',
  'neighbour-line',
  'city-fill',
  'flood-fill',
  'water-line',
  'closure-area',
  'closure-edge',
  'closure-edge-planned',
  'road-minor',
  'road-middle',
  'road-major',
  'rail-line',
  'kelurahan-line',
  'city-line',
  'closure-case',
  'closure-slow',
  'closure-shut',
  'closure-bars',
  'place-dot',
  'neighbour-label',
  'place-label',
  'street-label',
  'kelurahan-label',
  'closure-label',
  'closure-sign',
] as const

/** Everything deck.gl draws above it, bottom first. */
export const LIVE_ORDER = [
  'heat-surface',
  'heat',
  'heat-line',
  'uncertain',
  'way',
  'unit',
  'incident-dot',
  'incident-glow',
  'incident-ring',
  'incident-sign',
] as const

/** Sorts layers by their place in `order`; throws for an id that has none. */
export function inOrder<T extends { id: string }>(layers: readonly T[], order: readonly string[]): T[] {
  for (const { id } of layers)
    if (!order.includes(id)) throw new Error(`Layer "${id}" has no place in client/map/zorder.ts`)
  return [...layers].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
}
