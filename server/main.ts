import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { makeApp } from './app.ts'
import { DEMO_LABEL, issueCredential } from './auth/credentials.ts'
import { createCityModel } from './city/model.ts'
import { startAuditor } from './audit/nightly.ts'
import { startEraser } from './privacy/eraser.ts'
import type { Config } from './config.ts'
import { aloneAtStart } from './db/alone.ts'
import { connectDatabase } from './db/connect.ts'
import { watchCopies } from './db/copies.ts'
import { startDemo } from './demo/index.ts'
import { createProbe } from './health/probe.ts'
import { createHealthReport } from './health/report.ts'
import { seedBuiltIn } from './import/built_in.ts'
import { resumePlacing } from './import/tidy.ts'
import { createCspReports } from './http/csp_reports.ts'
import { guardConnections, SLOWEST } from './http/connections.ts'
import { listen } from './http/listen.ts'
import { createLimits } from './http/limits.ts'
import { createRefusals } from './http/refusals.ts'
import { starting } from './http/starting.ts'
import { readMapping, type Mapping } from './integrations/kominfo/mapping.ts'
import { createOutbox, type Pace } from './integrations/kominfo/sender.ts'
import { watchComplaintTerms } from './jobs/complaint_terms.ts'
import { keepFigureCells } from './jobs/figure_cells.ts'
import { measureService } from './jobs/service_metrics.ts'
import { createMetrics } from './jobs/metrics.ts'
import { createJobBook } from './jobs/job_book.ts'
import { keepHouse } from './jobs/housekeeping.ts'
import { oneOfAll } from './jobs/one_of_all.ts'
import { consequencesOf } from './live/consequences.ts'
import type { LogHead } from './live/event.ts'
import { createHub } from './live/hub.ts'
import { createScreens } from './live/screens.ts'
import { serveLive } from './live/socket.ts'
import { makeLog } from './log.ts'
import { createMapStore } from './map/store.ts'
import { createRouting } from './routing/source.ts'
import type { RoutingState } from './routing/types.ts'
import type { Services } from './services.ts'
import { createCandidates } from './verbs/candidates.ts'
import { createPositionIntake } from './verbs/ingest_positions.ts'
import { createProposer } from './verbs/propose_alias.ts'
import { decideDemo, type InstallationState } from './worlds.ts'

export interface Running {
  port: number
  url: string
  services: Services
  /** Ends everything, the database last; resolves when all is flushed. */
  stop(): Promise<void>
  /** Settles with a reason when the server cannot go on (its embedded database died). */
  failed: Promise<Error>
}

export interface StartOptions {
  /** A line for people at each long step. */
  progress: (text: string) => void
  /** Folder with assets of the built client. */
  clientDir: string
  version: string
  log?: Logger
  now?: () => Date
  /** Of what goes to the data centre. */
  pace?: Partial<Pace>
}

const said = ({ routing, since }: RoutingState) => ({ routing, routing_since: since?.toISOString() })

/** Puts the whole server together and starts it. Throws an Error with one line for people when it cannot. */
export async function startServer(config: Config, options: StartOptions): Promise<Running> {
  const log = options.log ?? makeLog(config.log_level)
  const now = options.now ?? (() => new Date())
  const mapping = config.kominfo.mapping === null ? null : readMapping(config.kominfo.mapping)
  const { progress } = options
  // The port is taken first: a busy one is known before the database is touched. Until all is ready, the answer is 503.
  const server = createServer(SLOWEST, starting)
  const port = await listen(server, config)
  try {
    return await startOn(server, port, config, { ...options, log, now, mapping }, progress)
  } catch (error) {
    server.closeAllConnections()
    server.close()
    throw error
  }
}

async function startOn(
  server: Server,
  port: number,
  config: Config,
  options: StartOptions & { log: Logger; now: () => Date; mapping: Mapping | null },
  progress: (text: string) => void,
): Promise<Running> {
  const { log, now, version } = options
  const { db, embedded, slow, close: closeDatabase } = await connectDatabase(config, 'server', log, progress)
  const undo: (() => Promise<void>)[] = [closeDatabase]
  const stop = async () => {
    for (const step of undo.splice(0).reverse())
      await step().catch((error: unknown) => log.error({ err: error }, 'stopping'))
  }
  try {
    const state = await db.one<InstallationState>('installation_state')
    const simulated = decideDemo(config, db.embedded, state)
    await aloneAtStart(db, () => seedBuiltIn(db, progress))
    const copies = watchCopies({ db, config, log })
    undo.push(async () => copies.stop())
    await copies.look()
    if (copies.state().synchronous === false)
      progress('PERINGATAN: tidak ada cadangan sinkron; yang ditulis kini hanya ada di satu mesin')
    progress('membaca kota')
    // From before anything is read: what another server changes meanwhile comes again as a line of the log.
    const head = await db.one<LogHead>('live_head')
    const city = await createCityModel(db, simulated, now())
    const routing = createRouting({ city, log, now, url: config.routing_url })
    undo.push(async () => routing.stop())
    const [map] = await Promise.all([createMapStore(db), routing.start()])
    const screens = createScreens({ db, log, now, version })
    undo.push(() => screens.stop())
    let forgetAccess = () => {}
    let checkReaders = () => {}
    let lineSent = (_recorded_at: string) => {}
    const { mapping, pace } = options
    const outbox = createOutbox({ db, log, now, simulated, config: config.kominfo, mapping, pace })
    undo.push(() => outbox.stop())
    const figureCells = keepFigureCells({ db, log })
    undo.push(() => figureCells.stop())
    const heeded = consequencesOf({
      ...{ city, map, now, simulated },
      owed: () => outbox.nudge(),
      incidentChanged: () => figureCells.changed(),
      accessChanged() {
        forgetAccess()
        checkReaders()
      },
    })
    const hub = createHub({
      db,
      log,
      now,
      simulated,
      walls: () => screens.walls(),
      surroundings: () => ({ incident_types: city.incident_types, map_hash: map.hash(), ...said(routing.state) }),
      ...heeded,
      async onLine(row) {
        lineSent(row.recorded_at)
        await heeded.onLine(row)
      },
    })
    const candidates = createCandidates(db, simulated, now)
    const proposer = createProposer({ db, log, now, city, simulated })
    const auditor = startAuditor({ db, log, now, config })
    undo.push(() => auditor.stop())
    const jobs = createJobBook(now)
    const eraser = startEraser({ db, log, now, config, simulated, jobs })
    undo.push(() => eraser.stop())
    const probe = createProbe({ db, now, config, hub, city, map })
    undo.push(async () => probe.stop())
    const health = createHealthReport({
      ...{ db, log, now, screens, outbox, routing, auditor, copies, simulated, version },
      ...{ probe, jobs, slow },
    })
    undo.push(async () => health.stop())
    const services: Services = {
      config,
      db,
      copies,
      log,
      now,
      simulated,
      city,
      candidates,
      routing,
      hub,
      screens,
      proposer,
      auditor,
      eraser,
      outbox,
      health,
      jobs,
      intake: createPositionIntake({ db, hub, simulated, config }),
      version,
    }
    const refusals = createRefusals()
    const limits = createLimits(refusals)
    const csp_reports = createCspReports(log)
    const told = { hub, screens, proposer, auditor, outbox, routing, copies, now, refusals, csp_reports }
    const metrics = createMetrics(told)
    const measured = measureService(metrics.registry, { services, slow })
    lineSent = measured.lineSent
    const parts = { map, metrics, probe, clientDir: options.clientDir, limits, csp_reports }
    const { app, authenticate, trust, ...access } = makeApp(services, parts)
    guardConnections(server, { trust, refusals })
    forgetAccess = access.forgetAccess
    const endHousekeeping = await keepHouse(services)
    undo.push(async () => endHousekeeping())
    undo.push(watchComplaintTerms(services))
    undo.push(() => hub.stop())
    await hub.start(head)
    screens.start()
    await outbox.start()
    void resumePlacing(db, 'system', now).catch((error: unknown) =>
      log.error({ err: error, job: 'placing' }, 'incidents could not be placed in the new kelurahan'),
    )
    const here = (id: string) =>
      void db
        .rows('credential_online', { id, now: now() })
        .catch((error: unknown) =>
          log.warn({ err: error, credential_id: id }, 'that somebody is at work could not be noted'),
        )
    const live = serveLive(server, {
      hub,
      screens,
      authenticate,
      limits,
      refusals,
      trust,
      public_url: config.public_url,
      log,
      now,
      simulated,
      version,
      here,
      wall_heap_mb: config.wall_heap_mb,
      dropped: measured.dropped,
    })
    checkReaders = live.checkAccess
    server.removeAllListeners('request')
    server.on('request', app)
    undo.push(() => proposer.settled())
    undo.push(async () => {
      await live.close()
      server.closeIdleConnections()
      const drained = new Promise((resolve) => server.close(resolve))
      const timer = setTimeout(() => server.closeAllConnections(), 1_500)
      await drained
      clearTimeout(timer)
    })
    const refresh = setInterval(
      () =>
        void city
          .reloadTypes(now())
          .catch((error: unknown) => log.warn({ err: error, job: 'types' }, 'types could not be read again')),
      600_000,
    )
    undo.push(async () => clearInterval(refresh))

    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
    if (simulated)
      undo.push(
        oneOfAll(services, 'demo', async () => {
          await db.rows('credential_revoke_label', { label: DEMO_LABEL, now: now() })
          const token = await issueCredential(db, { kind: 'token', role: 'admin', label: DEMO_LABEL }, now())
          return startDemo(services, { url, token })
        }),
      )
    const failed = embedded
      ? embedded.died.then(
          () => new Error('Basis data tertanam berhenti tanpa diminta; server dihentikan. Jalankan lagi.'),
        )
      : new Promise<Error>(() => undefined)
    return { port, url, services, stop, failed }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Where the built client lies, seen from the bundled server. */
export const defaultClientDir = (): string => join(import.meta.dirname, '..', 'client')
