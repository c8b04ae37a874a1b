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

/** What every reader is told each second; `withTypes` adds the incident types (JSON text), for a reader who was told others. */
export function heartbeatText({ now, checked_at, said: { routing, routing_since }, ...rest }: About) {
  const message: Heartbeat = {
    ...{ type: 'heartbeat', server_time: now.toISOString(), checked_at: checked_at.toISOString() },
    ...{ routing, routing_since, ...rest },
  }
  const text = JSON.stringify(message)
  return { text, withTypes: (types: string) => `${text.slice(0, -1)},"incident_types":${types}}` }
}

/** What `read` answers as JSON text, written anew only when it answers another object. */
export function textOf(read: () => unknown): { text(): string } {
  let of: unknown
  let text = ''
  return {
    text() {
      const now = read()
      if (now !== of) text = JSON.stringify((of = now))
      return text
    },
  }
}
