import type { ComplaintRow } from '../../geo/wire/complaints.ts'
import type { Services } from '../services.ts'
import { createApi, Refused } from './api.ts'
import { inventComplaint, inventScores, nextComplaintStep } from './complaint_life.ts'
import { casesToAsk, isAsked } from './complaints.ts'
import { randomOf } from './random.ts'
import { sleep } from './sleep.ts'

/** Simulated seconds between new complaints, on average. */
const COMPLAINT_EVERY_S = 3 * 3_600
const TICK_MS = 20_000
/** A case is asked about once it has been closed for a while. */
const ASK_BACK_MS = 3_600_000

/**
 * Complaints and answers to the survey as they come in while the demo runs, over HTTP as any client. It goes on with those the demo itself
 * registered; a visitor's are his own. `surveys` asks about what history wrote meanwhile. Ends when the signal says so.
 */
export async function startComplaints(
  { db, config, log, now }: Services,
  options: { url: string; token: string; signal: AbortSignal; surveys: () => Promise<unknown> },
): Promise<void> {
  const { signal } = options
  const { seed, demo_speed } = config
  const api = createApi({ ...options, log })
  const random = randomOf(seed, now().getTime(), 'complaints')
  const own = new Set<string>()
  const wait = () => (random.wait(COMPLAINT_EVERY_S) * 1000) / demo_speed
  let next = now().getTime() + wait()

  /** A refusal means that somebody else was quicker: the next look shows how things stand. */
  const unlessRefused = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
      log.debug({ reason: error.message }, 'demo: refused')
    })

  while (!signal.aborted) {
    const at = now().getTime()
    if (at >= next) {
      next = at + wait()
      const { input } = inventComplaint(random, at)
      await api.post('/api/complaints', input)
      own.add(input.id)
    }
    for (const row of await api.get<ComplaintRow[]>('/api/complaints')) {
      if (!own.has(row.id) && !row.created_by.startsWith('demo:')) continue
      const { step, words, at: due } = nextComplaintStep(seed, row) ?? { at: Infinity }
      if (step !== undefined && due <= at)
        await unlessRefused(api.post(`/api/complaints/${row.id}/steps`, { step, words, revision: row.revision }))
    }
    await options.surveys()
    for (const number of await casesToAsk(db, at - ASK_BACK_MS, at))
      if (isAsked(seed, number)) await unlessRefused(askAbout(number))
    await sleep(TICK_MS, signal)
  }

  async function askAbout(number: string): Promise<void> {
    const { path } = await api.post<{ path: string }>('/api/surveys', { incident_number: number })
    const scores = inventScores(randomOf(seed, number, 'survey'))
    await api.post('/api/survey', { token: path.split('#')[1], scores, words: null })
  }
}
