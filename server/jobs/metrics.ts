import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { ROUTINGS } from '../../geo/wire/primitives.ts'
import type { Auditor } from '../audit/nightly.ts'
import type { Copies } from '../db/copies.ts'
import type { Hub } from '../live/hub.ts'
import type { Outbox, OutboxFigures } from '../integrations/kominfo/sender.ts'
import type { Screens } from '../live/screens.ts'
import type { RoutingSource } from '../routing/types.ts'
import type { Proposer } from '../verbs/propose_alias.ts'
import { measureCopies } from './copy_metrics.ts'
import { measureScreens } from './screen_metrics.ts'
import { measureSecurity } from './security_metrics.ts'

/** Prometheus figures of this process: requests, readers of the live feed, age of the picture, what each screen painted last, names proposed, what is owed to the data centre. */
export function createMetrics({
  hub,
  screens,
  proposer,
  auditor,
  routing,
  outbox,
  copies,
  now,
  ...security
}: {
  hub: Hub
  screens: Screens
  proposer: Pick<Proposer, 'counts'>
  auditor: Pick<Auditor, 'last'>
  routing: Pick<RoutingSource, 'state' | 'counts'>
  outbox: Pick<Outbox, 'figures'>
  copies: Pick<Copies, 'state' | 'answers'>
  now: () => Date
} & Parameters<typeof measureSecurity>[0]) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'siaga_http_request_seconds',
    help: 'Duration of HTTP requests, seconds',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1, 5],
    registers,
  })
  new Gauge({
    name: 'siaga_live_readers',
    help: 'Connected readers of the live feed',
    registers,
    collect() {
      this.set(hub.readers)
    },
  })
  new Gauge({
    name: 'siaga_log_seq',
    help: 'Last line of the log sent to readers',
    registers,
    collect() {
      this.set(hub.seq)
    },
  })
  new Gauge({
    name: 'siaga_log_checked_age_seconds',
    help: 'Seconds since the head of the log was read from the database',
    registers,
    collect() {
      this.set((now().getTime() - hub.checked_at.getTime()) / 1000)
    },
  })
  measureScreens(screens, registry)
  measureSecurity(security, registry)
  measureCopies(copies, registry)
  new Gauge({
    name: 'siaga_alias_corrections',
    help: 'Corrections looked at for another name of a place since the start, by what came of it',
    labelNames: ['outcome'],
    registers,
    collect() {
      for (const [outcome, n] of Object.entries(proposer.counts)) this.set({ outcome }, n)
    },
  })
  new Gauge({
    name: 'siaga_routing_source',
    help: 'Who gives the driving times now: 1 for own (our graph), osrm, or fallback (our graph, because OSRM does not answer)',
    labelNames: ['source'],
    registers,
    collect() {
      for (const source of ROUTINGS) this.set({ source }, source === routing.state.routing ? 1 : 0)
    },
  })
  new Counter({
    name: 'siaga_routing_questions_total',
    help: 'Questions put to OSRM for somebody who waited, by what came of them',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset()
      for (const [outcome, n] of Object.entries(routing.counts)) this.inc({ outcome }, n)
    },
  })
  new Gauge({
    name: 'siaga_audit_broken',
    help: 'What the last check of the log by this process found: 0 whole, 1 not whole or not to be checked; absent before the first',
    registers,
    collect() {
      this.reset()
      if (auditor.last) this.set(auditor.last.broken ? 1 : 0)
    },
  })
  let figures: ReturnType<Outbox['figures']> | null = null
  const owed = (name: string, help: string, of: (figures: OutboxFigures) => number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // One question for all three; a database that is away must not take the other figures with it.
        figures ??= outbox.figures().finally(() => (figures = null))
        const told = await figures.catch(() => null)
        if (told) this.set(of(told))
      },
    })
  owed('siaga_outbox_pending', 'Messages owed to the data centre', ({ pending }) => pending)
  owed('siaga_outbox_dead', 'Messages to the data centre that wait for somebody to act', ({ dead }) => dead)
  owed(
    'siaga_outbox_oldest_age_seconds',
    'Seconds since the oldest message owed to the data centre was written; 0 when none is',
    ({ oldest_at }) => (oldest_at === null ? 0 : Math.max(0, (now().getTime() - Date.parse(oldest_at)) / 1000)),
  )
  return {
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request(method: string, route: string, status: number, seconds: number) {
      requests.observe({ method, route, status }, seconds)
    },
  }
}
export type Metrics = ReturnType<typeof createMetrics>
