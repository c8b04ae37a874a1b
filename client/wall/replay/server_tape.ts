import type { z } from 'zod'
import { passage, replay, replayCase, replayMarks } from '../../../geo/wire/replay.ts'
import { ask, reasonOf } from '../../state/api.ts'
import { TapeError, type Tape } from './tape.ts'

const time = (at: number) => encodeURIComponent(new Date(at).toISOString())

async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await ask('GET', path, schema)
  if (answer.ok) return answer.value
  if (answer.away) throw new TapeError('away')
  throw new TapeError([401, 403].includes(answer.status) ? 'refused' : 'invalid', reasonOf(answer.problem))
}

/** The log of the server this page came from. */
export const serverTape: Tape = {
  name: null,
  from: null,
  to: null,
  at: (moment) => get(`/api/replay?at=${time(moment)}`, replay),
  passage: (from, to, next) =>
    get(`/api/replay/passage?from=${time(from)}&to=${time(to)}${next === null ? '' : `&next=${next}`}`, passage),
  marks: (from, to) => get(`/api/replay/marks?from=${time(from)}&to=${time(to)}`, replayMarks),
  async find(number) {
    try {
      return Date.parse((await get(`/api/replay/case?number=${encodeURIComponent(number)}`, replayCase)).from)
    } catch (error) {
      if (error instanceof TapeError && error.why === 'invalid') return null
      throw error
    }
  },
}
