import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Database } from './database.ts'
import { functionsHash } from './migrate.ts'
import type { StandbyState } from './standby.ts'

/** What `/health/ready` says of the databases and of other servers' programs. */
export interface CopiesState {
  /** The copy that takes long reads; none: they are the primary's. */
  standby: 'none' | StandbyState
  /** Seconds since the last commit that the copy had replayed when it was last asked. */
  standby_age_seconds: number | null
  /** Whether each write is on a second machine before it is answered; null: not asked for by DATABASE_SYNCHRONOUS. */
  synchronous: boolean | null
  /** `other`: a server of another version has put its SQL functions in the place of ours. */
  schema: 'own' | 'other'
}

const EVERY_MS = 10_000

/** Looks each ten seconds whether the databases are as they are to be, and tells the log when that changes. */
export function watchCopies({ db, config, log }: { db: Database; config: Config; log: Logger }) {
  let synchronous: boolean | null = null
  let schema: CopiesState['schema'] = 'own'

  async function look(): Promise<void> {
    const own = (await db.value<string>('schema_functions')) === functionsHash
    if (!own && schema === 'own')
      log.error('a server of another version has replaced the SQL functions: update this one, or restart it last')
    schema = own ? 'own' : 'other'
    if (!config.synchronous || db.embedded) return
    const now = await db.value<boolean>('synchronous')
    if (!now && synchronous !== false)
      log.error('NO SYNCHRONOUS STANDBY: what is written now is on one machine only (README, "Operation")')
    if (now && synchronous === false) log.warn('a synchronous standby is there again')
    synchronous = now
  }

  const timer = setInterval(
    () => void look().catch((error: unknown) => log.warn({ err: error, job: 'copies' }, 'the copies of the database')),
    EVERY_MS,
  ).unref()
  return {
    look,
    state: (): CopiesState => ({
      standby: db.standby?.state ?? 'none',
      standby_age_seconds: db.standby?.age_seconds ?? null,
      synchronous,
      schema,
    }),
    answers: () => db.standby?.answers ?? null,
    stop: () => clearInterval(timer),
  }
}
export type Copies = ReturnType<typeof watchCopies>
