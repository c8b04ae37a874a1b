import { crc32, createInflate } from 'node:zlib'
import { broken, need } from './fault.ts'
import type { CleanPhoto, Frame } from './clean.ts'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** Small chunks of a fixed size that say how to show the picture; all others beside the picture itself are left out. */
const KEPT: Record<string, (length: number) => boolean> = {
  gAMA: (n) => n === 4,
  cHRM: (n) => n === 32,
  sRGB: (n) => n === 1,
  tRNS: (n) => n >= 1 && n <= 256,
}
/** Channels by colour type, and the depths it may have. */
const COLOURS: Record<number, { channels: number; depths: number[] }> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}
/** Adam7: first column and row, and steps between columns and rows, of each pass. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

export const isPng = (bytes: Buffer) => bytes.subarray(0, 8).equals(SIGNATURE)

/** `frame` is checked (`fits`) before anything is unpacked. Texts, EXIF, times, profiles, animation and what stands behind the end are left out. */
export async function cleanPng(bytes: Buffer, fits: (frame: Frame) => void): Promise<CleanPhoto> {
  const parts: Buffer[] = [SIGNATURE]
  const data: Buffer[] = []
  let header: Buffer | null = null
  let palette = false
  for (let at = 8, ended = false; !ended;) {
    need(bytes, at, 12)
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    need(bytes, at, 12 + length)
    const chunk = bytes.subarray(at, at + 12 + length)
    const body = chunk.subarray(8, 8 + length)
    if (crc32(chunk.subarray(4, 8 + length)) !== chunk.readUInt32BE(8 + length)) throw broken('jumlah periksa')
    at += 12 + length
    if ((type === 'IHDR') !== (header === null)) throw broken('urutan bagian')
    if (type === 'IHDR') {
      if (length !== 13) throw broken('kepala gambar')
      header = body
      fits({ width: body.readUInt32BE(0), height: body.readUInt32BE(4) })
      parts.push(chunk)
    } else if (type === 'IDAT') {
      data.push(body)
      parts.push(chunk)
    } else if (type === 'PLTE') {
      if (palette || data.length > 0 || length === 0 || length % 3 !== 0 || length > 768) throw broken('palet')
      palette = true
      parts.push(chunk)
    } else if (type === 'IEND') {
      if (length !== 0) throw broken('akhir gambar')
      ended = true
      parts.push(chunk)
    } else if (KEPT[type]?.(length) && data.length === 0) parts.push(chunk)
    // A capital first letter: nobody may skip it, and nobody knows it.
    else if (/^[A-Z]/.test(type)) throw broken('bagian yang tidak dikenal')
  }
  if (!header) throw broken('kepala gambar')
  if (header[9] === 3 && !palette) throw broken('palet')
  await unpack(data, unpackedLength(header))
  return {
    kind: 'png',
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    bytes: Buffer.concat(parts),
  }
}

/** Bytes that the picture has once unpacked, the filter byte of each row included. */
function unpackedLength(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, colour, compression, filter, interlace] = header.subarray(8)
  const kind = COLOURS[colour]
  if (!kind?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) throw broken('kepala gambar')
  const plain = [[0, 0, 1, 1]]
  return (interlace ? PASSES : plain).reduce((sum, [x, y, dx, dy]) => {
    const [columns, rows] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)]
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * depth * kind.channels) / 8)) : sum
  }, 0)
}

/** Unpacks without keeping: more than the picture holds is a bomb, less is a torn one, and nothing may hide behind its end. */
function unpack(data: Buffer[], expected: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const inflate = createInflate({ chunkSize: 256 * 1024 })
    const packed = Buffer.concat(data)
    let unpacked = 0
    const refuse = () => {
      inflate.destroy()
      reject(broken('isi gambar'))
    }
    inflate.on('data', (chunk: Buffer) => {
      unpacked += chunk.length
      if (unpacked > expected) refuse()
    })
    inflate.on('error', refuse)
    inflate.on('end', () => (unpacked === expected && inflate.bytesWritten === packed.length ? resolve() : refuse()))
    inflate.end(packed)
  })
}
