import { Counter, type Registry } from 'prom-client'
import type { CspReports } from '../http/csp_reports.ts'
import { REFUSALS, type Refusals } from '../http/refusals.ts'

/** What this process refused to protect itself, and what browsers told of broken content security policies. */
export function measureSecurity(
  { refusals, csp_reports }: { refusals: Pick<Refusals, 'counts'>; csp_reports: Pick<CspReports, 'counts'> },
  registry: Registry,
): void {
  const registers = [registry]
  new Counter({
    name: 'siaga_refused_total',
    help: 'Requests, messages and connections refused since the start, by the limit that refused them',
    labelNames: ['limit'],
    registers,
    collect() {
      this.reset()
      for (const limit of REFUSALS) this.inc({ limit }, refusals.counts[limit])
    },
  })
  new Counter({
    name: 'siaga_csp_violations_total',
    help: 'Violations of the content security policy that browsers told of since the start, by directive',
    labelNames: ['directive'],
    registers,
    collect() {
      this.reset()
      for (const [directive, n] of csp_reports.counts) this.inc({ directive }, n)
    },
  })
}
