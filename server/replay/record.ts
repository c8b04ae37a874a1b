import { wibDay } from '../../geo/sla/shift.ts'
import type { Recording, ReplayLine } from '../../geo/wire/replay.ts'
import { readMarks } from './marks.ts'
import { readPassage } from './passage.ts'
import { readHead, readPast, readScreens, type Past } from './past.ts'

/**
 * A passage as one file, written piece by piece through `write`, which may make it wait: nothing of it is held but one page. The fields stand in
 * the order of the schema (geo/wire/replay.ts).
 */
export async function writeRecording(
  past: Past,
  { from, to, made_at, map_hash }: { from: Date; to: Date; made_at: Date; map_hash: string },
  write: (text: string) => Promise<void>,
): Promise<void> {
  const { seq, hash } = await readHead(past, to)
  const head = {
    format: 'siaga-112-replay-1',
    made_at: made_at.toISOString(),
    from: from.toISOString(),
    to: to.toISOString(),
    end: { seq, hash },
    start: await readPast(past, from, map_hash),
  } satisfies Partial<Recording>
  await write(JSON.stringify(head).slice(0, -1))
  for (const part of ['lines', 'positions'] as const) {
    await write(`,\n"${part}":[`)
    let first = true
    for (let next: string | null | undefined; next !== null;) {
      const page = await readPassage(past, from, to, map_hash, next)
      for (const one of page[part]) {
        await write(`${first ? '' : ','}\n${JSON.stringify(one)}`)
        first = false
      }
      next = page.next
    }
    await write(']')
  }
  const { marks } = await readMarks(past, from, to)
  const screens = await readScreens(past, from, to)
  await write(`,\n"marks":${JSON.stringify(marks)},\n"screens":${JSON.stringify(screens)}}\n`)
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
export async function writeLinesCsv(
  past: Past,
  { from, to, map_hash }: { from: Date; to: Date; map_hash: string },
  write: (text: string) => Promise<void>,
): Promise<void> {
  await write(`${COLUMNS.join(',')}\n`)
  for (let next: string | null | undefined; next !== null;) {
    const page = await readPassage(past, from, to, map_hash, next)
    for (const line of page.lines) await write(`${csvRow(line)}\n`)
    next = page.next
  }
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
