import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { moment } from '../../../client/live/server_clock.ts'
import { Figures } from '../../../client/state/figures.svelte.ts'

/** Figures of a server that takes `took_ms` for each answer and counts up. */
function figures(took_ms: number) {
  let asked = 0
  let status = 200
  vi.stubGlobal('fetch', async () => {
    const n = ++asked
    await new Promise((resolve) => setTimeout(resolve, took_ms))
    return { ok: status === 200, status, json: () => Promise.resolve([n]) }
  })
  const shown = new Figures(() => '/api/figures', z.number())
  return { shown, asked: () => asked, answer: (with_status: number) => (status = with_status) }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('Figures', () => {
  it('are asked at once, and each half minute', async () => {
    const { shown, asked } = figures(50)
    await pass(60)
    expect(shown.rows).toEqual([1])
    await pass(29_900)
    expect(asked()).toBe(1)
    await pass(200)
    expect(asked()).toBe(2)
    shown.stop()
  })

  it('are asked 2 s after something happened, once for all that happened', async () => {
    const { shown, asked } = figures(50)
    await pass(1000)
    for (let i = 0; i < 20; i++) shown.nudge()
    await pass(1900)
    expect(asked()).toBe(1)
    await pass(200)
    expect(shown.rows).toEqual([2])
    await pass(20_000)
    expect(asked()).toBe(2)
    shown.stop()
  })

  it('are renewed however much happens: events without end do not put them off', async () => {
    const { shown, asked } = figures(50)
    let oldest_ms = 0
    for (let second = 0; second < 60; second++) {
      await pass(1000)
      shown.nudge()
      oldest_ms = Math.max(oldest_ms, (shown.age_seconds ?? 0) * 1000)
    }
    expect(asked()).toBeGreaterThan(15)
    expect(oldest_ms).toBeLessThan(4000)
    shown.stop()
  })

  it('count what happened while an answer was under way', async () => {
    const { shown, asked } = figures(1000)
    await pass(500)
    shown.nudge()
    await pass(600)
    expect(asked()).toBe(1)
    await pass(4000)
    expect(asked()).toBe(2)
    shown.stop()
  })

  it('leave a slow server four fifths of its time', async () => {
    const { shown, asked } = figures(3000)
    for (let second = 0; second < 59; second++) {
      await pass(1000)
      shown.nudge()
    }
    expect(asked()).toBe(4)
    shown.stop()
  })

  it('keep what they showed when it cannot be renewed, and say so', async () => {
    const { shown, asked, answer } = figures(50)
    await pass(1000)
    const { taken } = shown
    answer(503)
    await pass(60_000)
    expect(shown).toMatchObject({ rows: [1], taken, failed: true })
    expect(shown.age_seconds).toBeCloseTo(60.95, 1)
    answer(200)
    await pass(30_000)
    expect(shown).toMatchObject({ rows: [asked()], failed: false })
    shown.stop()
  })

  it('of before are as old as they are, until the first answer', async () => {
    const { shown, answer } = figures(50)
    await pass(1000)
    shown.stop()
    answer(503)
    const again = new Figures(() => '/api/figures', z.number(), {
      rows: shown.rows ?? [],
      taken: shown.taken ?? moment(),
    })
    await pass(89_050)
    expect(again).toMatchObject({ rows: [1], failed: true })
    expect(again.age_seconds).toBeCloseTo(90, 1)
    again.stop()
  })

  it('are asked no more once they are stopped, whatever is on its way', async () => {
    const { shown, asked } = figures(1000)
    await pass(500)
    shown.nudge()
    shown.stop()
    await pass(120_000)
    expect(asked()).toBe(1)
  })
})
