import { readCoordinates } from '../../../geo/address/coordinates.ts'
import { readLink } from '../../../geo/address/links.ts'
import { findPlusCode, readPlusCode } from '../../../geo/address/pluscode.ts'
import type { LonLat } from '../../../geo/earth.ts'

/** Half a degree of latitude in metres: the reach of a cell from its middle. */
const HALF_DEGREE_M = 55_600

/**
 * Where a pasted text says that a phone is. `unread`: meant as a position, but not to be read here (a short link, numbers that make no sense).
 * Null for words. `near` decides between readings of what is short or looks swapped.
 */
export function sharedPosition(text: string, near: LonLat): { point: LonLat; accuracy_m: number } | 'unread' | null {
  const link = readLink(text, near)
  if (link?.kind === 'point') return { point: link.position.point, accuracy_m: Math.round(link.position.accuracy_m) }
  if (link) return link.kind === 'text' ? null : 'unread'
  const code = findPlusCode(text)
  const cell = code ? readPlusCode(code, near) : null
  if (cell) return { point: cell.centre, accuracy_m: Math.max(5, Math.round(cell.lat_degrees * HALF_DEGREE_M)) }
  const written = readCoordinates(text, near)
  if (written === null || written === 'invalid') return written === null ? null : 'unread'
  return { point: written.point, accuracy_m: Math.round(written.accuracy_m) }
}
