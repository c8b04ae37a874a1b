import type { LonLat } from '../../geo/earth.ts'
import type { Bounds } from './geometry.ts'

/** After someone touched the map the camera leaves it alone this long. */
export const HANDS_OFF_MS = 60_000
/** So long a critical one is looked at, the flight there included. */
export const VISIT_MS = 11_000
/** A place further out than this from the city is a slip of data: the camera does not go to the equator for it. */
const REACH_DEG = 0.15

export interface Viewed {
  id: string
  place: LonLat
  /** Of the first priority, or past its limit. */
  critical: boolean
}

export type View = { kind: 'frame'; box: Bounds; back?: boolean } | { kind: 'near'; place: LonLat }

/**
 * Decides where the wall looks; moves nothing and has no clock of its own (`now`: monotonic ms). Each answer is where to go now, or null: stay.
 */
export class CameraPlan {
  /** When {@link wake} has something to do; null: never. */
  due: number | null = null
  private city: Bounds | null = null
  private open: readonly Viewed[] = []
  private framed = ''
  private touched_until = -Infinity
  /** Critical ones known already: null until the first look, which is no news. */
  private known: Set<string> | null = null
  private visiting: string | null = null

  /** True the first time. */
  home(city: Bounds): boolean {
    const first = this.city === null
    this.city = city
    return first
  }

  /** Answers until when the camera stands still. */
  touch(now: number): number {
    this.visiting = null
    this.touched_until = now + HANDS_OFF_MS
    this.due = this.touched_until
    return this.touched_until
  }

  look(open: readonly Viewed[], now: number, fly: boolean): View | null {
    this.open = open
    const critical = open.filter((one) => one.critical && this.within(one.place))
    const news = this.known === null ? undefined : critical.find(({ id }) => !this.known?.has(id))
    this.known = new Set(critical.map(({ id }) => id))
    if (!this.city || now < this.touched_until) return null
    if (news && fly) {
      this.visiting = news.id
      this.due = now + VISIT_MS
      return { kind: 'near', place: news.place }
    }
    // The one looked at is over: nothing is left to see there.
    if (this.visiting !== null && !open.some(({ id }) => id === this.visiting)) return this.back()
    return this.visiting === null ? this.frame() : null
  }

  /** Called at `due`. */
  wake(now: number): View | null {
    if (this.due === null || now < this.due) return null
    if (this.visiting !== null) return this.back()
    this.due = null
    // After a hand let go: framed again, whatever the hand left.
    this.framed = ''
    return this.frame(true)
  }

  /** What is looked at, for another size of the map; null while a hand has it. */
  again(now: number): View | null {
    if (!this.city || now < this.touched_until) return null
    const visited = this.open.find(({ id }) => id === this.visiting)
    return visited ? { kind: 'near', place: visited.place } : { kind: 'frame', box: this.box(this.city) }
  }

  private back(): View | null {
    this.visiting = null
    this.due = null
    this.framed = ''
    return this.frame(true)
  }

  private frame(back = false): View | null {
    const key = this.open
      .map(({ id }) => id)
      .sort()
      .join()
    if (!this.city || (key === this.framed && !back)) return null
    this.framed = key
    return { kind: 'frame', box: this.box(this.city), ...(back ? { back } : {}) }
  }

  private within([lon, lat]: LonLat): boolean {
    if (!this.city) return false
    const [west, south, east, north] = this.city
    return lon > west - REACH_DEG && lon < east + REACH_DEG && lat > south - REACH_DEG && lat < north + REACH_DEG
  }

  private box(city: Bounds): Bounds {
    return this.open.filter(({ place }) => this.within(place)).reduce<Bounds>(stretch, [...city])
  }
}

function stretch(box: Bounds, { place: [lon, lat] }: Viewed): Bounds {
  return [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
}
