import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followCityMap } from '../../../client/map/follow_city_map.ts'
import type { Live } from '../../../client/state/live.svelte.ts'

/** A server whose map changes, and a live feed that tells of it, when the test says so. */
function room() {
  let hash = 'a'
  const listeners = new Set<Parameters<Live['onflush']>[0]>()
  const asked: { answer: () => void; fail: () => void }[] = []
  vi.stubGlobal(
    'fetch',
    (_path: string, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('timeout')))
        const manifest = {
          hash,
          schematic: false,
          city: { code: '33.75', name: 'Kota' },
          bounds: [0, 0, 1, 1],
          attribution: [],
          layers: [],
        }
        asked.push({
          answer: () => resolve({ ok: true, json: () => Promise.resolve(manifest) }),
          fail: () => reject(new Error('no network')),
        })
      }),
  )
  const live = {
    map_hash: null as string | null,
    onflush(listener: Parameters<Live['onflush']>[0]) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    live,
    asked,
    listeners,
    /** The server has another map; `told` when the feed says so too. */
    change(to: string, told = true) {
      hash = to
      if (!told) return
      live.map_hash = to
      const none = {
        incidents: false,
        units: false,
        positions: false,
        masterdata: false,
        closures: false,
        calls: false,
        restart: false,
      }
      for (const listener of listeners) listener({ ...none, map: true })
    },
  }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('followCityMap', () => {
  it('shows the map, and the next one when it comes', async () => {
    const { live, asked, change } = room()
    const shown: string[] = []
    followCityMap(live, (city) => void shown.push(city.manifest.hash), vi.fn())
    change('a')
    asked[0].answer()
    await settle()
    expect(shown).toEqual(['a'])
    change('b')
    asked[1].answer()
    await settle()
    expect(shown).toEqual(['a', 'b'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(2)
  })

  it('does not miss a map that changed while another was being read', async () => {
    const { live, asked, change } = room()
    const shown: string[] = []
    followCityMap(live, (city) => void shown.push(city.manifest.hash), vi.fn())
    change('b')
    asked[0].answer()
    await settle()
    expect(shown).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(2_000)
    asked[1].answer()
    await settle()
    expect(shown).toEqual(['a', 'b'])
  })

  it('tells that a map cannot be had or shown, and asks again until it can', async () => {
    const { live, asked } = room()
    const failed: boolean[] = []
    const show = vi.fn().mockRejectedValueOnce(new Error('no WebGL'))
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    followCityMap(live, show, (value) => failed.push(value))
    asked[0].fail()
    await settle()
    await vi.advanceTimersByTimeAsync(2_000)
    asked[1].answer()
    await settle()
    await vi.advanceTimersByTimeAsync(2_000)
    asked[2].answer()
    await settle()
    expect(failed).toEqual([true, true, false])
    expect(show).toHaveBeenCalledTimes(2)
  })

  it('gives a server up that takes the question and never answers, and asks again', async () => {
    const given_up = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(given_up.signal)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { live, asked } = room()
    const [shown, failed]: [string[], boolean[]] = [[], []]
    followCityMap(
      live,
      (city) => void shown.push(city.manifest.hash),
      (value) => failed.push(value),
    )
    given_up.abort()
    await settle()
    expect(failed).toEqual([true])
    await vi.advanceTimersByTimeAsync(2_000)
    asked[1].answer()
    await settle()
    expect([shown, failed]).toEqual([['a'], [true, false]])
  })

  it('ends when told, whatever is on its way', async () => {
    const { live, asked, listeners, change } = room()
    const show = vi.fn()
    const leave = followCityMap(live, show, vi.fn())
    leave()
    asked[0].answer()
    change('b')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(show).not.toHaveBeenCalled()
    expect(listeners.size).toBe(0)
    expect(asked).toHaveLength(1)
  })
})
