import type { ScreenStretch } from '../../../geo/wire/replay.ts'
import type { Staleness } from '../../live/staleness.ts'
import { STALE_SECONDS } from '../../live/staleness.ts'

/** A screen tells of itself each 2 s: one not heard for longer was not painting, as far as anybody knows. */
export const SILENT_MS = 10_000

export interface ScreenThen {
  screen_id: string
  name: string
  /** `silent`: not heard at that moment. */
  state: 'fresh' | 'stale' | 'silent'
  stretch: ScreenStretch | null
}

const FRESH: Staleness = { stale: false, reason: null, age_seconds: 0 }

/** A name that nobody gave: the beginning of its id. */
const nameOf = ({ name, screen_id }: ScreenStretch) => name ?? screen_id.slice(0, 8)

/** Each screen of the stretches at a moment (epoch ms), those that painted first. */
export function screensAt(stretches: readonly ScreenStretch[], at: number): ScreenThen[] {
  const screens = new Map<string, ScreenThen>()
  for (const one of stretches) {
    const held = screens.get(one.screen_id)
    const here = Date.parse(one.began_at) <= at && at <= Date.parse(one.ended_at) + SILENT_MS
    // Of two that touch the later one stands.
    if (here)
      screens.set(one.screen_id, {
        screen_id: one.screen_id,
        name: nameOf(one),
        state: one.stale ? 'stale' : 'fresh',
        stretch: one,
      })
    else if (!held)
      screens.set(one.screen_id, { screen_id: one.screen_id, name: nameOf(one), state: 'silent', stretch: null })
  }
  return [...screens.values()].sort(
    (a, b) => Number(a.state === 'silent') - Number(b.state === 'silent') || (a.name < b.name ? -1 : 1),
  )
}

/** What a screen said of its own picture: stale since its stretch began, by which time the picture was five seconds old. */
export function stalenessThen(screen: ScreenThen | undefined, at: number): Staleness {
  if (!screen?.stretch?.stale) return FRESH
  const age_seconds = STALE_SECONDS + Math.max(0, at - Date.parse(screen.stretch.began_at)) / 1000
  return { stale: true, reason: screen.stretch.stale, age_seconds }
}
