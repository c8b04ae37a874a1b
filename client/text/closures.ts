import type { ShownClosure } from '../state/closures.ts'
import { t } from './text.ts'
import { wibHourMinute } from './time.ts'

/** "Rob 40 cm · s.d. 11.00", "Ditutup · s.d. 11.00": what stands beside a closure's sign. */
export function closureWords({ closure, phase }: ShownClosure, now: number): string {
  const what =
    closure.kind === 'rob'
      ? closure.depth_cm === null
        ? t('closure_rob')
        : t('closure_rob_depth', { n: closure.depth_cm })
      : t(closure.speed_factor < 0.01 ? 'closure_shut' : 'closure_slow')
  return phase === 'planned'
    ? `${what} · ${t('closure_from', { at: wibHourMinute(Date.parse(closure.starts_at), now) })}`
    : `${what} · ${t('closure_until', { at: wibHourMinute(Date.parse(closure.ends_at), now) })}`
}
