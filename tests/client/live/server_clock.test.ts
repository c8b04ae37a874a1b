import { describe, expect, it } from 'vitest'
import { secondsSince, ServerClock } from '../../../client/live/server_clock.ts'

/** Both local clocks read the same unless one is said to be elsewhere. */
const at = (mono: number, wall = mono) => ({ mono, wall })

describe('ServerClock', () => {
  it('follows the promptest message, not the latest', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, at(1_000_020))
    clock.observe(1_001_000, at(1_004_000))
    expect(clock.now(at(1_004_000))).toBe(1_003_980)
    expect(clock.delay_seconds).toBeCloseTo(2.98)
    expect(clock.skew_seconds).toBeCloseTo(0.02)
  })

  it('knows by how much this clock is ahead', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, at(1_010_000))
    expect(clock.skew_seconds).toBe(10)
    expect(clock.delay_seconds).toBe(0)
  })

  it('shows the local time until it heard of another', () => {
    expect(new ServerClock().now(at(500, 1_000_000))).toBe(1_000_000)
  })

  it('forgets what was measured before the local clock was set', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, at(0, 1_000_000))
    clock.observe(1_001_000, at(1000, 1_601_000))
    expect(clock.skew_seconds).toBe(600)
    expect(clock.delay_seconds).toBe(0)
    expect(clock.now(at(1000, 1_601_000))).toBe(1_001_000)
  })

  it('does not take a server clock that was set back for messages that were held up, nor the other way round', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, at(10))
    clock.observe(1_001_000, at(1060))
    clock.observe(996_000, at(2060))
    expect(clock.delay_seconds).toBeCloseTo(0.05)
    expect(clock.now(at(2060))).toBe(996_050)
    clock.observe(997_000, at(9060))
    expect(clock.delay_seconds).toBeCloseTo(6.05)
  })

  it('says by how much the server clock leapt ahead', () => {
    const clock = new ServerClock()
    expect(clock.observe(1_000_000, at(0))).toBe(0)
    expect(clock.observe(1_001_000, at(1200))).toBe(0)
    expect(clock.observe(1_008_000, at(2000))).toBe(6000)
    expect(clock.delay_seconds).toBe(0)
  })

  it('forgets after two minutes what was prompt once: a clock that drifts is not a line that holds up', () => {
    const clock = new ServerClock()
    for (let second = 0; second <= 600; second++) clock.observe(1_000_000 + second * 990, at(second * 1000))
    expect(clock.delay_seconds).toBeCloseTo(1.2)
  })

  it('learns from a greeting that all that follows it is held up', () => {
    const clock = new ServerClock()
    clock.opened(1_000_000, 0, 40)
    clock.observe(1_000_000, at(7040))
    clock.observe(1_001_000, at(8040))
    expect(clock.delay_seconds).toBe(7)
    expect(clock.now(at(8040))).toBe(1_008_000)
  })

  it('learns from a greeting that nothing is held up: the clock was another one', () => {
    const clock = new ServerClock()
    clock.observe(1_000_000, at(0))
    clock.observe(1_001_000, at(7000))
    expect(clock.delay_seconds).toBe(6)
    clock.opened(1_002_000, 7960, 8000)
    clock.observe(1_002_000, at(8000))
    expect(clock.delay_seconds).toBeLessThan(0.1)
    expect(clock.now(at(8000))).toBeCloseTo(1_002_040)
  })
})

describe('secondsSince', () => {
  it('believes the clock that says more: sleep stops one, a set clock turns the other back', () => {
    expect(secondsSince({ mono: 0, wall: 0 }, { mono: 1000, wall: 90_000 })).toBe(90)
    expect(secondsSince({ mono: 0, wall: 100_000 }, { mono: 7000, wall: 0 })).toBe(7)
  })
})
