import type { Passage, Replay, ReplayMarks } from '../../../geo/wire/replay.ts'

/** Why a moment cannot be shown, in words of text/; `reason` is the server's own. */
export class TapeError extends Error {
  constructor(
    readonly why: 'away' | 'refused' | 'invalid' | 'file',
    readonly reason = '',
  ) {
    super(`${why} ${reason}`)
  }
}

/** Where a replay comes from: the server's log, or a recording. Times are epoch ms. All of it throws {@link TapeError}. */
export interface Tape {
  /** A recording's name; null: the server itself. */
  readonly name: string | null
  /** The first and last moment it can show; null: not known, or as time goes. */
  readonly from: number | null
  readonly to: number | null
  at(moment: number): Promise<Replay>
  /** What happened after `from` up to `to`, page by page. */
  passage(from: number, to: number, next: string | null): Promise<Passage>
  marks(from: number, to: number): Promise<ReplayMarks>
  /** When a case by this number (or the end of it) was recorded; null: there is none. */
  find(number: string): Promise<number | null>
}
