/** Longest side of a photo as it is sent, in pixels: a page's width of detail, and some hundred kilobytes. */
export const SENT_SIDE = 2_000
const QUALITY = 0.85

/** Size at which a picture is sent: as it is, or its longest side made `SENT_SIDE`. */
export function sentSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, SENT_SIDE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * A photo as it is sent: drawn anew, upright, so that what the camera wrote beside the picture stays on this device. Null when the browser
 * cannot read it.
 */
export async function shrink(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return null
  const { width, height } = sentSize(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (context) {
    // What is transparent would turn black.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.drawImage(picture, 0, 0, width, height)
  }
  picture.close()
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}
