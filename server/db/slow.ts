import type { Logger } from 'pino'

/** Told of each statement by the database's executors: the file in sql/queries, its milliseconds, the rows it answered (null: it failed). */
export type OnQuery = (name: string, ms: number, rows: number | null) => void

export interface SlowQueries {
  onQuery: OnQuery
  /** Slow ones since the start, by the name of their file. */
  readonly counts: ReadonlyMap<string, number>
  /** The last of them; null: none yet. */
  readonly last: { name: string; ms: number; at: Date } | null
}

/** Tells statements that took `threshold_ms` or longer to the log, by name: values of parameters may be somebody's. */
export function watchSlowQueries(log: Logger, threshold_ms: number): SlowQueries {
  const counts = new Map<string, number>()
  let last: SlowQueries['last'] = null
  return {
    counts,
    get last() {
      return last
    },
    onQuery(name, ms, rows) {
      if (ms < threshold_ms) return
      counts.set(name, (counts.get(name) ?? 0) + 1)
      last = { name, ms: Math.round(ms), at: new Date() }
      log.warn({ query: name, ms: Math.round(ms), rows }, 'slow query')
    },
  }
}
