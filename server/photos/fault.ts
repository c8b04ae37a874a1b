import { ApiError, invalid } from '../errors.ts'

/** The field that faults of a photo's content name. */
export const PHOTO_FIELD = 'foto'

export const broken = (why: string) => invalid(PHOTO_FIELD, `berkas rusak atau terpotong: ${why}`)
export const otherKind = () =>
  new ApiError(415, 'not_a_photo', 'Hanya foto JPEG, PNG atau WebP', [
    { field: PHOTO_FIELD, reason: 'isinya bukan foto JPEG, PNG atau WebP' },
  ])
/** Refuses a reader's step past the end. */
export function need(bytes: Buffer, at: number, count: number): void {
  if (at + count > bytes.length) throw broken('berakhir di tengah')
}
