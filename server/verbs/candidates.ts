import type { CandidateUnit } from '../../geo/dispatch/types.ts'
import type { Executor } from '../db/database.ts'
import type { RunningAssignment } from './jobs.ts'

/** A unit, and the assignment of a busy one (server/verbs/jobs.ts makes a Job of it). */
export type Candidate = CandidateUnit & { assignment: RunningAssignment | null }

/**
 * Reads all candidates, each position's age as of the reading. Who asks while a reading is under way shares the one that starts
 * after it, so fifty at once are answered by two readings, and nobody by one from before he asked. What it answers is shared:
 * leave it as it is.
 */
export type ReadCandidates = () => Promise<readonly Candidate[]>

/** As sql/queries/dispatch_candidates.sql writes it; `fix_ms` is when the position was taken, epoch ms. */
type Written = Candidate & { fix_ms: number | null }

export function createCandidates(db: Executor, simulated: boolean, now: () => Date): ReadCandidates {
  let running: Promise<readonly Candidate[]> | null = null
  let next: Promise<readonly Candidate[]> | null = null

  async function read(): Promise<readonly Candidate[]> {
    const units = JSON.parse(await db.value<string>('dispatch_candidates', { simulated })) as Written[]
    const at = now().getTime()
    for (const unit of units)
      unit.position_age_seconds = unit.fix_ms === null ? null : Math.max(0, (at - unit.fix_ms) / 1000)
    return units
  }

  function start(): Promise<readonly Candidate[]> {
    next = null
    const reading = read()
    const over = () => {
      if (running === reading) running = null
    }
    running = reading
    reading.then(over, over)
    return reading
  }
  return () => (running ? (next ??= running.then(start, start)) : start())
}
