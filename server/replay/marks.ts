import type { ReplayMark, ReplayMarks } from '../../geo/wire/replay.ts'
import { iso, readHead, readScreens, type Past } from './past.ts'

/** More than a busy day has. */
const MOST = 5_000

/** What stands along the time line: changes of state and breaches as cases had them, and what the screens showed. */
export async function readMarks(past: Past, from: Date, to: Date): Promise<ReplayMarks> {
  const { db, simulated } = past
  const range = { from, to, simulated, limit: MOST }
  const states = await db.rows<Omit<ReplayMark, 'what'> & { state: ReplayMark['what'] }>('replay_marks', range)
  const breaches = await db.rows<Omit<ReplayMark, 'what'> & { stage: 'agent' | 'opd' }>('replay_breaches', range)
  const screens = await readScreens(past, from, to)
  const { positions_since, log_since } = await readHead(past, to)
  const marks = [
    ...states.map(({ state, at, ...of }): ReplayMark => ({ at: iso(at), what: state, ...of })),
    ...breaches.map(({ stage, at, ...of }): ReplayMark => ({ at: iso(at), what: `breached_${stage}`, ...of })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return {
    from: iso(from.getTime()),
    to: iso(to.getTime()),
    marks,
    screens,
    positions_kept_since: positions_since === null ? null : iso(positions_since),
    log_since: log_since === null ? null : iso(log_since),
  }
}
