import { orientationOf, orientationSegment } from './exif.ts'
import { broken, need } from './fault.ts'
import type { CleanPhoto } from './clean.ts'

const SOF = new Set([0xc0, 0xc1, 0xc2])
const [DHT, SOI, EOI, SOS, DQT, DRI, APP0, APP1, APP14] = [0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe0, 0xe1, 0xee]
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7
const isApp = (marker: number) => marker >= APP0 && marker <= 0xef
const COM = 0xfe
const JFIF = Buffer.from('ffe000104a46494600010100000100010000', 'hex')

export const isJpeg = (bytes: Buffer) => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff

/**
 * Reads a JPEG segment by segment and writes it anew from those that make the picture: tables, frame, scans. All that an application may
 * put in (EXIF with its place and its small copy of the picture, XMP, IPTC, colour profiles, comments, further pictures and whatever stands
 * behind the end) is left out; of EXIF only which way up is kept. What a browser cannot show (arithmetic, lossless, 12 bits) is refused.
 */
export function cleanJpeg(bytes: Buffer): CleanPhoto {
  const parts: Buffer[] = []
  let frame: { width: number; height: number; components: number } | null = null
  let orientation = 1
  let adobe: Buffer | null = null
  const has = { quantisation: false, huffman: false, scan: false }
  for (let at = 2; ;) {
    need(bytes, at, 2)
    if (bytes[at] !== 0xff) throw broken('penanda tidak ditemukan')
    if (bytes[at + 1] === 0xff) {
      at++
      continue
    }
    const marker = bytes[at + 1]
    if (marker === EOI) break
    if (marker === SOI || marker === 0 || marker === 1 || isRestart(marker))
      throw broken('penanda tidak pada tempatnya')
    need(bytes, at, 4)
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2) throw broken('panjang bagian')
    need(bytes, at + 2, length)
    const segment = bytes.subarray(at, at + 2 + length)
    const body = segment.subarray(4)
    at += 2 + length
    if (SOF.has(marker)) {
      if (frame) throw broken('lebih dari satu gambar')
      frame = readFrame(body)
      parts.push(segment)
    } else if (marker === SOS) {
      if (!frame || !has.quantisation || !has.huffman || body.length !== 4 + 2 * body[0] || body[0] > frame.components)
        throw broken('urutan bagian')
      const end = scanEnd(bytes, at)
      if (end === at) throw broken('tanpa isi gambar')
      parts.push(segment, bytes.subarray(at, end))
      has.scan = true
      at = end
    } else if (marker === DQT || marker === DHT || marker === DRI) {
      if (marker === DQT) has.quantisation = true
      if (marker === DHT) has.huffman = true
      parts.push(segment)
    } else if (marker === APP1 && !frame && body.toString('latin1', 0, 6) === 'Exif\0\0') {
      orientation = orientationOf(body.subarray(6))
    } else if (marker === APP14 && body.length === 12 && body.toString('latin1', 0, 5) === 'Adobe') {
      // How colours are coded; twelve bytes without room for words.
      adobe = segment
    } else if (!isApp(marker) && marker !== COM) throw broken('bagian yang tidak dikenal')
  }
  if (!frame || !has.scan) throw broken('tanpa isi gambar')
  const head = [
    Buffer.from([0xff, SOI]),
    ...(adobe ? [] : [JFIF]),
    ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
    ...(adobe ? [adobe] : []),
  ]
  const { width, height } = frame
  return { kind: 'jpeg', width, height, bytes: Buffer.concat([...head, ...parts, Buffer.from([0xff, EOI])]) }
}

function readFrame(body: Buffer) {
  need(body, 0, 6)
  const components = body[5]
  if (body[0] !== 8 || ![1, 3, 4].includes(components) || body.length !== 6 + 3 * components)
    throw broken('jenis JPEG yang tidak dapat ditampilkan')
  return { height: body.readUInt16BE(1), width: body.readUInt16BE(3), components }
}

/** Where coded data ends: at the next marker that is neither a stuffed byte nor a restart. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    need(bytes, at, 2)
    const next = bytes[at + 1]
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at
  }
  throw broken('berakhir di tengah')
}
