import { z } from 'zod'
import { hotspotPoint, hotspotStudy } from '../../../geo/wire/hotspots.ts'
import type { HotspotPoint, HotspotStudy } from '../../../geo/wire/hotspots.ts'
import { incidentType } from '../../../geo/wire/masterdata.ts'
import { ask, reasonOf } from '../../state/api.ts'

const RETRY_MS = 3_000
/** Studies kept, so that going back and forth between months is at once; a running month is asked again. */
const KEPT = 12

interface Read {
  study: HotspotStudy
  points: HotspotPoint[]
}

/** A month's study as the server works it out. The one of before stays until the next is there. */
export class Study {
  shown = $state.raw<Read | null>(null)
  busy = $state(false)
  away = $state(false)
  /** Why the server refused. */
  notice = $state('')
  types = $state.raw<readonly { code: string; name: string }[]>([])
  private readonly kept = new Map<string, Read>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private turn = 0
  private key = ''

  constructor() {
    void this.readTypes()
  }

  show(month: string, type: string | null): void {
    const key = `${month}/${type ?? ''}`
    if (key === this.key) return
    this.key = key
    this.notice = ''
    // Another month's question that waits for its next try would be answered under this month's name.
    clearTimeout(this.timer)
    const known = this.kept.get(key)
    if (known) {
      this.turn++
      this.busy = this.away = false
      this.shown = known
    } else void this.look(month, type)
  }

  close(): void {
    this.turn++
    this.key = 'closed'
    clearTimeout(this.timer)
  }

  private async look(month: string, type: string | null): Promise<void> {
    const turn = ++this.turn
    this.busy = true
    const query = new URLSearchParams({ month, ...(type ? { incident_type: type } : {}) }).toString()
    const [study, points] = await Promise.all([
      ask('GET', `/api/hotspots/study?${query}`, hotspotStudy),
      ask('GET', `/api/hotspots/points?${query}`, z.array(hotspotPoint)),
    ])
    if (turn !== this.turn) return
    this.away = (!study.ok && study.away) || (!points.ok && points.away)
    if (study.ok && points.ok) {
      this.shown = { study: study.value, points: points.value }
      if (study.value.complete) this.keep(`${month}/${type ?? ''}`, this.shown)
    } else if (this.away) {
      this.timer = setTimeout(() => void this.look(month, type), RETRY_MS)
      return
    } else {
      const refused = [study, points].find((answer) => !answer.ok && !answer.away)
      if (refused && !refused.ok && !refused.away) this.notice = reasonOf(refused.problem)
    }
    this.busy = false
  }

  private keep(key: string, read: Read): void {
    if (this.kept.size >= KEPT) this.kept.delete([...this.kept.keys()][0])
    this.kept.set(key, read)
  }

  private async readTypes(): Promise<void> {
    const answer = await ask('GET', '/api/incident-types', z.array(incidentType))
    if (answer.ok) this.types = answer.value
    else if (this.key !== 'closed') setTimeout(() => void this.readTypes(), RETRY_MS)
  }
}
