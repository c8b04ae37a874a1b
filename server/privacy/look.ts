import type { Database } from '../db/database.ts'

/** What kind of personal data was looked at. A new page that shows some adds its own word. */
export type LookKind = 'report' | 'photo' | 'help' | 'cancellation' | 'held' | 'views'

/** Records that somebody saw personal data: of a case, of a call, or of something else (`about`). */
export async function recordLook(
  db: Pick<Database, 'rows'>,
  look: { kind: LookKind; incident_id?: string; call_id?: string; about?: string; actor: string; at: Date },
): Promise<void> {
  await db.rows('private_look_add', { incident_id: null, call_id: null, about: null, ...look })
}
