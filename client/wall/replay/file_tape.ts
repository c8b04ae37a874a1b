import { recording, type Recording, type Replay } from '../../../geo/wire/replay.ts'
import { Picture } from '../../state/picture.ts'
import { TapeError, type Tape } from './tape.ts'
import { play, timed } from './play.ts'

/** Reads a recording; throws {@link TapeError} where the text is none. */
export function fileTape(text: string, name: string): Tape {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw new TapeError('file')
  }
  const found = recording.safeParse(read)
  if (!found.success) throw new TapeError('file')
  return tapeOf(found.data, name)
}

function tapeOf(file: Recording, name: string): Tape {
  const [from, to] = [Date.parse(file.from), Date.parse(file.to)]
  const between = (low: number, high: number) => (one: { at: string }) =>
    Date.parse(one.at) > low && Date.parse(one.at) <= high
  return {
    name,
    from,
    to,
    async at(moment) {
      const at = Math.min(to, Math.max(from, moment))
      const picture = new Picture()
      picture.apply(file.start)
      for (const one of timed(file)) if (one.at <= at) play(picture, one)
      return pictured(file, picture, at)
    },
    passage: async (low, high) => ({
      from: new Date(low).toISOString(),
      until: new Date(high).toISOString(),
      lines: file.lines.filter(between(low, high)),
      positions: file.positions.filter(between(low, high)),
      next: null,
    }),
    marks: async (low, high) => ({
      from: new Date(low).toISOString(),
      to: new Date(high).toISOString(),
      marks: file.marks.filter(({ at }) => Date.parse(at) >= low && Date.parse(at) <= high),
      screens:
        file.screens?.filter(({ began_at, ended_at }) => Date.parse(began_at) <= high && Date.parse(ended_at) >= low) ??
        null,
      positions_kept_since: file.start.positions_kept_since,
      log_since: file.start.log_since,
    }),
    async find(number) {
      const asked = number.toUpperCase()
      const first = file.marks.find((mark) => mark.number === asked || mark.number.endsWith(asked))
      return first ? Date.parse(first.at) : null
    },
  }
}

const pictured = (file: Recording, picture: Picture, at: number): Replay => {
  const time = new Date(at).toISOString()
  return {
    ...file.start,
    at: time,
    server_time: time,
    seq: picture.seq,
    incidents: [...picture.incidents.values()],
    units: [...picture.units.values()],
    closures: [...picture.closures],
  }
}
