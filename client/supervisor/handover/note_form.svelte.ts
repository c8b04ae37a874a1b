import type { Handover } from '../../../geo/wire/handover.ts'

/** The note of the shift that hands over, as it is being written: it follows the one that is saved until somebody types. */
export class NoteForm {
  words = $state('')
  equipment = $state('')
  /** Something stands here that is not saved; the note of a shift later does not take its place either. */
  private typed = false
  private read_revision = 0

  /** To be called whenever the note may be another one, of this shift or of the next; null: none is written yet. */
  follow(note: Handover | null): void {
    if (this.typed) return
    this.words = note?.words ?? ''
    this.equipment = note?.equipment ?? ''
    this.read_revision = note?.revision ?? 0
  }

  /** A key changed something. Whoever empties the form wants to see what is saved. */
  typing(): void {
    this.typed = this.words + this.equipment !== ''
  }

  saved(note: Handover): void {
    this.typed = false
    this.follow(note)
  }

  /** What to send over `note`, which stands now: its revision is the one that was read, so that what somebody else wrote meanwhile is refused. */
  over(note: Handover | null): { words: string; equipment: string; revision: number } {
    const { words, equipment } = this
    return { words, equipment, revision: note === null ? 0 : this.read_revision }
  }
}
