import medium from '@fontsource/inter/files/inter-latin-500-normal.woff2?url'
import type { FontFacesSpecification } from 'maplibre-gl'

/** MapLibre's text stack name. No word of it may begin with a digit. */
export const MAP_FONT = ['Inter Medium']

/** Labels are drawn from the bundled font: no glyph server, nothing from outside. MapLibre's worker needs absolute URLs. */
export function fontFaces(): FontFacesSpecification {
  const url = new URL(medium, location.href).href
  return { 'Inter Medium': [{ url, 'unicode-range': ['U+0000-00FF', 'U+2000-206F'] }] }
}
