import type { Passage, ReplayLine, ReplayPositions } from '../../../geo/wire/replay.ts'
import type { Changes, Picture } from '../../state/picture.ts'

/** Something of a passage with its moment, epoch ms. */
export type Timed = { at: number; line: ReplayLine } | { at: number; fixes: ReplayPositions }

/** Lines and fixes of a passage in the order in which they happened. */
export function timed({ lines, positions }: Pick<Passage, 'lines' | 'positions'>): Timed[] {
  return [
    ...lines.map((line) => ({ at: Date.parse(line.at), line })),
    ...positions.map((fixes) => ({ at: Date.parse(fixes.at), fixes })),
  ].sort((a, b) => a.at - b.at)
}

/** Tells a picture what happened. Lines that told a picture nothing are not in a passage, so numbers have holes here that are none. */
export function play(picture: Picture, one: Timed): Changes {
  if ('fixes' in one)
    return picture.apply({ type: 'positions', server_time: one.fixes.at, positions: one.fixes.positions })
  picture.seq = one.line.seq - 1
  return picture.apply(one.line)
}
