import { z } from 'zod'
import { uuid } from '../../geo/wire/primitives.ts'
import type { AuditRestore } from '../../geo/wire/audit.ts'
import type { Executor } from '../db/database.ts'
import type { Anchor } from './anchors.ts'

const seq = z.number().int()
/** What a line `log.restored` says (sql/functions/log_restored.sql). */
const body = z.object({
  made_at: z.string(),
  sha256: z.string(),
  log_id: uuid,
  seq,
  replaced: z.object({ log_id: uuid, seq }).nullable(),
})

/** A restore that the log tells of, and the name that the log had before it. */
export interface Restore extends AuditRestore {
  former_log_id: string
}

/**
 * Every restore that the log tells of, oldest first. What was noted of the former log beyond the backup is no tampering: those lines are gone with the
 * restore, and `lost_to` says how far they went, as far as an anchor or the restore itself knew.
 */
export async function restoresOf(db: Executor, anchors: readonly Anchor[]): Promise<Restore[]> {
  const lines = await db.rows<{ seq: number; recorded_at: Date; body: unknown }>('audit_restores')
  return lines.map((line) => {
    const told = body.parse(line.body)
    const known = [...anchors, ...(told.replaced ? [told.replaced] : [])].filter(({ log_id }) => log_id === told.log_id)
    const furthest = known.reduce((most, each) => Math.max(most, each.seq), 0)
    return {
      line: line.seq,
      at: line.recorded_at.toISOString(),
      made_at: new Date(told.made_at).toISOString(),
      seq: told.seq,
      sha256: told.sha256,
      lost_to: furthest > told.seq ? furthest : null,
      former_log_id: told.log_id,
    }
  })
}

/** One line about a restore, for `npm run audit:verify`. */
export const restoreWords = ({ line, at, made_at, seq, sha256, lost_to }: AuditRestore): string =>
  `Baris ${line}: dipulihkan ${at} dari cadangan ${made_at} (sampai baris ${seq}, sha256 ${sha256})` +
  (lost_to === null ? '' : `; catatan sebelumnya sudah sampai baris ${lost_to}: ${lost_to - seq} baris tidak ada lagi`)
