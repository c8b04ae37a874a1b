import { ask, reasonOf } from '../../state/api.ts'
import { places } from './answers.ts'
import type { Place } from './answers.ts'
import type { Named } from './pin.ts'

const PAUSE_MS = 160
const MOST = 6
const LONGEST = 500

/** A place found, as the map shows it beside the one that Enter would take. */
export interface Candidate {
  lon: number
  lat: number
  number: number
}

const asked = (words: string) => words.trim().slice(0, LONGEST)

/**
 * The places that fit the words so far. Answers to older words never overwrite those to newer ones; until the newer answer comes the old
 * `results` stay to be read, and {@link fits} says that they must not be taken.
 */
export class PlaceSearch {
  results = $state.raw<Place[]>([])
  state = $state<'idle' | 'searching' | 'done' | 'away'>('idle')
  /** The one question to the caller that narrows best; null when the first result stands out. */
  question = $state<string | null>(null)
  /** Why nothing was found, in the server's words. */
  nothing = $state<string | null>(null)
  private answered = $state('')
  /** Another answer to the same words may be had by now. */
  private outdated = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking = new AbortController()

  /** Whether `results` is the answer to exactly these words. */
  fits(words: string): boolean {
    return this.answered === asked(words)
  }

  search(words: string): void {
    this.stop()
    const q = asked(words)
    if (q.length < 2) return this.take(q, 'idle', [])
    // A space more, or back to what was asked last: the answer is here already.
    if (this.fits(words) && this.state !== 'away' && !this.outdated) this.state = 'done'
    else {
      this.state = 'searching'
      this.timer = setTimeout(() => void this.fetch(q), PAUSE_MS)
    }
  }

  /**
   * Names or the map have changed, or the server is back. Where nothing convincing stands the same words are asked again at once; a list that is being read
   * does not change under the hand, the next key brings the new one.
   */
  renew(): void {
    this.outdated = true
    const convincing = this.results.length > 0 && !isWeak(this.results)
    if (convincing || this.state === 'idle' || this.state === 'searching') return
    this.stop()
    this.timer = setTimeout(() => void this.fetch(this.answered), PAUSE_MS)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.asking.abort()
  }

  private async fetch(q: string): Promise<void> {
    const asking = (this.asking = new AbortController())
    this.outdated = false
    try {
      const answer = await ask('GET', `/api/geocode?${new URLSearchParams({ q, limit: String(MOST) })}`, places, {
        signal: asking.signal,
      })
      if (asking.signal.aborted) return
      if (answer.ok) this.take(q, 'done', answer.value.features, answer.value.ask)
      // Not being let in says nothing about the place.
      else if (answer.away || answer.status !== 422) this.take(q, 'away', [])
      else this.take(q, 'done', [], reasonOf(answer.problem))
    } catch {
      // Newer words took over.
    }
  }

  private take(q: string, state: 'idle' | 'done' | 'away', results: Place[], ask?: string | null): void {
    this.answered = q
    this.state = state
    this.results = results
    this.question = results.length > 0 ? (ask ?? results[0].properties.ask ?? null) : null
    this.nothing = results.length > 0 ? null : (ask ?? null)
  }
}

/** Together less likely than this, the places found are guesses. */
const WEAK = 0.25

/** Whether the caller most likely means none of these. */
export const isWeak = (results: readonly Place[]): boolean =>
  results.length > 0 && results.reduce((sum, { properties }) => sum + properties.geocoding.score, 0) < WEAK

/** Where the places found lie, numbered as they are listed. */
export const candidatesOf = (results: readonly Place[]): Candidate[] =>
  results.length < 2
    ? []
    : results.map(({ geometry: { coordinates } }, i) => ({ lon: coordinates[0], lat: coordinates[1], number: i + 1 }))

/** What a point is called; null when the server cannot be reached. */
export async function nameOf(lon: number, lat: number): Promise<Named | null> {
  const answer = await ask('GET', `/api/reverse?lon=${lon}&lat=${lat}`, places)
  const properties = answer.ok ? answer.value.features[0]?.properties : undefined
  if (!properties) return null
  const { geocoding, inside_city, border_distance_m } = properties
  return {
    label: geocoding.label,
    inside_city,
    county: geocoding.county ?? null,
    border_distance_m: border_distance_m ?? null,
  }
}
