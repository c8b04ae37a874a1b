import { join } from 'node:path'
import compression from 'compression'
import express, { type Express } from 'express'
import { createAuthenticator, type Authenticate } from './auth/authenticate.ts'
import type { Trust } from './http/address.ts'
import type { CspReports } from './http/csp_reports.ts'
import { REPORTS_PATH } from './http/csp.ts'
import type { Probe } from './health/probe.ts'
import { answerInTime } from './http/deadline.ts'
import { securityHeaders } from './http/headers.ts'
import { jsonBody } from './http/json_body.ts'
import type { Limits } from './http/limits.ts'
import { mountRoutes } from './http/mount.ts'
import { openApi } from './http/openapi.ts'
import { answerProblems, pathForLog, unknownPath } from './http/problems.ts'
import { withRequestFields, type RequestFields } from './http/request_context.ts'
import type { Route } from './http/route.ts'
import type { Metrics } from './jobs/metrics.ts'
import type { MapStore } from './map/store.ts'
import { accountRoutes } from './routes/accounts.ts'
import { aliasRoutes } from './routes/aliases.ts'
import { auditRoutes } from './routes/audit.ts'
import { assignmentRoutes } from './routes/assignments.ts'
import { breachRoutes } from './routes/breaches.ts'
import { blockRoutes } from './routes/blocks.ts'
import { callRoutes } from './routes/calls.ts'
import { closureRoutes } from './routes/closures.ts'
import { coverageRoutes } from './routes/coverage.ts'
import { deviceRoutes } from './routes/devices.ts'
import { complaintFigureRoutes } from './routes/complaint_figures.ts'
import { complaintRoutes } from './routes/complaints.ts'
import { duplicateRoutes } from './routes/duplicates.ts'
import { evaluationRoutes } from './routes/evaluation.ts'
import { finalReportRoutes } from './routes/final_reports.ts'
import { geocodeRoutes } from './routes/geocode.ts'
import { handoverRoutes } from './routes/handovers.ts'
import { helpRoutes } from './routes/help.ts'
import { healthRoutes, probeRoutes } from './routes/health.ts'
import { hotspotRoutes } from './routes/hotspots.ts'
import { incidentRoutes } from './routes/incidents.ts'
import { ledgerRoutes } from './routes/ledger.ts'
import { mapRoutes } from './routes/map.ts'
import { masterdataRoutes } from './routes/masterdata.ts'
import { moveUpRoutes } from './routes/move_up.ts'
import { needsRoutes } from './routes/needs.ts'
import { screenRoutes } from './routes/screens.ts'
import { ogcRoutes } from './routes/ogc.ts'
import { outboxRoutes } from './routes/outbox.ts'
import { pageRoutes } from './routes/pages.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { photoRoutes } from './routes/photos.ts'
import { positionRoutes } from './routes/positions.ts'
import { replayRoutes } from './routes/replay.ts'
import { reportRoutes } from './routes/reports.ts'
import { reviewRoutes } from './routes/reviews.ts'
import { screenSettingsRoutes } from './routes/screen_settings.ts'
import { sessionRoutes } from './routes/session.ts'
import { shiftPlanRoutes } from './routes/shift_plan.ts'
import { performanceRoutes } from './routes/performance.ts'
import { statsRoutes } from './routes/stats.ts'
import { supervisionRoutes } from './routes/supervision.ts'
import { surveyRoutes } from './routes/survey.ts'
import type { Services } from './services.ts'

/** Every call of the API, in one list: served, documented (OpenAPI) and checked against the permissions from here. */
export const apiRoutes = (services: Services, map: MapStore): Route[] => [
  ...sessionRoutes(services),
  ...accountRoutes(services),
  ...callRoutes(services),
  ...blockRoutes(services),
  ...duplicateRoutes(services),
  ...incidentRoutes(services),
  ...assignmentRoutes(services),
  ...helpRoutes(services),
  ...reportRoutes(services),
  ...finalReportRoutes(services),
  ...outboxRoutes(services),
  ...photoRoutes(services),
  ...positionRoutes(services),
  ...deviceRoutes(services),
  ...masterdataRoutes(services),
  ...needsRoutes(services),
  ...screenRoutes(services),
  ...moveUpRoutes(services),
  ...coverageRoutes(services),
  ...closureRoutes(services),
  ...geocodeRoutes(services),
  ...aliasRoutes(services),
  ...statsRoutes(services),
  ...performanceRoutes(services),
  ...hotspotRoutes(services),
  ...evaluationRoutes(services),
  ...ledgerRoutes(services),
  ...supervisionRoutes(services),
  ...shiftPlanRoutes(services),
  ...handoverRoutes(services),
  ...reviewRoutes(services),
  ...auditRoutes(services),
  ...healthRoutes(services.health),
  ...privacyRoutes(services),
  ...breachRoutes(services),
  ...complaintFigureRoutes(services),
  ...complaintRoutes(services),
  ...surveyRoutes(services),
  ...screenSettingsRoutes(services),
  ...replayRoutes(services, map),
  ...mapRoutes(map),
  ...ogcRoutes(services),
]

/** Slower than this somebody waited. */
const SLOW_SECONDS = 1

/** A probe that is told no is an answer, each second, and no fault. */
const levelOf = ({ path }: express.Request, status: number, seconds: number) =>
  status >= 500 && !path.startsWith('/health/') ? 'error' : seconds > SLOW_SECONDS ? 'warn' : 'debug'

/** Puts the HTTP application together, middleware in its order. It never listens: main.ts does. */
export function makeApp(
  services: Services,
  parts: {
    map: MapStore
    metrics: Metrics
    probe: Probe
    clientDir: string
    limits: Limits
    csp_reports: CspReports
  },
): { app: Express; authenticate: Authenticate; forgetAccess: () => void; trust: Trust } {
  const { log, now, simulated, version } = services
  const { public_url, trusted_proxies } = services.config
  const { limits } = parts
  const { authenticate, forget } = createAuthenticator(services.db, {
    anonymousIsScreen: simulated,
    now,
    public_url,
    onFault: (error, credential_id) =>
      log.warn({ err: error, credential_id }, 'the use of a session could not be noted'),
  })
  const routes = apiRoutes(services, parts.map)
  const documentation = openApi(routes, version)
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', trusted_proxies)
  app.set('etag', false)
  app.use(securityHeaders(public_url))
  app.use(withRequestFields)
  app.use((req, res, next) => {
    const started = process.hrtime.bigint()
    res.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      parts.metrics.request(
        req.method,
        (req.route as { path?: string } | undefined)?.path ?? 'other',
        res.statusCode,
        seconds,
      )
      log[levelOf(req, res.statusCode, seconds)](
        {
          ...(res.locals.fields as RequestFields),
          method: req.method,
          path: pathForLog(req, res.statusCode),
          status: res.statusCode,
          ms: Math.round(seconds * 1000),
        },
        'request',
      )
    })
    next()
  })
  app.use(['/health', '/metrics', '/api/openapi.json'], limits.before('anonymous'))
  app.use(probeRoutes(services, parts.probe, parts.metrics))
  app.use(compression({ threshold: 1024 }))
  app.use(['/api', '/ogc'], (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  app.get('/api/openapi.json', (_req, res) => void res.json(documentation))
  app.post(REPORTS_PATH, limits.before('open'), ...parts.csp_reports.handlers)
  app.use(jsonBody())
  app.use(express.urlencoded({ extended: false, limit: '64kb' }))
  app.use(answerInTime(log, () => services.hub.checked_at.getTime()))
  app.use(mountRoutes(routes, { authenticate, now, limits, public_url }))
  app.use(limits.before('files'))
  app.use(pageRoutes(services, join(parts.clientDir)))
  app.use(unknownPath)
  app.use(answerProblems(log))
  return { app, authenticate, forgetAccess: forget, trust: app.get('trust proxy fn') as Trust }
}
