import { broken, need } from './fault.ts'
import type { CleanPhoto, Frame } from './clean.ts'

const ALPHA = 0x10
const ANIMATED = 0x02

export const isWebp = (bytes: Buffer) =>
  bytes.length >= 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'

/** Writes the picture anew from its one frame and its transparency; EXIF, XMP, profiles and what stands behind the end are left out. Animations are refused. */
export function cleanWebp(bytes: Buffer): CleanPhoto {
  const size = bytes.readUInt32LE(4)
  need(bytes, 8, size)
  const riff = bytes.subarray(0, 8 + size)
  const found = new Map<string, Buffer>()
  for (let at = 12; at < riff.length;) {
    need(riff, at, 8)
    const type = riff.toString('latin1', at, at + 4)
    const length = riff.readUInt32LE(at + 4)
    need(riff, at + 8, length)
    if (['VP8 ', 'VP8L', 'VP8X', 'ALPH'].includes(type)) {
      if (found.has(type)) throw broken('lebih dari satu gambar')
      found.set(type, riff.subarray(at + 8, at + 8 + length))
    } else if (type === 'ANIM' || type === 'ANMF') throw broken('gambar bergerak')
    at += 8 + length + (length % 2)
  }
  const [lossy, lossless, extended, alpha] = ['VP8 ', 'VP8L', 'VP8X', 'ALPH'].map((type) => found.get(type))
  if (!lossy === !lossless) throw broken('tanpa isi gambar')
  const frame = lossy ? lossyFrame(lossy) : losslessFrame(lossless ?? Buffer.alloc(0))
  if (extended) {
    if (extended.length !== 10 || extended[0] & ANIMATED) throw broken('gambar bergerak')
    if (extended.readUIntLE(4, 3) + 1 !== frame.width || extended.readUIntLE(7, 3) + 1 !== frame.height)
      throw broken('ukuran')
  } else if (alpha) throw broken('urutan bagian')
  const parts = lossy
    ? alpha
      ? [chunk('VP8X', canvas(frame)), chunk('ALPH', alpha), chunk('VP8 ', lossy)]
      : [chunk('VP8 ', lossy)]
    : [chunk('VP8L', lossless ?? Buffer.alloc(0))]
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts])
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return { kind: 'webp', ...frame, bytes: Buffer.concat([head, body]) }
}

function chunk(type: string, body: Buffer): Buffer {
  const made = Buffer.alloc(8 + body.length + (body.length % 2))
  made.write(type, 0, 'latin1')
  made.writeUInt32LE(body.length, 4)
  body.copy(made, 8)
  return made
}

function canvas({ width, height }: Frame): Buffer {
  const made = Buffer.alloc(10)
  made[0] = ALPHA
  made.writeUIntLE(width - 1, 4, 3)
  made.writeUIntLE(height - 1, 7, 3)
  return made
}

/** A key frame of VP8 (RFC 6386, 9.1); its first partition has to be whole. */
function lossyFrame(data: Buffer): Frame {
  need(data, 0, 10)
  const tag = data.readUIntLE(0, 3)
  if (tag & 1 || data.readUIntBE(3, 3) !== 0x9d012a) throw broken('kepala gambar')
  need(data, 10, tag >> 5)
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff }
}

function losslessFrame(data: Buffer): Frame {
  need(data, 0, 5)
  const bits = data.readUInt32LE(1)
  if (data[0] !== 0x2f || bits >>> 29 !== 0) throw broken('kepala gambar')
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
