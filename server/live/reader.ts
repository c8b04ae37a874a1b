import type { LiveEvent } from '../../geo/wire/live.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { asHeard } from './event.ts'

/** One reader of the feed, whatever carries it. `send` must not block; it answers false when the reader is too slow. */
export interface Subscriber {
  role: Role
  send(text: string): boolean
  /** Says which log is read now; `continues` names the one that it goes on from without a line lost. */
  greet?(continues?: string): void
  /** Lets it go, so that it comes back. */
  drop?(): void
}

/** A line, and its text for each role: written once however many listen. */
export interface Told {
  seq: number
  text(role: Role): string
}

export interface Reader extends Subscriber {
  /** Lines up to here have been sent; null while its snapshot is being read, and lines wait. */
  sent_seq: number | null
  waiting: Told[]
  /** The incident types that it was told last, as JSON text; null: none on this socket yet. */
  types: string | null
}

export function saying(event: LiveEvent): Told {
  const texts = new Map<Role, string>()
  return {
    seq: event.seq,
    text(role) {
      const known = texts.get(role)
      if (known !== undefined) return known
      const text = JSON.stringify(asHeard(role, event))
      texts.set(role, text)
      return text
    },
  }
}

/** Sends a line as this reader's role hears it, keeps it while a snapshot is read, or leaves it out when it was sent. False: the reader is to go. */
export function deliver(reader: Reader, told: Told): boolean {
  if (reader.sent_seq === null) {
    reader.waiting.push(told)
    return true
  }
  if (told.seq <= reader.sent_seq) return true
  reader.sent_seq = told.seq
  return reader.send(told.text(reader.role))
}
