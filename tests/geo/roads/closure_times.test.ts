import { describe, expect, it } from 'vitest'
import { closurePhase, inForce, robUntil, steadySpan } from '../../../geo/roads/closure_times.ts'
import { seededRandom } from '../../helpers/random.ts'

const at = (text: string) => Date.parse(`2026-11-28T${text}+07:00`)
const held = (from: string, to: string) => ({
  starts_at: `2026-11-28T${from}+07:00`,
  ends_at: `2026-11-28T${to}+07:00`,
})

describe('a closure', () => {
  it('begins with its first millisecond and is over with its last', () => {
    const one = held('07:00:00', '11:00:00')
    expect(closurePhase(one, at('06:59:59.999'))).toBe('planned')
    expect(closurePhase(one, at('07:00:00'))).toBe('in_force')
    expect(closurePhase(one, at('10:59:59.999'))).toBe('in_force')
    expect(closurePhase(one, at('11:00:00'))).toBe('over')
  })
})

describe('steadySpan', () => {
  it('ends where the next closure begins or ends, or the hour does', () => {
    const closures = [held('07:00:10', '07:20:00'), held('07:05:00', '09:00:00')]
    const span = (now: string) => steadySpan(closures, at(now))
    expect(span('07:00:00')).toEqual({ from: at('07:00:00'), until: at('07:00:10') })
    expect(span('07:00:10')).toEqual({ from: at('07:00:10'), until: at('07:05:00') })
    expect(span('07:19:59')).toEqual({ from: at('07:05:00'), until: at('07:20:00') })
    expect(span('07:30:00')).toEqual({ from: at('07:20:00'), until: at('08:00:00') })
  })
  it('holds the same closures at every moment of it, and others or another hour beyond it', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 200; round++) {
      const closures = Array.from({ length: 5 }, () => {
        const from = at('05:00:00') + Math.floor(random() * 4 * 3_600_000)
        return {
          starts_at: new Date(from).toISOString(),
          ends_at: new Date(from + 1 + Math.floor(random() * 7_200_000)).toISOString(),
        }
      })
      const now = at('05:00:00') + Math.floor(random() * 5 * 3_600_000)
      const { from, until } = steadySpan(closures, now)
      expect(now >= from && now < until).toBe(true)
      const there = inForce(closures, now)
      for (const moment of [from, until - 1, from + Math.floor(random() * (until - from))])
        expect(inForce(closures, moment)).toEqual(there)
      for (const [edge, beyond] of [
        [from, from - 1],
        [until, until],
      ])
        expect(
          edge % 3_600_000 === 0 || inForce(closures, beyond).length !== there.length || edgeSwaps(closures, edge),
        ).toBe(true)
    }
  })
})
/** One ends in the very millisecond in which another begins. */
const edgeSwaps = (closures: { starts_at: string; ends_at: string }[], edge: number) =>
  closures.some((c) => Date.parse(c.starts_at) === edge) && closures.some((c) => Date.parse(c.ends_at) === edge)

describe('robUntil', () => {
  it.each([
    ['03:59:00', '07:59:00'],
    ['04:00:00', '11:00:00'],
    ['09:59:59', '11:00:00'],
    ['10:00:00', '14:00:00'],
    ['16:30:00', '20:30:00'],
  ])('at %s plans for %s', (now, until) => expect(robUntil(at(now))).toBe(at(until)))
})
