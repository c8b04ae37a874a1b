import { describe, expect, it } from 'vitest'
import { stageClock } from '../../../geo/sla/clock.ts'
import { AGENT_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../../geo/sla/limits.ts'

const T = Date.parse('2026-10-31T23:58:00+07:00')
const agent = (now_s: number, ended_s: number | null = null, more = {}) =>
  stageClock({
    started_at: T,
    ended_at: ended_s === null ? null : T + ended_s * 1000,
    limit_seconds: AGENT_LIMIT_SECONDS,
    now: T + now_s * 1000,
    ...more,
  })

describe('stageClock', () => {
  it('knows elapsed, remaining and due to the second', () => {
    expect(agent(100)).toEqual({ state: 'running', elapsed_seconds: 100, remaining_seconds: 200, due_at: T + 300_000 })
  })

  it.each([
    [239.999, 'running'],
    [240, 'warning'],
    [300, 'warning'],
    [300.001, 'breached'],
    [9000, 'breached'],
  ])('running for %d s of 300 is %s', (now_s, state) => expect(agent(now_s).state).toBe(state))

  it.each([
    [0, 'met'],
    [299, 'met'],
    [300, 'met'],
    [300.001, 'breached'],
  ])('ended after %d s of 300 is %s, whenever asked', (ended_s, state) => {
    expect(agent(ended_s, ended_s).state).toBe(state)
    expect(agent(1e6, ended_s)).toMatchObject({ state, elapsed_seconds: ended_s })
  })

  it('remaining goes negative once breached', () => expect(agent(310).remaining_seconds).toBe(-10))

  it('warns early when the forecast ends past the limit, not at it', () => {
    const opd = (forecast_s: number) =>
      stageClock({
        started_at: T,
        ended_at: null,
        limit_seconds: OPD_LIMIT_SECONDS,
        now: T,
        forecast_end_at: T + forecast_s * 1000,
      }).state
    expect(opd(2100)).toBe('running')
    expect(opd(2100.001)).toBe('warning')
  })

  it('a forecast says nothing about a stage that ended', () => {
    expect(agent(400, 200, { forecast_end_at: T + 900_000 }).state).toBe('met')
  })

  it('is unknown when not begun or when its end is lost', () => {
    const unknown = { state: 'unknown', elapsed_seconds: null, remaining_seconds: null, due_at: null }
    expect(stageClock({ started_at: null, ended_at: T, limit_seconds: 300, now: T })).toEqual(unknown)
    expect(agent(1e6, null, { end_lost: true })).toEqual(unknown)
    expect(agent(1e6, 200, { end_lost: true }).state).toBe('met')
  })

  it('never counts backwards when a clock is ahead', () => expect(agent(-5).elapsed_seconds).toBe(0))
})
