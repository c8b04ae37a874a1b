import type { LonLat } from '../../geo/earth.ts'
import type { Route } from '../../geo/roads/route.ts'
import type { Price } from '../../geo/roads/search.ts'
import type { Routing } from '../../geo/wire/primitives.ts'

/** Who gives the times: our own graph (`own`), OSRM, or our own graph because OSRM does not answer (`fallback`). */
export interface RoutingState {
  routing: Routing
  /** Since when OSRM does not answer; null unless `fallback`. */
  since: Date | null
}

/** A drive and who priced it; `notes` are words for the reasons of a recommendation, in Indonesian. */
export interface RoutedPrice extends Price {
  routing: Routing
  notes: readonly string[]
}

/** Where verbs and the simulation get driving times from; made by source.ts. */
export interface RoutingSource {
  readonly state: RoutingState
  /** What became of the questions to OSRM since the start, by outcome; all 0 without ROUTING_URL. */
  readonly counts: Readonly<Record<Outcome, number>>
  /**
   * Drives of all the points to the incident at a moment, in their order, as `Router.price` answers them; never rejects.
   * All of one answer come from one source, so that they can be ranked. Waits for OSRM {@link OSRM_TIMEOUT_MS} at most.
   */
  price(incident: LonLat, points: readonly (LonLat | null)[], at: Date): Promise<RoutedPrice[]>
  /** The way from one place to another; null when no road leads there. Never rejects. */
  route(from: LonLat, to: LonLat, at: Date): Promise<(Route & { routing: Routing }) | null>
  /** Asks OSRM whether it is there, so that the first operator need not find out. Never rejects. */
  start(): Promise<void>
  stop(): void
}

/** `place`: OSRM is there and has no road at what was asked about; `crowded`: our own questions were too many at once. */
export type Outcome = 'answered' | 'silent' | 'invalid' | 'place' | 'crowded'

/** Nobody with a caller on the line waits longer than this for a second opinion on the drive. */
export const OSRM_TIMEOUT_MS = 250

/** OSRM gave no times for a question. */
export class OsrmFault extends Error {
  constructor(
    readonly outcome: Exclude<Outcome, 'answered'>,
    message: string,
  ) {
    super(message)
  }
}
