import type { Heartbeat } from '../../geo/wire/live.ts'
import type { RoutingSaid } from './snapshot.ts'

interface About {
  now: Date
  /** Head of the log. */
  seq: number
  /** When the database last told it. */
  checked_at: Date
  operators: number | undefined
  walls: Heartbeat['walls']
  said: RoutingSaid
}

/** What every reader is told each second. */
export function heartbeatText({ now, checked_at, said: { routing, routing_since }, ...rest }: About): string {
  const message: Heartbeat = {
    ...{ type: 'heartbeat', server_time: now.toISOString(), checked_at: checked_at.toISOString() },
    ...{ routing, routing_since, ...rest },
  }
  return JSON.stringify(message)
}
