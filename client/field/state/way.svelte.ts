import { distanceM, type LonLat } from '../../../geo/earth.ts'
import { way, type Way } from '../../../geo/wire/field.ts'
import { ask } from '../../state/api.ts'

const EVERY_MS = 30_000
const MOVED_M = 150
/** However much happens, not more often than this. */
const LEAST_MS = 5_000

/** The way to the job: asked for anew as the unit moves, when roads are closed or opened, and now and then. */
export class WayFinder {
  way = $state.raw<Way | null>(null)
  /** The server says that no open road leads there. */
  none = $state(false)
  private of: string | null = null
  private asked_at = -Infinity
  private asked_from: LonLat | null = null
  private closures = ''
  private asking = false

  /** To be called each second. `closures` tells one state of the roads from another. */
  look(assignment_id: string | null, from: LonLat | null, closures: string): void {
    if (assignment_id !== this.of) {
      this.of = assignment_id
      this.way = null
      this.none = false
      this.asked_at = -Infinity
    }
    if (assignment_id === null || this.asking) return
    const since = performance.now() - this.asked_at
    const moved = from !== null && (this.asked_from === null || distanceM(from, this.asked_from) > MOVED_M)
    if (since < LEAST_MS || (since < EVERY_MS && !moved && closures === this.closures)) return
    this.asked_at = performance.now()
    this.asked_from = from
    this.closures = closures
    void this.ask(assignment_id, from)
  }

  private async ask(id: string, from: LonLat | null): Promise<void> {
    this.asking = true
    const query = from ? `?lon=${from[0].toFixed(6)}&lat=${from[1].toFixed(6)}` : ''
    const answer = await ask('GET', `/api/assignments/${id}/way${query}`, way.nullable())
    this.asking = false
    if (!answer.ok || id !== this.of) return
    this.way = answer.value
    this.none = answer.value === null
  }
}
