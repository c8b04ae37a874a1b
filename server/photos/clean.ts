import { PHOTO_PIXELS, PHOTO_SIDE, type PhotoKind } from '../../geo/wire/photo.ts'
import { invalid } from '../errors.ts'
import { broken, otherKind, PHOTO_FIELD } from './fault.ts'
import { cleanJpeg, isJpeg } from './jpeg.ts'
import { cleanPng, isPng } from './png.ts'
import { cleanWebp, isWebp } from './webp.ts'

export interface Frame {
  width: number
  height: number
}
export interface CleanPhoto extends Frame {
  kind: PhotoKind
  bytes: Buffer
}

/**
 * A photo as it may be kept: what it is by its content, whatever it was called; its container written anew from the parts that make the
 * picture, so that where it was taken, by which phone and any words in it are gone. The coded picture itself is not touched.
 * Throws 415 for another kind of file, 422 for a torn, too large or unshowable picture.
 */
export async function cleanPhoto(bytes: Buffer): Promise<CleanPhoto> {
  if (isPng(bytes)) return cleanPng(bytes, fits)
  const photo = isJpeg(bytes) ? cleanJpeg(bytes) : isWebp(bytes) ? cleanWebp(bytes) : null
  if (!photo) throw otherKind()
  fits(photo)
  return photo
}

function fits({ width, height }: Frame): void {
  if (width === 0 || height === 0) throw broken('ukuran')
  if (width > PHOTO_SIDE || height > PHOTO_SIDE || width * height > PHOTO_PIXELS)
    throw invalid(
      PHOTO_FIELD,
      `${width} × ${height} piksel terlalu besar; paling besar ${PHOTO_SIDE} per sisi dan ${PHOTO_PIXELS / 1e6} juta piksel`,
    )
}
