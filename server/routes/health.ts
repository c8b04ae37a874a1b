import { Router } from 'express'
import type { Metrics } from '../jobs/metrics.ts'
import type { Services } from '../services.ts'

/** Probes and Prometheus. They say little, so they need nobody signed in. */
export function healthRoutes(
  { db, hub, routing, outbox }: Pick<Services, 'db' | 'hub' | 'routing' | 'outbox'>,
  metrics: Metrics,
): Router {
  const router = Router()
  router.get('/health/live', (_req, res) => void res.json({ status: 'ok' }))
  router.get('/health/ready', async (_req, res) => {
    try {
      const head = await db.one<{ seq: number }>('live_head')
      res.json({ status: 'ok', seq: head.seq, live_seq: hub.seq, ...routing.state, kominfo: outbox.destination() })
    } catch {
      res.status(503).json({ status: 'unavailable', reason: 'database' })
    }
  })
  router.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text())
  })
  return router
}
