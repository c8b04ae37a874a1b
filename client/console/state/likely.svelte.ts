import { z } from 'zod'
import { ask } from '../../state/api.ts'
import { possibleDuplicate } from '../../../geo/wire/duplicates.ts'
import type { PossibleDuplicate } from '../../../geo/wire/duplicates.ts'
import type { Fields } from './intake.ts'

const PAUSE_MS = 250

/** What the server is asked with: the pin, and the type once it is chosen. */
export interface Suspicion {
  lon: number
  lat: number
  accuracy_m: number
  incident_type: string
}

/** What to ask about a form; null without a pin. */
export function suspicionOf(fields: Fields | undefined): Suspicion | null {
  if (!fields?.pin) return null
  const { lon, lat, accuracy_m } = fields.pin
  return { lon, lat, accuracy_m, incident_type: fields.incident_type }
}

/**
 * The open incidents that a call may be about, likeliest first. An answer to an older pin never overwrites a newer one; the old list stays to
 * be read until the newer one is there, and goes when there is no pin.
 */
export class Likely {
  all = $state.raw<readonly PossibleDuplicate[]>([])
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking = new AbortController()

  /** Asks as the form changes, and when an open incident comes or goes: another desk's of a moment ago may be the same. In a component's set-up. */
  follow(open: { list: readonly { incident: { number: string } }[] }, fields: () => Fields | undefined): void {
    const numbers = $derived(
      open.list
        .map(({ incident }) => incident.number)
        .sort()
        .join(),
    )
    const suspicion = $derived(JSON.stringify(suspicionOf(fields())))
    $effect(() => {
      void numbers
      this.about(JSON.parse(suspicion) as Suspicion | null)
    })
  }

  /** Those of a form, without what its operator told apart. */
  suspects(fields: Fields | undefined): readonly PossibleDuplicate[] {
    return fields?.pin ? this.all.filter(({ incident_id }) => !fields.not_duplicate_of.includes(incident_id)) : []
  }

  about(suspicion: Suspicion | null): void {
    this.stop()
    if (!suspicion) this.all = []
    else this.timer = setTimeout(() => void this.fetch(suspicion), PAUSE_MS)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.asking.abort()
  }

  private async fetch({ lon, lat, accuracy_m, incident_type }: Suspicion): Promise<void> {
    const asking = (this.asking = new AbortController())
    const query = new URLSearchParams({
      lon: String(lon),
      lat: String(lat),
      accuracy_m: String(accuracy_m),
      ...(incident_type === '' ? {} : { incident_type }),
    })
    try {
      const answer = await ask('GET', `/api/duplicates?${query}`, z.array(possibleDuplicate), { signal: asking.signal })
      // Nobody knows: what was true of another pin must not stand here.
      if (!asking.signal.aborted) this.all = answer.ok ? answer.value : []
    } catch {
      // A newer pin took over.
    }
  }
}
