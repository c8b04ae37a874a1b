import type { Heartbeat } from '../../geo/wire/live.ts'
import { t } from './text.ts'
import { duration, wibClock } from './time.ts'

/** Who gives the driving times, as the server's last message says. */
export type RoutingSaid = Pick<Heartbeat, 'routing' | 'routing_since'>

/** An hour of the day tells until it comes round again. */
const CLOCK_SECONDS = 12 * 3_600

/** In words a supervisor understands; `now` is server time, epoch ms. */
export function routingWords({ routing, routing_since }: RoutingSaid, now: number): string {
  if (routing !== 'fallback' || routing_since === undefined) return t(`routing_${routing}`)
  const since = Date.parse(routing_since)
  const seconds = (now - since) / 1000
  return seconds < CLOCK_SECONDS
    ? t('routing_fallback_since', { at: wibClock(since).slice(0, 5) })
    : t('routing_fallback_for', { n: duration(seconds) })
}
