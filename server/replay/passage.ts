import type { Position } from '../../geo/wire/masterdata.ts'
import type { Passage, ReplayLine, ReplayPositions } from '../../geo/wire/replay.ts'
import { invalid } from '../errors.ts'
import { asHeard, toLiveEvent, type LogRow } from '../live/event.ts'
import { iso, readHead, type Past } from './past.ts'

/** Of one page: a line is 3 to 5 kB, a fix 200 bytes. */
const LINES = 300
const FIXES = 4_000
const PAGE_MS = 600_000

/** Where a page begins: after this moment, after line `told` of the log, and after `written` of those with a passed clock. */
interface Cursor {
  at: number
  told: number
  written: number
}

const CURSOR = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/
const textOf = ({ at, told, written }: Cursor) => `${at}.${told}.${written}`

function cursorOf(text: string): Cursor {
  const found = CURSOR.exec(text)
  if (!found) throw invalid('next', 'bukan halaman dari jawaban sebelumnya')
  return { at: Number(found[1]), told: Number(found[2]), written: Number(found[3]) }
}

/** One page of what happened after `from` (or where `next` says) up to `to`: ten minutes at most. */
export async function readPassage(past: Past, from: Date, to: Date, map_hash: string, next?: string): Promise<Passage> {
  const { db, simulated } = past
  const cursor = next === undefined ? await begin(past, from) : cursorOf(next)
  if (cursor.at < from.getTime() || cursor.at > to.getTime()) throw invalid('next', 'di luar rentang from dan to')
  const limit = Math.min(to.getTime(), cursor.at + PAGE_MS)
  const end = await readHead(past, new Date(limit))
  const told = await db.rows<LogRow>('replay_lines', { after: cursor.told, until: end.seq, simulated, limit: LINES })
  const lines: { row: LogRow; at: number; told: boolean }[] = []
  // A line stands on the walls once all before it were recorded too.
  let stood = cursor.at
  for (const row of told) lines.push({ row, at: (stood = Math.max(stood, Date.parse(row.recorded_at))), told: true })
  let until = told.length === LINES ? stood : limit
  const written = simulated
    ? await db.rows<LogRow>('replay_written_lines', {
        from: new Date(cursor.at),
        after: cursor.written,
        to: new Date(until),
        simulated,
        limit: LINES,
      })
    : []
  for (const row of written) lines.push({ row, at: Date.parse(row.recorded_at), told: false })
  const last_written = written.length === LINES ? Date.parse(written[LINES - 1].recorded_at) : until
  const range = { from: new Date(cursor.at), simulated }
  const cut = await db.maybe<{ received_at: string }>('replay_positions_cut', {
    ...range,
    to: new Date(Math.min(until, last_written)),
    limit: FIXES,
  })
  until = Math.min(until, last_written, cut ? Date.parse(cut.received_at) : Infinity)
  const fixes = await db.rows<{ received_at: string; position: Position }>('replay_positions_between', {
    ...range,
    to: new Date(until),
  })
  const kept = lines.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
  const whole = until === limit && told.length < LINES && written.length < LINES && !cut
  const after: Cursor = {
    at: until,
    told: whole ? end.seq : (lastOf(kept, true) ?? cursor.told),
    written:
      lastOf(
        kept.filter(({ at }) => at === until),
        false,
      ) ?? (until === cursor.at ? cursor.written : 0),
  }
  return {
    from: iso(cursor.at),
    until: iso(until),
    lines: kept.flatMap(({ row, at }): ReplayLine[] => {
      const line = asHeard('screen', toLiveEvent(toldByScreens(row), simulated, map_hash))
      return line.kind === undefined ? [] : [{ ...line, at: iso(at) }]
    }),
    positions: coalesced(fixes),
    next: whole && limit === to.getTime() ? null : textOf(after),
  }
}

const begin = async (past: Past, from: Date): Promise<Cursor> => ({
  at: from.getTime(),
  told: (await readHead(past, from)).seq,
  // All that was written with the very clock of the begin is part of the picture there.
  written: 999_999_999_999_999,
})

const lastOf = (lines: readonly { row: LogRow; told: boolean }[], told: boolean) =>
  lines.findLast((line) => line.told === told)?.row.seq

/** What the demo wrote was told to nobody; a replay of the demo shows it as if it had been. */
const toldByScreens = (row: LogRow): LogRow => ({ ...row, actor: '' })

/** Fixes that came in together, as they came; one that is no later than what its unit had already is no news. */
function coalesced(rows: readonly { received_at: string; position: Position }[]): ReplayPositions[] {
  const told = new Map<string, Position[]>()
  const newest = new Map<string, number>()
  for (const { received_at, position } of rows) {
    const fix = Date.parse(position.fix_at)
    if (fix <= (newest.get(position.unit_id) ?? -Infinity)) continue
    newest.set(position.unit_id, fix)
    const at = iso(received_at)
    told.set(at, [...(told.get(at) ?? []).filter(({ unit_id }) => unit_id !== position.unit_id), position])
  }
  return Array.from(told, ([at, positions]) => ({ at, positions }))
}
