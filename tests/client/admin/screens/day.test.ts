import { describe, expect, it } from 'vitest'
import { dayOf } from '../../../../client/admin/screens/day.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')
const span = (from_minutes: number, to_minutes: number, stale: 'socket' | null = null) => ({
  screen_id: 'a',
  began_at: new Date(NOW - from_minutes * 60_000).toISOString(),
  ended_at: new Date(NOW - to_minutes * 60_000).toISOString(),
  stale,
})

describe('the last day of a screen', () => {
  it('counts fresh, stale, and what was not heard between and since', () => {
    const day = dayOf([span(60, 30), span(30, 20, 'socket'), span(10, 5)], NOW)
    expect([day.fresh_seconds, day.stale_seconds, day.gap_seconds]).toEqual([35 * 60, 10 * 60, 15 * 60])
    expect(day.since).toBe(NOW - 10 * 60_000)
  })
  it('cuts what began before it, and shows a second of BASI', () => {
    const day = dayOf([span(3000, 1), span(1, 0.98, 'socket')], NOW)
    expect(day.pieces[0].from).toBe(0)
    expect(day.pieces[1].width).toBeGreaterThan(0.002)
  })
  it('knows nothing of a screen without any', () => {
    expect(dayOf([], NOW)).toMatchObject({ pieces: [], since: null, gap_seconds: 0 })
  })
})
