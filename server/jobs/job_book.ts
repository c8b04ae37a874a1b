export const JOBS = ['housekeeping', 'awaited_locations', 'complaint_terms', 'erasure'] as const
export type Job = (typeof JOBS)[number]

interface Page {
  ok: number
  failed: number
  /** When it last ended, and whether well; null: not yet since the start. */
  ended_at: Date | null
  last_ok: boolean
}

/** What became of work that nobody waits for, for /metrics and /admin#health. */
export function createJobBook(now: () => Date) {
  const pages = Object.fromEntries(
    JOBS.map((job) => [job, { ok: 0, failed: 0, ended_at: null, last_ok: true }]),
  ) as unknown as Record<Job, Page>
  const note = (job: Job, ok: boolean) => {
    const page = pages[job]
    page[ok ? 'ok' : 'failed']++
    page.ended_at = now()
    page.last_ok = ok
  }
  return {
    pages: pages as Readonly<Record<Job, Readonly<Page>>>,
    note,
    /** Runs a job and notes how it ended; what it throws goes on. */
    async run<T>(job: Job, work: () => Promise<T>): Promise<T> {
      try {
        const result = await work()
        note(job, true)
        return result
      } catch (error) {
        note(job, false)
        throw error
      }
    },
  }
}
export type JobBook = ReturnType<typeof createJobBook>
