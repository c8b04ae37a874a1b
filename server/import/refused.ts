import { NO_COORDINATES } from './geometry.ts'
import type { ManifestEntry } from './manifest.ts'
import type { FileReport } from './report.ts'

/** What is said of a closure whose time is past: a calendar of closures has such rows, and nothing is lost with them. */
export const ALREADY_OVER = 'sudah berakhir'

/** More than this share of a file refused is no accident of single rows. */
const TOLERATED = 0.1
const SHOWN = 3

/**
 * Why a file is not fit to take the place of what is live: of the kelurahan any row was refused (an incident there would be
 * nobody's), of another layer more than a tenth, unless its entry allows it. Rows that only lack coordinates do not count
 * there: lists of offices have them, and none is drawn at a wrong place for it; nor do closures that are over. null when the file is fit.
 */
export function refusedFault(entry: ManifestEntry, { file, layer, read, refused }: FileReport): string | null {
  const whole = entry.as === 'kelurahan'
  const counted = whole ? refused : refused.filter(({ reason }) => reason !== NO_COORDINATES && reason !== ALREADY_OVER)
  if (counted.length <= (whole ? 0 : read * TOLERATED) || (entry.allow_refused && !whole)) return null
  const first = counted
    .slice(0, SHOWN)
    .map(({ row, name, reason }) => `baris ${row}${name === null ? '' : ` (${name})`}: ${reason}`)
  if (counted.length > SHOWN) first.push(`dan ${counted.length - SHOWN} lagi`)
  const remedy = whole
    ? 'Semua kelurahan harus dapat diambil'
    : 'Perbaiki berkasnya, atau nyatakan "allow_refused": true pada entrinya di layers.json'
  return `${file}: ${counted.length} dari ${read} baris ${layer} ditolak: ${first.join('; ')}. ${remedy}`
}
