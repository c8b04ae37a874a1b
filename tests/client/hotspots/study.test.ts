import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Study } from '../../../client/hotspots/state/study.svelte.ts'

// What a study holds is not looked at here: which one is shown is.
vi.mock('../../../geo/wire/hotspots.ts', async () => {
  const { z } = await import('zod')
  return { hotspotPoint: z.unknown(), hotspotStudy: z.looseObject({ month: z.string(), complete: z.boolean() }) }
})

let away: string | null = null
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (path: string) => {
    const month = new URL(path, 'http://here').searchParams.get('month')
    if (month !== null && month === away) throw new TypeError('no network')
    return { ok: true, status: 200, json: async () => (path.includes('/study') ? { month, complete: true } : []) }
  })
})
afterEach(() => {
  away = null
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('a month that waits for its next try does not take the place of the one chosen since', async () => {
  const study = new Study()
  study.show('2026-09', null)
  await vi.advanceTimersByTimeAsync(10)
  away = '2026-10'
  study.show('2026-10', null)
  await vi.advanceTimersByTimeAsync(10)
  expect(study.away).toBe(true)
  study.show('2026-09', null)
  away = null
  await vi.advanceTimersByTimeAsync(10_000)
  expect(study.shown?.study.month).toBe('2026-09')
  expect(study).toMatchObject({ busy: false, away: false })
  study.close()
})
