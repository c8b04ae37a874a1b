import type { ClientMessage } from '../../geo/wire/live.ts'

export type Painted = Extract<ClientMessage, { type: 'painted' }> & { heard_at: string; role: string }

const KEEP_MS = 24 * 3_600_000
const MAX_SCREENS = 1_000

/** Last painted frame of each screen, as told by itself: what /admin and /metrics list. In memory: it is about now. */
export function createScreens(now: () => Date) {
  const painted = new Map<string, Painted>()
  return {
    heard(message: Extract<ClientMessage, { type: 'painted' }>, role: string): void {
      painted.delete(message.screen_id)
      painted.set(message.screen_id, { ...message, role, heard_at: now().toISOString() })
      if (painted.size > MAX_SCREENS) painted.delete(painted.keys().next().value as string)
    },
    list(): Painted[] {
      const oldest = now().getTime() - KEEP_MS
      return [...painted.values()].filter((screen) => Date.parse(screen.heard_at) > oldest)
    },
  }
}
export type Screens = ReturnType<typeof createScreens>
