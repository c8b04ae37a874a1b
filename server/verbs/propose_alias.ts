import type { Logger } from 'pino'
import { correctionOf } from '../../geo/address/correction.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { CityModel } from '../city/model.ts'
import type { Database } from '../db/database.ts'

/** A pin that was set for words; `source` as the console tells it, null when it did not. */
export interface Pinning {
  incident_id: string
  /** What was said; null: what the incident has kept of it. */
  words: string | null
  point: LonLat
  accuracy_m: number
  source: 'place' | 'map' | 'device' | null
  actor: string
}

/** Pins that wait to be looked at; what comes beyond is let go, for an alias is worth less than a call. */
const MOST_WAITING = 100

/**
 * Learns from corrections: looks, one after the other and after the incident was answered for, whether a pin gives a place
 * another name, and stores that as a proposal. Nothing it does is in force, and no fault of it reaches who saves an incident:
 * faults are logged and counted (`counts`, in /metrics).
 */
export function createProposer({
  db,
  log,
  now,
  city,
  simulated,
}: {
  db: Database
  log: Logger
  now: () => Date
  city: Pick<CityModel, 'gazetteer'>
  simulated: boolean
}) {
  const counts = { proposed: 0, nothing_new: 0, failed: 0, let_go: 0 }
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  async function look({ incident_id, words, point, accuracy_m, actor }: Pinning): Promise<void> {
    const said =
      words ?? (await db.maybe<{ address_text: string | null }>('incident_private', { id: incident_id }))?.address_text
    const correction = said ? correctionOf(city.gazetteer, said, { point, accuracy_m }) : null
    if (!correction) return void counts.nothing_new++
    const { alias, target } = correction
    await db.value('alias_propose', {
      input: {
        alias,
        target_type: target.type,
        target_name: target.name,
        target_kelurahan_code: target.kelurahan_code,
        lon: target.lon,
        lat: target.lat,
        incident_id,
      },
      actor,
      now: now(),
      simulated,
    })
    counts.proposed++
  }

  return {
    counts: counts as Readonly<typeof counts>,
    /** Takes a pinning to look at later. Never throws, never waits. */
    consider(pinning: Pinning): void {
      // A phone says where it is, not what the place is called.
      if (pinning.source === 'device') return
      if (waiting >= MOST_WAITING) return void counts.let_go++
      waiting++
      last = last
        .then(() => look(pinning))
        .catch((error: unknown) => {
          counts.failed++
          log.error({ err: error, incident_id: pinning.incident_id }, 'a correction could not be looked at')
        })
        .finally(() => void waiting--)
    },
    /** When everything taken so far has been looked at. */
    settled: () => last,
  }
}
export type Proposer = ReturnType<typeof createProposer>
