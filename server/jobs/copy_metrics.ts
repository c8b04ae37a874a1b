import { Counter, Gauge, type Registry } from 'prom-client'
import type { Copies } from '../db/copies.ts'

/** Prometheus figures of the databases beside the primary. */
export function measureCopies(copies: Pick<Copies, 'state' | 'answers'>, registry: Registry): void {
  const registers = [registry]
  new Gauge({
    name: 'siaga_standby_up',
    help: '1 while the standby answers long reads, 0 while the primary does in its place; absent without a standby',
    registers,
    collect() {
      this.reset()
      const { standby } = copies.state()
      if (standby !== 'none') this.set(Number(standby === 'ok'))
    },
  })
  new Counter({
    name: 'siaga_standby_reads_total',
    help: 'Long reads, by which database answered them',
    labelNames: ['answered_by'],
    registers,
    collect() {
      this.reset()
      for (const [answered_by, n] of Object.entries(copies.answers() ?? {})) this.inc({ answered_by }, n)
    },
  })
  new Gauge({
    name: 'siaga_synchronous',
    help: '1 while each write is on a second machine before it is answered; absent unless DATABASE_SYNCHRONOUS=1',
    registers,
    collect() {
      this.reset()
      const { synchronous } = copies.state()
      if (synchronous !== null) this.set(Number(synchronous))
    },
  })
}
