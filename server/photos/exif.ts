const ORIENTATION = 0x0112
const SHORT = 3

/** Orientation 1 to 8 as an EXIF segment tells it, 1 when it tells none or cannot be read. `tiff` begins with the byte order. */
export function orientationOf(tiff: Buffer): number {
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return 1
  const u16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const at = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (at + 2 > tiff.length) return 1
  for (let i = 0, entry = at + 2; i < u16(at) && entry + 12 <= tiff.length; i++, entry += 12) {
    if (u16(entry) !== ORIENTATION || u16(entry + 2) !== SHORT) continue
    const value = u16(entry + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** An EXIF segment of JPEG (marker and length included) that says which way up, and nothing else. */
export function orientationSegment(orientation: number): Buffer {
  const segment = Buffer.alloc(36)
  segment.write('\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01', 0, 'latin1')
  segment.writeUInt16BE(ORIENTATION, 20)
  segment.writeUInt16BE(SHORT, 22)
  segment.writeUInt32BE(1, 24)
  segment.writeUInt16BE(orientation, 28)
  return segment
}
