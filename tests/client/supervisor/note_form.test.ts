import { expect, it } from 'vitest'
import { NoteForm } from '../../../client/supervisor/handover/note_form.svelte.ts'
import { handover } from '../../../geo/wire/handover.ts'

const note = (over: object) =>
  handover.parse({
    id: '0193a5b0-0000-7000-8000-000000000001',
    day: '2026-11-28',
    shift: 'pagi',
    words: 'Jaga pintu air.',
    equipment: null,
    cases: [],
    written_by: 'account:sari',
    written_at: '2026-11-28T15:40:00+07:00',
    acknowledged_by: null,
    acknowledged_at: null,
    revision: 1,
    ...over,
  })

it('begins with what is saved, and empty again for the next shift', () => {
  const form = new NoteForm()
  form.follow(note({}))
  expect(form.over(note({}))).toEqual({ words: 'Jaga pintu air.', equipment: '', revision: 1 })
  form.words = 'Jaga pintu air, rob.'
  form.typing()
  form.saved(note({ words: form.words, revision: 2 }))
  form.follow(null)
  expect(form.over(null)).toEqual({ words: '', equipment: '', revision: 0 })
})

it('keeps what somebody types, and the revision it began from', () => {
  const form = new NoteForm()
  form.follow(note({}))
  form.words = 'Lain.'
  form.typing()
  const theirs = note({ words: 'Dari meja lain.', revision: 2 })
  form.follow(theirs)
  expect(form.over(theirs)).toEqual({ words: 'Lain.', equipment: '', revision: 1 })
  form.words = ''
  form.typing()
  form.follow(theirs)
  expect(form.over(theirs)).toEqual({ words: 'Dari meja lain.', equipment: '', revision: 2 })
})
