import { describe, expect, it } from 'vitest'
import { distanceM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { freshness } from '../../../geo/track/freshness.ts'
import { AHEAD_LIMIT_SECONDS, motionOf, reckon } from '../../../geo/track/reckon.ts'
import type { Fix } from '../../../geo/track/reckon.ts'
import { seededRandom } from '../../helpers/random.ts'

const HOME: LonLat = [109.67, -6.89]
const fix = (over: Partial<Fix> = {}): Fix => ({ location: HOME, at: 0, speed_kmh: null, heading: null, ...over })

describe('motionOf', () => {
  it('believes the phone before the line between fixes', () => {
    expect(motionOf(fix({ at: 10_000, speed_kmh: 36, heading: 270, location: [109.671, -6.89] }), fix())).toEqual({
      speed_mps: 10,
      heading: 270,
    })
  })
  it('reads both from two fixes when the phone is silent', () => {
    const motion = motionOf(fix({ at: 10_000, location: [109.671, -6.89] }), fix())
    expect(motion.speed_mps).toBeCloseTo(11.04, 2)
    expect(motion.heading).toBeCloseTo(90, 2)
  })
  it('stands for jitter, for a jump, and without a past', () => {
    expect(motionOf(fix({ at: 10_000, location: [109.67005, -6.89] }), fix()).speed_mps).toBe(0)
    expect(motionOf(fix({ at: 1000, location: [109.7, -6.89] }), fix()).speed_mps).toBe(0)
    expect(motionOf(fix(), null)).toEqual({ speed_mps: 0, heading: null })
  })
})

describe('reckon', () => {
  it('drives straight on, then waits at its limit, then goes back to what is known', () => {
    const motion = { speed_mps: 12, heading: 0 }
    const ahead = (seconds: number) => reckon(fix(), motion, seconds * 1000)
    expect(distanceM(HOME, ahead(5).location)).toBeCloseTo(60, 1)
    expect(ahead(5).location[0]).toBeCloseTo(HOME[0], 9)
    expect(ahead(30)).toMatchObject({ ahead_m: 12 * AHEAD_LIMIT_SECONDS, moving: false })
    expect(ahead(61)).toEqual({ location: HOME, ahead_m: 0, moving: false })
  })

  it('never outruns the last fix by more than its limit', () => {
    const random = seededRandom(11)
    for (let i = 0; i < 2000; i++) {
      const motion = { speed_mps: random() * 40, heading: random() * 360 }
      const { location, ahead_m } = reckon(fix(), motion, (random() * 200 - 20) * 1000)
      const limit = motion.speed_mps * AHEAD_LIMIT_SECONDS
      expect(ahead_m).toBeLessThanOrEqual(limit)
      expect(Math.abs(distanceM(HOME, location) - ahead_m)).toBeLessThan(0.5)
    }
  })

  it('does not drive backwards for a fix from the future', () => {
    expect(reckon(fix({ at: 60_000 }), { speed_mps: 10, heading: 90 }, 0)).toMatchObject({ location: HOME, ahead_m: 0 })
  })
})

describe('freshness', () => {
  it.each([
    [0, 'fresh'],
    [60, 'fresh'],
    [60.1, 'stale'],
    [600.1, 'lost'],
    [null, 'lost'],
  ] as const)('%s s is %s', (age, word) => {
    expect(freshness(age)).toBe(word)
  })
})
