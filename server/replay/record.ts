import { wibDay } from '../../geo/sla/shift.ts'
import type { Passage, Recording, ReplayLine } from '../../geo/wire/replay.ts'
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
  for (const part of ['lines', 'positions'] as const) {
    yield `,\n"${part}":[`
    let first = true
    for await (const page of pagesOf(past, range)) {
      if (page[part].length === 0) continue
      yield (first ? '\n' : ',\n') + page[part].map((one) => JSON.stringify(one)).join(',\n')
      first = false
    }
    yield ']'
  }
  const { marks, screens } = await readMarks(past, from, to)
  yield `,\n"marks":${JSON.stringify(marks)},\n"screens":${JSON.stringify(screens)}}\n`
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

/** The lines of a passage for a spreadsheet, oldest first; a case's number, type, state and place beside each. */
export async function* linesCsv(past: Past, range: Range): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\n`
  for await (const { lines } of pagesOf(past, range)) if (lines.length > 0) yield `${lines.map(csvRow).join('\n')}\n`
}

function csvRow({ incident, ...line }: ReplayLine): string {
  const values = { ...incident, ...line }
  return COLUMNS.map((name) => quoted(values[name])).join(',')
}

/** What a spreadsheet would take for a formula begins with a quote. */
const quoted = (value: string | number | null | undefined): string => {
  const text = String(value ?? '').replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
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
