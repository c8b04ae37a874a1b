import { wibDay } from '../../geo/sla/shift.ts'
import type { Passage, Recording, ReplayLine } from '../../geo/wire/replay.ts'
import { BYTE_ORDER_MARK, csvLine, wib } from '../stats/csv.ts'
import { readMarks } from './marks.ts'
import { readPassage } from './passage.ts'
import { readHead, readPast, type Past } from './past.ts'

interface Range {
  from: Date
  to: Date
  map_hash: string
}

/**
 * A passage as one file, in pieces: nothing of it is held but one page. The fields stand in the order of the schema (geo/wire/replay.ts).
 */
export async function* recordingText(past: Past, range: Range, made_at: Date): AsyncGenerator<string> {
  const { from, to, map_hash } = range
  const { seq, hash } = await readHead(past, to)
  const head = {
    format: 'siaga-112-replay-1',
    made_at: made_at.toISOString(),
    from: from.toISOString(),
    to: to.toISOString(),
    end: { seq, hash },
    start: await readPast(past, from, map_hash),
  } satisfies Partial<Recording>
  yield JSON.stringify(head).slice(0, -1)
  const refreshed = new Set<string>()
  for (const part of ['lines', 'positions'] as const) {
    if (part === 'positions') yield* anewText(past, [...refreshed], map_hash)
    yield `,\n"${part}":[`
    let first = true
    for await (const page of pagesOf(past, range)) {
      if (page[part].length === 0) continue
      for (const line of page.lines) if (line.refresh) refreshed.add(line.at)
      yield (first ? '\n' : ',\n') + page[part].map((one) => JSON.stringify(one)).join(',\n')
      first = false
    }
    yield ']'
  }
  const { marks, screens } = await readMarks(past, from, to)
  yield `,\n"marks":${JSON.stringify(marks)},\n"screens":${JSON.stringify(screens)}}\n`
}

async function* anewText(past: Past, moments: readonly string[], map_hash: string): AsyncGenerator<string> {
  yield ',\n"anew":['
  for (const [i, at] of moments.entries())
    yield (i === 0 ? '\n' : ',\n') + JSON.stringify(await readPast(past, new Date(at), map_hash))
  yield ']'
}

async function* pagesOf(past: Past, { from, to, map_hash }: Range): AsyncGenerator<Passage> {
  for (let next: string | null | undefined; next !== null;) {
    const page = await readPassage(past, from, to, map_hash, next)
    yield page
    next = page.next
  }
}

const COLUMNS = [
  'at',
  'seq',
  'kind',
  'occurred_at',
  'number',
  'incident_type',
  'status',
  'kelurahan',
  'kecamatan',
] as const

/** The lines of a passage for a spreadsheet, oldest first, times in WIB; a case's number, type, state and place beside each. */
export async function* linesCsv(past: Past, range: Range): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS)
  for await (const { lines } of pagesOf(past, range)) if (lines.length > 0) yield lines.map(csvRow).join('')
}

function csvRow({ incident, at, occurred_at, ...line }: ReplayLine): string {
  const values = { ...incident, ...line, at: wib(at), occurred_at: occurred_at && wib(occurred_at) }
  return csvLine(COLUMNS.map((name) => values[name]))
}

const two = (n: number) => String(n).padStart(2, '0')

/** `siaga112-putar-ulang-2026-11-28-1300-1400-wib`, by WIB. */
export function recordingName(from: Date, to: Date): string {
  const clock = (at: Date) => {
    const wib = new Date(at.getTime() + 7 * 3_600_000)
    return `${two(wib.getUTCHours())}${two(wib.getUTCMinutes())}`
  }
  const [first, last] = [wibDay(from.getTime()), wibDay(to.getTime())]
  return `siaga112-putar-ulang-${first}-${clock(from)}-${first === last ? '' : `${last}-`}${clock(to)}-wib`
}
