import pg from 'pg'
import type { Logger } from 'pino'
import { z } from 'zod'
import { createHosts } from './hosts.ts'
import { queries } from './sql.ts'

/**
 * Questions that a copy of the database may answer, by the names of their queries: what takes long and what nobody is sent by. Never what a
 * dispatch depends on, what a desk works with, who is let in, or anything that writes.
 */
const ELSEWHERE = new Set([
  ...['stats_agencies', 'stats_calls', 'stats_calls_by', 'stats_cells', 'stats_districts', 'stats_districts_before'],
  ...['stats_mix', 'stats_own', 'stats_performance', 'stats_points'],
  ...['hotspot_counts', 'hotspot_history', 'hotspot_points', 'hotspot_records'],
  ...['evaluation_areas', 'evaluation_days', 'evaluation_months', 'coverage_people', 'evaluation_quality'],
  ...['evaluation_rows', 'ledger', 'skm_scores', 'complaint_month', 'coverage_achieved'],
  ...['replay_breaches', 'replay_case', 'replay_closures', 'replay_head', 'replay_incidents', 'replay_lines'],
  ...['replay_marks', 'replay_needs', 'replay_positions', 'replay_positions_between', 'replay_positions_cut'],
  ...['replay_screens', 'replay_units', 'replay_written_lines'],
  ...['ogc_district_shapes', 'ogc_incidents'],
])
export const mayBeElsewhere = (query: string): boolean => ELSEWHERE.has(query) || query.startsWith('map_features_')

/** An answer must hold all that was written before it was asked for; so long it waits for the copy to have it. */
const WAIT_MS = 300
const FIRST_LOOK_MS = 2
/** One that was away or too far behind is asked again when it has caught up, looked at each second. */
const PROBE_MS = 1_000
const CONNECT_MS = 1_000

const caughtUp = z.object({ standby: z.boolean(), caught_up: z.boolean(), age_seconds: z.number().nullable() })
const primaryAt = z.object({ lsn: z.string().nullable(), log_id: z.string() })

export type StandbyState = 'ok' | 'lagging' | 'away'
type Question = { text: string; values: unknown[] }
type Row = Record<string, unknown>

/**
 * A streaming copy that takes long reads off the primary. Every answer is as new as the primary's: it is asked for only once it has replayed
 * all that the primary had on its disk when the question came, of the same history; else, and whenever it fails, the primary answers.
 */
export function createStandby(options: {
  url: string
  settings: pg.PoolConfig
  primary: (question: Question) => Promise<Row[]>
  log: Logger
}) {
  const hosts = createHosts(options.url, 'standby')
  const sockets = new Set<pg.Client>()
  class HostClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super({ ...(typeof config === 'object' ? config : {}), connectionString: hosts.url() })
      sockets.add(this)
      this.once('end', () => sockets.delete(this))
    }
  }
  const pool = new pg.Pool({ ...options.settings, Client: HostClient, connectionTimeoutMillis: CONNECT_MS, max: 8 })
  pool.on('error', () => undefined)
  hosts.onMove(() => sockets.forEach((client) => cut(client)))

  let state: StandbyState = 'ok'
  let age_seconds: number | null = null
  const answers = { standby: 0, primary: 0 }

  const ask = async (name: string, params: Row): Promise<Row[]> => {
    const query = queries.get(name)
    return (
      await pool.query<Row>(
        query?.text ?? '',
        query?.names.map((key) => params[key]),
      )
    ).rows
  }
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  /** Throws when it cannot be reached; false when it does not hold what the primary had at `at`, within `wait_ms`. */
  async function holds(at: z.infer<typeof primaryAt>, wait_ms: number): Promise<boolean> {
    if (at.lsn === null) return false
    const until = Date.now() + wait_ms
    for (let wait = FIRST_LOOK_MS; ; wait *= 2) {
      const told = caughtUp.parse((await ask('standby_caught_up', at))[0])
      // One that was promoted is no copy any more.
      if (!told.standby) throw new Error('not a standby any more')
      age_seconds = told.age_seconds
      if (told.caught_up) return true
      if (Date.now() + wait > until) return false
      await pause(wait)
    }
  }

  const primaryNow = async () =>
    primaryAt.parse((await options.primary({ text: queries.get('primary_lsn')?.text ?? '', values: [] }))[0])

  function fail(next: StandbyState, error?: unknown): void {
    if (state === 'ok') options.log.warn({ err: error }, `the standby is ${next}: the primary answers for it`)
    state = next
    if (next === 'away') hosts.doubt()
  }

  let probing = false
  const timer = setInterval(() => {
    if (state === 'ok' || probing) return
    probing = true
    void primaryNow()
      .then((at) => holds(at, WAIT_MS))
      .then((yes) => (state = yes ? 'ok' : 'lagging'))
      .catch((error: unknown) => fail('away', error))
      .finally(() => (probing = false))
  }, PROBE_MS).unref()

  return {
    look: hosts.look,
    /** The standby's answer; null when the primary is to be asked. */
    async rows(question: Question): Promise<Row[] | null> {
      if (state !== 'ok') {
        answers.primary++
        return null
      }
      const at = await primaryNow()
      try {
        if (await holds(at, WAIT_MS)) {
          const { rows } = await pool.query<Row>(question.text, question.values)
          answers.standby++
          return rows
        }
        fail('lagging')
      } catch (error) {
        // A read that the replay of a clean-up ended (40001) is no fault of the way there.
        if ((error as { code?: string }).code !== '40001') fail('away', error)
      }
      answers.primary++
      return null
    },
    get state() {
      return state
    },
    /** Seconds since the last commit that it had replayed when it was last asked; a quiet night makes it large. */
    get age_seconds() {
      return age_seconds
    },
    answers,
    async close() {
      clearInterval(timer)
      hosts.stop()
      await pool.end()
    },
  }
}
export type Standby = ReturnType<typeof createStandby>

/** Ends a connection at once, whatever waits on it: that fails. */
export function cut(client: pg.Client): void {
  ;(client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy()
}
