import { describe, expect, it } from 'vitest'
import { DEFAULT_SCREEN } from '../../../../geo/wire/screen_settings.ts'
import { alarmNames, AlarmWatch } from '../../../../client/wall/scenes/alarm.ts'
import {
  choose,
  HOLD_IN_ALARM_MS,
  HOLD_MS,
  pause,
  startRotation,
  turn,
  type Alarms,
  type Rotation,
} from '../../../../client/wall/scenes/rotation.ts'
import type { Urgent } from '../../../../client/state/urgency.ts'

const CALM: Alarms = { active: false, begun: false }
const ALARM: Alarms = { active: true, begun: false }
const BEGUN: Alarms = { active: true, begun: true }
const STOPS = DEFAULT_SCREEN.rotation

/** Looks once a second from `from` to `to`, seconds; the scenes that stood, each once in a row. */
function watch(state: Rotation, from: number, to: number, alarms: Alarms, stops = STOPS) {
  const scenes: string[] = []
  for (let second = from; second <= to; second++) {
    state = turn(state, second * 1000, alarms, stops)
    if (scenes.at(-1) !== state.scene) scenes.push(state.scene)
  }
  return { state, scenes }
}

describe('rotation', () => {
  it('goes round in a quiet room, each scene for its own time', () => {
    const { scenes } = watch(startRotation(0), 0, 200, CALM)
    expect(scenes).toEqual(['live', 'heat', 'districts', 'hotspots', 'agencies', 'live', 'heat'])
    expect(watch(startRotation(0), 0, 59, CALM).state.scene).toBe('live')
    expect(watch(startRotation(0), 0, 60, CALM).state.scene).toBe('heat')
  })
  it('with the live scene alone nothing ever turns', () => {
    expect(watch(startRotation(0), 0, 9000, CALM, [{ scene: 'live', seconds: 5 }]).scenes).toEqual(['live'])
  })
  it('never leaves the live scene while an alarm is active, and comes back at once when one begins', () => {
    expect(watch(startRotation(0), 0, 3600, ALARM).scenes).toEqual(['live'])
    const { state } = watch(startRotation(0), 0, 90, CALM)
    expect(state.scene).toBe('districts')
    const back = turn(state, 90_001, BEGUN, STOPS)
    expect(back.scene).toBe('live')
    // After it is over, the live scene has its whole minute again.
    expect(watch(back, 91, 140, ALARM).state.scene).toBe('live')
    const calm = watch(watch(back, 91, 140, ALARM).state, 141, 199, CALM)
    expect(calm.scenes).toEqual(['live'])
    expect(watch(calm.state, 200, 200, CALM).state.scene).toBe('heat')
  })
  it('a hand holds a scene for a stated time, shorter in an alarm, and not against a new one', () => {
    const held = choose(startRotation(0), 'agencies', 1000, CALM)
    expect(turn(held, 1000 + HOLD_MS - 1, CALM, STOPS).scene).toBe('agencies')
    expect(watch(held, 1, (HOLD_MS + 1000) / 1000 + 20, CALM).scenes).toEqual(['agencies', 'live'])
    const urgent = choose(startRotation(0), 'heat', 1000, ALARM)
    expect(turn(urgent, 1000 + HOLD_IN_ALARM_MS - 1, ALARM, STOPS).scene).toBe('heat')
    expect(turn(urgent, 1000 + HOLD_IN_ALARM_MS, ALARM, STOPS).scene).toBe('live')
    expect(turn(held, 2000, BEGUN, STOPS)).toMatchObject({ scene: 'live', held_until: null })
  })
  it('stands still while paused, but for an alarm', () => {
    const { state } = watch(startRotation(0), 0, 65, CALM)
    const paused = pause(state, 65_000)
    expect(watch(paused, 65, 3600, CALM).scenes).toEqual(['heat'])
    expect(turn(paused, 70_000, BEGUN, STOPS).scene).toBe('live')
    expect(watch(pause(paused, 100_000), 100, 120, CALM).scenes).toEqual(['heat', 'districts'])
  })
  it('a scene that the settings left out is left', () => {
    const { state } = watch(startRotation(0), 0, 65, CALM)
    expect(turn(state, 66_000, CALM, [{ scene: 'live', seconds: 60 }]).scene).toBe('live')
  })
})

describe('alarms', () => {
  const now = Date.parse('2026-11-28T10:00:00+07:00')
  const one = (id: string, state: Urgent['state'], age_seconds = 600) =>
    ({ incident: { id, received_at: new Date(now - age_seconds * 1000).toISOString() }, state }) as unknown as Urgent

  it('are what is late, about to be, just came, and BASI', () => {
    expect([...alarmNames([one('a', 'running')], now, false)]).toEqual([])
    expect([...alarmNames([one('a', 'warning'), one('b', 'breached'), one('c', 'running', 5)], now, true)]).toEqual([
      'stale',
      'a warning',
      'b breached',
      'c new',
    ])
  })
  it('begin once each, and nothing begins at the first look', () => {
    const watcher = new AlarmWatch()
    const look = (...list: Urgent[]) => watcher.look(alarmNames(list, now, false))
    expect(look(one('a', 'warning'))).toEqual({ active: true, begun: false })
    expect(look(one('a', 'warning'), one('b', 'running'))).toEqual({ active: true, begun: false })
    expect(look(one('a', 'breached'), one('b', 'running'))).toEqual({ active: true, begun: true })
    expect(look(one('a', 'breached'))).toEqual({ active: true, begun: false })
    expect(look()).toEqual({ active: false, begun: false })
  })
})
