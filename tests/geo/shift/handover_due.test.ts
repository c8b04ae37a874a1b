import { describe, expect, it } from 'vitest'
import { handoverDue, shiftToHandOver, type NoteHead } from '../../../geo/shift/handover_due.ts'

const wib = (text: string) => Date.parse(`2026-11-28T${text}:00+07:00`)
const note = (shift: NoteHead['shift'], acknowledged: boolean, day = '2026-11-28'): NoteHead => ({
  day,
  shift,
  written_by: 'operator:agen1',
  acknowledged,
})
const LONG_AGO = Date.parse('2026-01-01T00:00:00Z')
const due = (now: number, notes: NoteHead[], began_at: number | null = LONG_AGO) => handoverDue(now, notes, began_at)

describe('the note that is owed at a change of shift', () => {
  it('is of the shift before, until it is written and then until it is taken over', () => {
    expect(due(wib('09:00'), [])).toMatchObject({ what: 'write', day: '2026-11-27', shift: 'malam' })
    expect(due(wib('09:00'), [note('malam', false, '2026-11-27')])).toMatchObject({
      what: 'acknowledge',
      written_by: 'operator:agen1',
    })
    expect(due(wib('09:00'), [note('malam', true, '2026-11-27')])).toBeNull()
  })
  it('is of the shift on duty in its last half hour', () => {
    const before = note('malam', true, '2026-11-27')
    expect(due(wib('15:29'), [before])).toBeNull()
    expect(due(wib('15:30'), [before])).toMatchObject({ what: 'write', day: '2026-11-28', shift: 'pagi' })
    expect(due(wib('15:45'), [before, note('pagi', false)])).toBeNull()
    expect(shiftToHandOver(wib('15:45'))).toEqual({ day: '2026-11-28', shift: 'pagi' })
    expect(shiftToHandOver(wib('16:05'))).toEqual({ day: '2026-11-28', shift: 'pagi' })
  })
  it('asks nothing more of a shift before the last', () => {
    expect(due(wib('23:30'), [note('sore', true)])).toBeNull()
  })
  it('is not asked of a shift that was over before anything was logged, and is of the first one that worked', () => {
    expect(due(wib('09:00'), [], null)).toBeNull()
    expect(due(wib('09:00'), [], wib('08:00'))).toBeNull()
    expect(due(wib('09:00'), [], wib('07:59'))).toMatchObject({ what: 'write', shift: 'malam' })
    expect(due(wib('15:40'), [], wib('09:00'))).toMatchObject({ what: 'write', day: '2026-11-28', shift: 'pagi' })
    expect(due(wib('16:10'), [], wib('09:00'))).toMatchObject({ what: 'write', day: '2026-11-28', shift: 'pagi' })
    expect(due(wib('16:10'), [note('pagi', false)], wib('16:05'))).toMatchObject({ what: 'acknowledge' })
  })
})
