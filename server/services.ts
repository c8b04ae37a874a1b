import type { Logger } from 'pino'
import type { Auditor } from './audit/nightly.ts'
import type { CityModel } from './city/model.ts'
import type { Config } from './config.ts'
import type { Copies } from './db/copies.ts'
import type { Database } from './db/database.ts'
import type { Eraser } from './privacy/eraser.ts'
import type { Outbox } from './integrations/kominfo/sender.ts'
import type { Health } from './health/report.ts'
import type { JobBook } from './jobs/job_book.ts'
import type { Hub } from './live/hub.ts'
import type { Screens } from './live/screens.ts'
import type { RoutingSource } from './routing/types.ts'
import type { ReadCandidates } from './verbs/candidates.ts'
import type { PositionIntake } from './verbs/ingest_positions.ts'
import type { Proposer } from './verbs/propose_alias.ts'

/** What routes and jobs work with; put together once in main.ts. */
export interface Services {
  config: Config
  db: Database
  /** How the databases beside it are. */
  copies: Copies
  log: Logger
  /** The clock everyone goes by. */
  now: () => Date
  /** True in the demo: all that is written is simulated, and nothing real is shown. */
  simulated: boolean
  city: CityModel
  candidates: ReadCandidates
  /** Driving times: of our own graph, or of OSRM. */
  routing: RoutingSource
  hub: Hub
  screens: Screens
  proposer: Proposer
  auditor: Auditor
  eraser: Eraser
  /** What goes to the data centre. */
  outbox: Outbox
  health: Health
  jobs: JobBook
  /** Where positions of units come in. */
  intake: PositionIntake
  version: string
}
