import type { Services } from '../services.ts'

export interface Fix {
  unit_id?: string
  callsign?: string
  lon: number
  lat: number
  fix_at?: string | null
  speed_kmh?: number | null
  heading?: number | null
  accuracy_m?: number | null
  /** By the phone of a person, not by a vehicle's tracker. */
  personal?: boolean
  source: 'json' | 'osmand' | 'owntracks'
}

export interface Judged {
  ord: number
  unit_id: string | null
  /** Why a fix was refused; null when it was taken. */
  reason: string | null
}

/** Takes fixes in, in their order; each gets an answer. */
export async function ingestPositions(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  fixes: Fix[],
  now: Date,
): Promise<Judged[]> {
  const judged = await db.rows<Judged>('position_ingest', { rows: JSON.stringify(fixes), now, simulated })
  hub.positionsChanged()
  return judged
}
