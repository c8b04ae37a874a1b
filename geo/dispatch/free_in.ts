import type { AssignmentStatus } from '../wire/primitives.ts'

/** An active assignment as far as it says when its unit is free again. Instants are epoch ms. */
export interface RunningJob {
  status: AssignmentStatus
  notified_at: number
  en_route_at: number | null
  on_scene_at: number | null
  eta_seconds: number | null
  turnout_seconds: number | null
  /** Of its incident's type: the median, or the planning value. */
  on_scene_seconds: number
}

const WORDS: Partial<Record<AssignmentStatus, string>> = {
  notified: 'baru diberi tahu',
  acknowledged: 'menerima tugas',
  en_route: 'di jalan',
  on_scene: 'di lokasi',
}

/**
 * Seconds until a busy unit should be done at its job, and the state it is in, in Indonesian: what is left of turn-out, drive and the usual time on scene.
 * What takes longer than usual counts as done any moment (0) and says so.
 */
export function freeIn(job: RunningJob, now: number): { seconds: number; state: string } {
  const left = (since: number, seconds: number) => Math.max(0, seconds - (now - since) / 1000)
  const state = WORDS[job.status] ?? job.status
  if (job.status === 'on_scene') {
    const seconds = left(job.on_scene_at ?? job.notified_at, job.on_scene_seconds)
    return { seconds, state: seconds === 0 ? `${state}, lewat perkiraan` : state }
  }
  const eta = job.eta_seconds ?? 0
  const arrives =
    job.en_route_at === null ? left(job.notified_at, (job.turnout_seconds ?? 0) + eta) : left(job.en_route_at, eta)
  return { seconds: arrives + job.on_scene_seconds, state }
}
