import { z } from 'zod'
import { instant, uuid } from './primitives.ts'

/** Photos of one OPD's report on one case. */
export const PHOTO_MOST = 6
/** Bytes of one photo as sent; one statement writes it, and the embedded database does nothing else meanwhile. */
export const PHOTO_BYTES = 3 * 1024 * 1024
/** Longest side and area, so that six of them fit into a browser's memory; a phone's 12 megapixels pass. */
export const PHOTO_SIDE = 6_000
export const PHOTO_PIXELS = 16_000_000

const PHOTO_KINDS = ['jpeg', 'png', 'webp'] as const
export type PhotoKind = (typeof PHOTO_KINDS)[number]

/** A photo of a report, without its bytes. `number` counts within the report from 1 and is never given twice while a later one stands. */
export const reportPhoto = z.object({
  id: uuid,
  incident_id: uuid,
  agency_id: uuid,
  number: z.number().int(),
  kind: z.enum(PHOTO_KINDS),
  width: z.number().int(),
  height: z.number().int(),
  size_bytes: z.number().int(),
  written_at: instant,
  written_by: z.string(),
})
export type ReportPhoto = z.infer<typeof reportPhoto>
