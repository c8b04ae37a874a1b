import type { Live } from '../state/live.svelte.ts'
import { WALL_BASE, type Base } from './base/all.ts'
import { loadCityMap, type CityMap } from './manifest.ts'

const RETRY_MS = 2000

/**
 * Brings the city's map to a page, and each later one (an import) after it, one at a time, until the answer is called. What
 * is shown is known by the manifest's own hash, so that a map which changed while another was being read is not missed. A map
 * that cannot be had, or that `show` throws at, is told to `failed` and asked for again.
 * Called by the pages that have a map; knows nothing of how they draw it.
 */
export function followCityMap(
  live: Pick<Live, 'map_hash' | 'onflush'>,
  show: (city: CityMap) => Promise<void> | void,
  failed: (failed: boolean) => void,
  base: Base = WALL_BASE,
): () => void {
  let gone = false
  let loading = false
  let shown: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const outdated = () => shown === null || (live.map_hash !== null && live.map_hash !== shown)

  async function load(): Promise<void> {
    if (loading || gone) return
    clearTimeout(timer)
    loading = true
    try {
      const city = await loadCityMap(base)
      if (gone) return
      await show(city)
      shown = city.manifest.hash
      failed(false)
    } catch (error) {
      console.warn('map not loaded:', error instanceof Error ? error.message : error)
      failed(true)
    } finally {
      loading = false
      if (!gone && outdated()) timer = setTimeout(() => void load(), RETRY_MS)
    }
  }

  const stop = live.onflush((changes) => {
    if (changes.map && shown !== null && outdated()) void load()
  })
  void load()
  return () => {
    gone = true
    clearTimeout(timer)
    stop()
  }
}
