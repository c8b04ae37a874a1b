import { describe, expect, it } from 'vitest'
import { Movers } from '../../../client/map/movers.ts'
import type { Track } from '../../../client/state/picture.ts'
import { distanceM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'

const track = (location: LonLat, at: number, speed_mps = 0, heading: number | null = null): Track => ({
  last: { location, at, speed_kmh: null, heading: null },
  motion: { speed_mps, heading },
})

describe('Movers', () => {
  it('shows a new unit where it is, at once', () => {
    const movers = new Movers()
    expect(movers.step(new Map([['a', track([109.67, -6.89], 0)]]), 1000)).toEqual({ moved_m: 0, moving: false })
    expect(movers.shown.get('a')).toEqual([109.67, -6.89])
  })

  it('comes to rest: after the last fix is reached nothing more is to be painted', () => {
    const movers = new Movers()
    movers.step(new Map([['a', track([109.67, -6.89], 0)]]), 0)
    const tracks = new Map([['a', track([109.671, -6.89], 1000)]])
    let still = Infinity
    for (let now = 1000; now < 20_000; now += 400) {
      const { moving } = movers.step(tracks, now)
      if (!moving) still = Math.min(still, now)
    }
    expect(still).toBeLessThan(8000)
    expect(distanceM(movers.shown.get('a') ?? [0, 0], [109.671, -6.89])).toBe(0)
  })

  it('moves without jumps while fixes come each 2 s, and never backwards', () => {
    const movers = new Movers()
    let shown = 109.67
    for (let now = 0; now < 20_000; now += 100) {
      const fix_at = Math.floor(now / 2000) * 2000
      movers.step(new Map([['a', track([109.67 + (fix_at / 1000) * 0.0001, -6.89], fix_at, 11.04, 90)]]), now)
      const [lon] = movers.shown.get('a') ?? [0]
      expect(lon).toBeGreaterThanOrEqual(shown - 1e-9)
      expect((lon - shown) * 110_400).toBeLessThan(2.5)
      shown = lon
    }
  })

  it('forgets a unit that is gone', () => {
    const movers = new Movers()
    movers.step(new Map([['a', track([109.67, -6.89], 0)]]), 0)
    movers.step(new Map(), 100)
    expect(movers.shown.size).toBe(0)
  })
})
