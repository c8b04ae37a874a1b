import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { lastBackupAt } from '../backup/note.ts'
import type { SlowQueries } from '../db/slow.ts'
import type { Services } from '../services.ts'

interface Positions {
  units: number
  placed: number
  median_age_seconds: number | null
  oldest_age_seconds: number | null
}
interface Open {
  open: number
  agent_breached: number
  opd_breached: number
}
/** Lines written with a passed clock (the demo's past) say nothing of how fast lines are sent. */
const LIVE_SECONDS = 600

/** Prometheus figures of the service as its operator needs them: cases, positions, the way of a line to the screens, the database, jobs. */
export function measureService(
  registry: Registry,
  { services, slow }: { services: Pick<Services, 'db' | 'now' | 'simulated' | 'intake' | 'jobs'>; slow: SlowQueries },
) {
  const { db, now, simulated, intake, jobs } = services
  const registers = [registry]

  /** One question for several gauges; a database that is away must not take the other figures with it: the gauge is then absent. */
  function asked<Row extends object>(query: string) {
    let running: Promise<Row | null> | null = null
    const read = () =>
      (running ??= db
        .one<Row>(query, { now: now(), simulated })
        .catch(() => null)
        .finally(() => (running = null)))
    return (name: string, help: string, of: (row: Row) => number | null) =>
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.reset()
          const row = await read()
          const value = row && of(row)
          if (value === null) this.remove()
          else this.set(value)
        },
      })
  }
  const open = asked<Open>('health_open')
  open('siaga_incidents_open', 'Incidents that are open', ({ open }) => open)
  open(
    'siaga_incidents_agent_breached',
    'Open incidents past the limit of the agent stage',
    (row) => row.agent_breached,
  )
  open('siaga_incidents_opd_breached', 'Open incidents past the limit of the OPD stage', (row) => row.opd_breached)
  const units = asked<Positions>('health_positions')
  new Gauge({
    name: 'siaga_backup_age_seconds',
    help: 'Seconds since the last backup that was noted was made; absent when none was',
    registers,
    async collect() {
      this.reset()
      const made_at = await lastBackupAt(db).catch(() => null)
      if (made_at === null) this.remove()
      else this.set(Math.max(0, (now().getTime() - Date.parse(made_at)) / 1000))
    },
  })
  units('siaga_units_on_duty', 'Units on duty', (row) => row.units)
  units('siaga_units_positioned', 'Units on duty that ever sent a position', ({ placed }) => placed)
  units(
    'siaga_unit_fix_age_median_seconds',
    'Median age of the last position of units on duty',
    (row) => row.median_age_seconds,
  )
  units(
    'siaga_unit_fix_age_oldest_seconds',
    'Age of the oldest last position of a unit on duty',
    (row) => row.oldest_age_seconds,
  )

  const counted = (name: string, help: string, label: string, of: () => Iterable<readonly [string, number]>) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        this.reset()
        for (const [value, n] of of()) this.inc({ [label]: value }, n)
      },
    })
  counted('siaga_positions_total', 'Positions that came in since the start, by what became of them', 'outcome', () =>
    Object.entries(intake.outcomes),
  )
  counted(
    'siaga_slow_queries_total',
    'Statements that took SLOW_QUERY_MS or longer, by their file in sql/queries',
    'query',
    () => slow.counts,
  )
  new Counter({
    name: 'siaga_job_runs_total',
    help: 'Runs of work that nobody waits for, by job and how they ended',
    labelNames: ['job', 'outcome'],
    registers,
    collect() {
      this.reset()
      for (const [job, { ok, failed }] of Object.entries(jobs.pages)) {
        this.inc({ job, outcome: 'ok' }, ok)
        this.inc({ job, outcome: 'failed' }, failed)
      }
    },
  })
  new Gauge({
    name: 'siaga_database_connections',
    help: 'Connections of this server to the database, by what they do; waiting: questions that have none yet',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, n] of Object.entries(db.connections())) this.set({ state }, n)
    },
  })
  const delay = new Histogram({
    name: 'siaga_event_delay_seconds',
    help: 'From the commit of a line of the log to its being sent to the readers of this server',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30],
    registers,
  })
  const dropped = new Counter({
    name: 'siaga_live_dropped_total',
    help: 'Readers of the live feed let go because they read too slowly; they come back and catch up',
    registers,
  })
  return {
    /** A line is sent now that was recorded then. */
    lineSent(recorded_at: string): void {
      const seconds = (now().getTime() - Date.parse(recorded_at)) / 1000
      if (seconds < LIVE_SECONDS) delay.observe(Math.max(0, seconds))
    },
    dropped: () => dropped.inc(),
  }
}
