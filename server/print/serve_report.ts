import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import express from 'express'
import type { Logger } from 'pino'
import type { Role } from '../../geo/wire/primitives.ts'
import { PERMISSIONS, may, type Permission } from '../auth/permissions.ts'
import { securityHeaders } from '../http/headers.ts'
import { mountRoutes } from '../http/mount.ts'
import { answerProblems, unknownPath } from '../http/problems.ts'
import type { MapStore } from '../map/store.ts'
import { evaluationRoutes } from '../routes/evaluation.ts'
import { mapRoutes } from '../routes/map.ts'
import { pageRoutes } from '../routes/pages.ts'
import type { EvaluationServices } from '../stats/evaluation.ts'

export interface ReportServer {
  url: string
  headers: Record<string, string>
  close(): void
}

/**
 * Serves the page of the report and what it asks for, to whoever shows the secret of this start, as to `role`; on a port of this machine that nobody else
 * is told of. Works beside a running server, and without one: it is that same database that is read.
 */
export async function serveReport(
  services: EvaluationServices & { log: Logger; now: () => Date },
  { map, clientDir, role }: { map: MapStore; clientDir: string; role: Role },
): Promise<ReportServer> {
  const { now, simulated, city } = services
  const secret = `Bearer ${randomBytes(32).toString('base64url')}`
  const principal = {
    ...{ kind: 'token' as const, actor: 'command:report', role, credential_id: null, scope: null, anonymous: false },
    ...{ account_id: null, login: null, agency_id: null, unit_id: null, expires_at: null },
  }
  const app = express()
  app.disable('x-powered-by')
  app.use(securityHeaders())
  app.use((req, res, next) => void (req.headers.authorization === secret ? next() : res.status(401).end()))
  app.get('/api/session', (_req, res) => {
    const granted = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => may(role, permission))
    res.json({ role, anonymous: false, login: null, simulated, city: city.name, permissions: granted })
  })
  const routes = [...evaluationRoutes(services), ...mapRoutes(map)]
  app.use(mountRoutes(routes, { authenticate: () => Promise.resolve(principal), now }))
  app.use(pageRoutes(services, clientDir))
  app.use(unknownPath)
  app.use(answerProblems(services.log))
  const server = createServer(app)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    headers: { Authorization: secret },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
