import { Router } from 'express'
import { healthReport } from '../../geo/wire/health.ts'
import type { Health } from '../health/report.ts'
import type { Probe } from '../health/probe.ts'
import { route, type Route } from '../http/route.ts'
import type { Metrics } from '../jobs/metrics.ts'
import type { Services } from '../services.ts'

/** Probes and Prometheus. They say little, so they need nobody signed in. */
export function probeRoutes(
  { hub, routing, outbox, copies }: Pick<Services, 'hub' | 'routing' | 'outbox' | 'copies'>,
  probe: Probe,
  metrics: Metrics,
): Router {
  const router = Router()
  router.get('/health/live', (_req, res) => void res.json({ status: 'ok' }))
  router.get('/health/ready', async (_req, res) => {
    const { ready, seq, parts } = await probe.check()
    const components = parts.map(({ age_seconds: _, ...part }) => part)
    const told = {
      ...{ live_seq: hub.seq, ...routing.state, kominfo: outbox.destination() },
      ...copies.state(),
      components,
    }
    if (ready) return void res.json({ status: 'ok', seq, ...told })
    const reason = parts.find(({ state }) => state === 'down')?.id
    res
      .status(503)
      .set('Retry-After', '2')
      .json({ status: 'unavailable', reason, seq, ...told })
  })
  router.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text())
  })
  return router
}

/** How the whole service stands, for /admin#health. */
export const healthRoutes = (health: Health): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/health',
      summary: 'Keadaan layanan, bagian demi bagian',
      permission: 'health.read',
      response: healthReport,
    },
    () => health.report(),
  ),
]
