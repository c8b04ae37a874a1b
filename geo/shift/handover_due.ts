import { shiftAt, type ShiftName } from '../sla/shift.ts'

/** The outgoing shift may write from this long before its end. */
export const WRITE_BEFORE_MS = 30 * 60_000

export interface NoteHead {
  day: string
  shift: ShiftName
  written_by: string
  acknowledged: boolean
}

/** A note that is owed now: of the shift that is ending, or of the one before it. */
export interface HandoverDue {
  what: 'write' | 'acknowledge'
  day: string
  shift: ShiftName
  /** Who wrote what waits; null: nobody yet. */
  written_by: string | null
}

/**
 * What hand-over is owed at `now` (epoch ms): the note of the shift before this one, until it is written and acknowledged; in the
 * last half hour also the note of the shift on duty. Null: nothing. A shift that is over by more than one is not asked for any more, nor
 * one that was over before the log's first line, at `began_at` (epoch ms; null: the log is empty): nobody worked here then.
 */
export function handoverDue(now: number, notes: readonly NoteHead[], began_at: number | null): HandoverDue | null {
  const here = shiftAt(now)
  const before = shiftAt(here.starts_at - 1)
  const noteOf = ({ day, shift }: { day: string; shift: ShiftName }) =>
    notes.find((note) => note.day === day && note.shift === shift)
  const told = noteOf(before)
  const worked = began_at !== null && began_at < here.starts_at
  if (!told && worked) return { what: 'write', day: before.day, shift: before.shift, written_by: null }
  if (told && !told.acknowledged)
    return { what: 'acknowledge', day: before.day, shift: before.shift, written_by: told.written_by }
  if (here.ends_at - now > WRITE_BEFORE_MS || noteOf(here)) return null
  return { what: 'write', day: here.day, shift: here.shift, written_by: null }
}

/** The shift whose note is written now: the one on duty in its last half hour, else the one before it. */
export function shiftToHandOver(now: number): { day: string; shift: ShiftName } {
  const here = shiftAt(now)
  const { day, shift } = here.ends_at - now <= WRITE_BEFORE_MS ? here : shiftAt(here.starts_at - 1)
  return { day, shift }
}
