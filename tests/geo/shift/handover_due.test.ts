import { describe, expect, it } from 'vitest'
import { handoverDue, shiftToHandOver, type NoteHead } from '../../../geo/shift/handover_due.ts'

const wib = (text: string) => Date.parse(`2026-11-28T${text}:00+07:00`)
const note = (shift: NoteHead['shift'], acknowledged: boolean, day = '2026-11-28'): NoteHead => ({
  day,
  shift,
  written_by: 'operator:agen1',
  acknowledged,
})

describe('the note that is owed at a change of shift', () => {
  it('is of the shift before, until it is written and then until it is taken over', () => {
    expect(handoverDue(wib('09:00'), [])).toMatchObject({ what: 'write', day: '2026-11-27', shift: 'malam' })
    expect(handoverDue(wib('09:00'), [note('malam', false, '2026-11-27')])).toMatchObject({
      what: 'acknowledge',
      written_by: 'operator:agen1',
    })
    expect(handoverDue(wib('09:00'), [note('malam', true, '2026-11-27')])).toBeNull()
  })
  it('is of the shift on duty in its last half hour', () => {
    const before = note('malam', true, '2026-11-27')
    expect(handoverDue(wib('15:29'), [before])).toBeNull()
    expect(handoverDue(wib('15:30'), [before])).toMatchObject({ what: 'write', day: '2026-11-28', shift: 'pagi' })
    expect(handoverDue(wib('15:45'), [before, note('pagi', false)])).toBeNull()
    expect(shiftToHandOver(wib('15:45'))).toEqual({ day: '2026-11-28', shift: 'pagi' })
    expect(shiftToHandOver(wib('16:05'))).toEqual({ day: '2026-11-28', shift: 'pagi' })
  })
  it('asks nothing more of a shift before the last', () => {
    expect(handoverDue(wib('23:30'), [note('sore', true)])).toBeNull()
  })
})
