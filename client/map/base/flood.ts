import type { Map as MapLibreMap } from 'maplibre-gl'
import { MAP_COLOUR, rgb } from '../../theme/colours.ts'
import { asItIs } from './layer.ts'
import type { BaseLayer } from './layer.ts'

/** Land known to flood at high tide (rob): hatched, so that it never reads as heat. */
export const flood: BaseLayer = {
  needs: ['flood'],
  sources: asItIs('flood'),
  layers: () => [
    { id: 'flood-fill', type: 'fill', source: 'flood', paint: { 'fill-pattern': 'hatch', 'fill-opacity': 0.55 } },
  ],
}

/** Draws the diagonal hatch as pixels (a style image cannot come from outside). 1 px lines, `size` apart. */
export function addHatch(map: MapLibreMap, scale: number): void {
  const size = Math.round(9 * scale)
  const [red, green, blue] = rgb(MAP_COLOUR.flood)
  const data = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const off = Math.min((x + y) % size, size - ((x + y) % size))
      const alpha = Math.max(0, Math.min(1, 1.1 * scale - off))
      data.set([red * alpha, green * alpha, blue * alpha, 255 * alpha], (y * size + x) * 4)
    }
  }
  if (map.hasImage('hatch')) map.removeImage('hatch')
  map.addImage('hatch', { width: size, height: size, data }, { pixelRatio: 1 })
}
