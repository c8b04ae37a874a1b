import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Packed } from './file.ts'
import { FORMAT, formatLine, head, lastLine, tableLine, type Head, type LastLine } from './format.ts'

/** What a file is not. `message` is one line for people. */
export class BadBackup extends Error {}

/** Rows come as the texts they are in the file, each a JSON array. */
export type Piece =
  { head: Head } | { table: string; columns: string[] } | { table: string; rows: string[] } | { last: LastLine }

const NEW_LINE = 0x0a
const ROW = '['
/** Rows handed on together: by number, and by their characters. */
const ROWS_AT_ONCE = 1_000
const TEXT_AT_ONCE = 2_000_000
/** No row is longer: a photo of 5 MB is twice that as text. */
const LONGEST_LINE = 64 * 1024 * 1024

const damaged = (why: string) => new BadBackup(`Berkas cadangan rusak atau terpotong (${why}).`)

async function* linesOf(packed: Packed): AsyncGenerator<Buffer> {
  const text = pipeline(packed.stream(), createGunzip(), () => undefined)
  let begun: Buffer[] = []
  let held = 0
  let any = false
  try {
    for await (const part of text as AsyncIterable<Buffer>) {
      any = true
      let from = 0
      for (let at = part.indexOf(NEW_LINE); at >= 0; at = part.indexOf(NEW_LINE, from)) {
        const line = part.subarray(from, at)
        yield begun.length ? Buffer.concat([...begun, line]) : line
        begun = []
        held = 0
        from = at + 1
      }
      if (from === part.length) continue
      begun.push(part.subarray(from))
      held += part.length - from
      if (held > LONGEST_LINE) throw damaged('baris terlalu panjang')
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_DATA_ERROR' && !any)
      throw new BadBackup('Berkas ini bukan cadangan Siaga 112; mungkin rusak, atau masih terenkripsi.')
    throw code?.startsWith('Z_') ? damaged(code) : error
  }
  if (held > 0) throw damaged('baris terakhir tidak lengkap')
}

function headOf(line: string): Head {
  const format = formatLine.safeParse(parsed(line))
  if (!format.success) throw new BadBackup('Berkas ini bukan cadangan Siaga 112.')
  if (format.data.format > FORMAT)
    throw new BadBackup(
      `Cadangan ini berformat ${format.data.format}, lebih baru daripada program ini (${FORMAT}). Pasang versi program yang lebih baru.`,
    )
  const read = head.safeParse(parsed(line))
  if (!read.success) throw damaged('baris pertama')
  return read.data
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * A backup piece by piece, each held against the format; the last piece comes only where its counts and its hash are those of all that was read.
 * Throws {@link BadBackup}; what came before then is worth nothing.
 */
export async function* readPieces(packed: Packed): AsyncGenerator<Piece> {
  const hash = createHash('sha256')
  const counted: Record<string, number> = {}
  let first = true
  let table: string | null = null
  let last: LastLine | null = null
  let rows: string[] = []
  let held = 0
  for await (const bytes of linesOf(packed)) {
    if (last) throw damaged('sesudah baris terakhir')
    const line = bytes.toString()
    const isRow = line.startsWith(ROW)
    if (table !== null && rows.length && (!isRow || rows.length === ROWS_AT_ONCE || held > TEXT_AT_ONCE)) {
      yield { table, rows }
      rows = []
      held = 0
    }
    if (isRow) {
      if (table === null) throw damaged('baris tanpa tabel')
      counted[table]++
      held += line.length
      rows.push(line)
    } else if (first) {
      yield { head: headOf(line) }
      first = false
    } else {
      const opened = tableLine.safeParse(parsed(line))
      if (opened.success) {
        ;({ table } = opened.data)
        counted[table] ??= 0
        yield { table, columns: opened.data.columns }
      } else {
        const ended = lastLine.safeParse(parsed(line))
        if (!ended.success) throw damaged('baris tidak dikenal')
        last = ended.data
        if (last.sha256 !== hash.digest('hex')) throw damaged('isi tidak sesuai sidik jarinya')
        if (JSON.stringify(Object.entries(last.rows).sort()) !== JSON.stringify(Object.entries(counted).sort()))
          throw damaged('jumlah baris')
        continue
      }
    }
    hash.update(bytes).update('\n')
  }
  if (!last) throw damaged(first ? 'kosong' : 'akhirnya tidak ada')
  yield { last }
}

/** Reads all of it and answers its two ends. Throws {@link BadBackup}. */
export async function verifyBackup(packed: Packed): Promise<{ head: Head; last: LastLine }> {
  let found: Head | null = null
  for await (const piece of readPieces(packed)) {
    if ('head' in piece) found = piece.head
    if ('last' in piece && found) return { head: found, last: piece.last }
  }
  throw damaged('kosong')
}
