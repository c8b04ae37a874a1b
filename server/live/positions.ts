import type { Position } from '../../geo/wire/masterdata.ts'
import type { Executor } from '../db/database.ts'

/** What was taken in earlier may be committed later: so much is read again, and what was sent is left out. */
const AGAIN_MS = 1_000
const SHARED_MS = 250

/** The message that tells of positions. */
export const positionsText = (positions: Position[], now: Date): string =>
  JSON.stringify({ type: 'positions', server_time: now.toISOString(), positions })

/** The latest fixes of units as they come in, whichever server takes them in. */
export function createPositionTail(options: { db: Executor; simulated: boolean }) {
  const { db, simulated } = options
  let seen = new Date(0).toISOString()
  const last_fix = new Map<string, string>()
  const read = (since: Date) =>
    db.rows<{ taken_in_at: string; position: Position }>('positions_since', { since, simulated })
  let all: { at: number; rows: Promise<Position[]> } | null = null
  return {
    /** Those that came since the last call. */
    async fresh(): Promise<Position[]> {
      const rows = await read(new Date(Date.parse(seen) - AGAIN_MS))
      const fresh = rows.filter(({ position }) => last_fix.get(position.unit_id) !== position.fix_at)
      if (rows.length > 0) seen = rows[rows.length - 1].taken_in_at
      // Who comes after everybody was told these must be told them too.
      if (fresh.length > 0) all = null
      for (const { position } of fresh) last_fix.set(position.unit_id, position.fix_at)
      return fresh.map(({ position }) => position)
    },
    /** Of every unit; whoever asks within the same quarter of a second is told the same, and what comes after it as everybody is. */
    all(): Promise<Position[]> {
      if (all && performance.now() - all.at < SHARED_MS) return all.rows
      const rows = read(new Date(0)).then((read) => read.map(({ position }) => position))
      const mine = (all = { at: performance.now(), rows })
      rows.catch(() => {
        if (all === mine) all = null
      })
      return rows
    },
    /** Another database, whose clock is another: all of them are new. */
    forget(): void {
      seen = new Date(0).toISOString()
      last_fix.clear()
      all = null
    },
  }
}
