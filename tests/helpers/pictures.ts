import { crc32, deflateSync } from 'node:zlib'

/** A JPEG of 8x8 pixels in one grey tone; whole, with nothing beside the picture. */
const table = (id: string) => `ffc40014${id}01${'00'.repeat(15)}00`
const GREY_JPEG = Buffer.from(
  `ffd8ffdb004300${'01'.repeat(64)}ffc0000b080008000801011100${table('00')}${table('10')}ffda0008010100003f003fffd9`,
  'hex',
)
const segment = (marker: number, body: Buffer) => {
  const made = Buffer.alloc(4 + body.length)
  made.writeUInt16BE(0xff00 | marker, 0)
  made.writeUInt16BE(2 + body.length, 2)
  body.copy(made, 4)
  return made
}

/** EXIF as a phone writes it: which way up (`orientation`), its name, and a place in a GPS directory. */
export function exif(orientation = 6, words = 'Telepon Petugas'): Buffer {
  const name = Buffer.from(`${words}\0`.padEnd(16, '\0'))
  const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4 + name.length + 2 + 2 * 12 + 4 + 48)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at)
    tiff.writeUInt16LE(type, at + 2)
    tiff.writeUInt32LE(count, at + 4)
    tiff.writeUInt32LE(value, at + 8)
  }
  const [name_at, gps_at] = [50, 66]
  tiff.writeUInt16LE(3, 8)
  entry(10, 0x0110, 2, name.length, name_at)
  entry(22, 0x0112, 3, 1, orientation)
  entry(34, 0x8825, 4, 1, gps_at)
  name.copy(tiff, name_at)
  tiff.writeUInt16LE(2, gps_at)
  entry(gps_at + 2, 1, 2, 2, 'S'.charCodeAt(0))
  entry(gps_at + 14, 2, 5, 3, gps_at + 30)
  // 6° 53' 29.5" S
  ;[6, 1, 53, 1, 295, 10].forEach((value, i) => tiff.writeUInt32LE(value, gps_at + 30 + 4 * i))
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
}

export const SECRET = 'Jalan-Rahasia-7'
/** A JPEG as a phone makes it, with every place somebody's words or position may stand in; `tone` makes photos differ. */
export function phoneJpeg({ orientation = 6, tone = 0 } = {}): Buffer {
  const bytes = Buffer.from(GREY_JPEG)
  bytes[7 + (tone % 60)] = 2 + Math.floor(tone / 60)
  return Buffer.concat([
    bytes.subarray(0, 2),
    segment(0xe1, exif(orientation, SECRET)),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}</x:xmpmeta>`, 'latin1')),
    segment(0xe2, Buffer.from(`ICC_PROFILE\0${SECRET}`, 'latin1')),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${SECRET}`, 'latin1')),
    segment(0xfe, Buffer.from(`<script>${SECRET}</script>`)),
    bytes.subarray(2),
    Buffer.from(`${SECRET} behind the end`),
  ])
}

const chunk = (type: string, body: Buffer) => {
  const made = Buffer.alloc(12 + body.length)
  made.writeUInt32BE(body.length, 0)
  made.write(type, 4, 'latin1')
  body.copy(made, 8)
  made.writeUInt32BE(crc32(made.subarray(4, 8 + body.length)), 8 + body.length)
  return made
}
/** A PNG in RGB; `rows` are those that are really packed, when it is to be torn or a bomb. */
export function png(width: number, height: number, rows = height, words = ''): Buffer {
  const header = Buffer.from('00000000000000000802000000', 'hex')
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...(words ? [chunk('tEXt', Buffer.from(`Comment\0${words}`)), chunk('eXIf', exif().subarray(6))] : []),
    chunk('IDAT', deflateSync(Buffer.alloc(rows * (1 + 3 * width), 0))),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(words),
  ])
}

const riff = (...chunks: [string, Buffer][]) => {
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    ...chunks.flatMap(([type, data]) => {
      const head = Buffer.alloc(8)
      head.write(type, 0, 'latin1')
      head.writeUInt32LE(data.length, 4)
      return [head, data, Buffer.alloc(data.length % 2)]
    }),
  ])
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
/** One pixel without loss, as browsers make it. */
const VP8L = Buffer.from('2f00000000075010fd8ffe072221fa1f', 'hex')
/** The same in a container with EXIF and XMP, as an editor writes it. */
export function webp(words = ''): Buffer {
  if (!words) return riff(['VP8L', VP8L])
  const canvas = Buffer.alloc(10)
  canvas[0] = 0x0c
  return riff(['VP8X', canvas], ['VP8L', VP8L], ['EXIF', exif(1, words)], ['XMP ', Buffer.from(words)])
}
export const animatedWebp = () => riff(['VP8X', Buffer.from('02000000000000000000', 'hex')], ['ANIM', Buffer.alloc(6)])
