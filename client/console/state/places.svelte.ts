import { ask } from './api.ts'
import { places } from './answers.ts'
import type { Place } from './answers.ts'

const PAUSE_MS = 160
const MOST = 6

/** The places that fit the words so far. Answers to older words never overwrite those to newer ones. */
export class PlaceSearch {
  results = $state.raw<Place[]>([])
  state = $state<'idle' | 'searching' | 'done' | 'away'>('idle')
  /** The one question to the caller that narrows best. */
  question = $state<string | null>(null)
  private timer: ReturnType<typeof setTimeout> | undefined
  private asked = new AbortController()

  search(words: string): void {
    this.stop()
    const q = words.trim()
    if (q.length < 2) {
      this.results = []
      this.question = null
      this.state = 'idle'
      return
    }
    this.state = 'searching'
    this.timer = setTimeout(() => void this.fetch(q.slice(0, 500)), PAUSE_MS)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.asked.abort()
  }

  private async fetch(q: string): Promise<void> {
    const asked = (this.asked = new AbortController())
    try {
      const answer = await ask('GET', `/api/geocode?${new URLSearchParams({ q, limit: String(MOST) })}`, places, {
        signal: asked.signal,
      })
      if (asked.signal.aborted) return
      this.results = answer.ok ? answer.value.features : []
      this.question = this.results[0]?.properties.ask ?? null
      this.state = answer.ok ? 'done' : answer.away ? 'away' : 'done'
    } catch {
      // Newer words took over.
    }
  }
}

/** The nearest name of a point; null when the server cannot be reached. */
export async function nameOf(lon: number, lat: number): Promise<{ label: string; inside_city: boolean } | null> {
  const answer = await ask('GET', `/api/reverse?lon=${lon}&lat=${lat}`, places)
  const properties = answer.ok ? answer.value.features[0]?.properties : undefined
  return properties ? { label: properties.geocoding.label, inside_city: properties.inside_city } : null
}
