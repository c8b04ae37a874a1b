import { z } from 'zod'
import type { Call as WireCall } from '../../../geo/wire/calls.ts'
import type { Course } from './course.ts'
import type { Fields, Intake } from './intake.ts'

/** A call that the server has not acknowledged, as this desk keeps it. */
export interface KeptCall {
  fields: Fields
  started_at: number
  call_id: string | null
  own_id: string
  key: string
  course: Course
  sent: Intake | null
  refused: boolean
  faults: Record<string, string>
  notice: string
  /** What a PBX told of it, without personal data. */
  pbx?: WireCall | null
  /** The server was not told of it. */
  untold?: boolean
  /** Its form was before the operator. */
  in_front?: boolean
}

const outline = z.looseObject({ key: z.string(), started_at: z.number(), fields: z.looseObject({}) })

/** A kept call as read; an older version of the page may have kept fewer fields, which then have their defaults. */
export const keptCall = z.custom<KeptCall>((value) => outline.safeParse(value).success)

/** Where unfinished calls are kept. One tab at a time has a call; what a tab leaves behind comes over to another. */
export interface Shelf {
  /** Hands over, now and later, what no other tab has. `mine`: it was this very tab's before a reload. */
  open(take: (kept: KeptCall, mine: boolean) => void): void
  /** Resolves once the newest word is kept, or cannot be. Never rejects. */
  keep(kept: KeptCall): Promise<void>
  /** Forgets it for good: the server holds it, or the operator threw it away. */
  drop(key: string): void
  /** Lets go of all calls; they stay kept. */
  close(): void
}
