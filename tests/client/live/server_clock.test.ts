import { describe, expect, it } from 'vitest'
import { secondsSince, ServerClock } from '../../../client/live/server_clock.ts'

describe('ServerClock', () => {
  it('follows the promptest message, not the latest', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, 1_000_020)
    clock.observe(1_001_000, 1_004_000)
    expect(clock.now(1_004_000)).toBe(1_003_980)
    expect(clock.delay_seconds).toBeCloseTo(2.98)
    expect(clock.skew_seconds).toBeCloseTo(0.02)
  })

  it('knows by how much this clock is ahead', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, 1_010_000)
    expect(clock.skew_seconds).toBe(10)
    expect(clock.delay_seconds).toBe(0)
  })

  it('forgets what was measured before the local clock was set', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, 1_000_000)
    clock.observe(1_001_000, 1_601_000)
    expect(clock.skew_seconds).toBe(600)
  })
})

describe('secondsSince', () => {
  it('believes the clock that says more: sleep stops one, a set clock turns the other back', () => {
    expect(secondsSince({ mono: 0, wall: 0 }, { mono: 1000, wall: 90_000 })).toBe(90)
    expect(secondsSince({ mono: 0, wall: 100_000 }, { mono: 7000, wall: 0 })).toBe(7)
  })
})
