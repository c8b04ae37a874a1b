import type { SceneDwell, SceneId } from '../../../geo/wire/screen_settings.ts'

/** A scene chosen by hand stands this long; while an alarm is active only so long that it can be read. */
export const HOLD_MS = 120_000
export const HOLD_IN_ALARM_MS = 30_000

/** Which scene stands and why. Times are of one clock that never goes back, ms. */
export interface Rotation {
  readonly scene: SceneId
  readonly since: number
  /** A hand chose it: until then it stays. */
  readonly held_until: number | null
  /** A hand stopped the rotation: nothing but an alarm moves it. */
  readonly paused: boolean
}

export interface Alarms {
  /** Something needs a human now. */
  active: boolean
  /** Something began to, since the last look. */
  begun: boolean
}

export const startRotation = (now: number): Rotation => ({ scene: 'live', since: now, held_until: null, paused: false })

/**
 * The next state. An alarm that begins shows the live scene at once, whatever a hand chose; while one is active the live scene is never left by
 * itself. `stops` are those of the screen's settings that its layout can show.
 */
export function turn(state: Rotation, now: number, alarms: Alarms, stops: readonly SceneDwell[]): Rotation {
  const to = (scene: SceneId): Rotation => ({ ...state, scene, since: now, held_until: null })
  if (alarms.begun) return state.scene === 'live' && state.held_until === null ? state : to('live')
  if (state.held_until !== null) {
    if (now < state.held_until) return state
    if (state.paused && !alarms.active) return { ...state, held_until: null }
    return alarms.active || !stops.some(({ scene }) => scene === state.scene) ? to('live') : to(state.scene)
  }
  if (alarms.active) return state.scene === 'live' ? { ...state, since: now } : to('live')
  if (state.paused) return state
  const at = stops.findIndex(({ scene }) => scene === state.scene)
  if (at < 0) return to('live')
  if (stops.length < 2 || now - state.since < stops[at].seconds * 1000) return state
  return to(stops[(at + 1) % stops.length].scene)
}

/** A hand wants to see a scene. */
export const choose = (state: Rotation, scene: SceneId, now: number, alarms: Pick<Alarms, 'active'>): Rotation => ({
  ...state,
  scene,
  since: now,
  held_until: scene === 'live' && !state.paused ? null : now + (alarms.active ? HOLD_IN_ALARM_MS : HOLD_MS),
})

/** A hand stops the rotation, or lets it go on from here. */
export const pause = (state: Rotation, now: number): Rotation => ({
  ...state,
  paused: !state.paused,
  since: now,
  held_until: null,
})
