import type { AuditKey } from './id.ts'

/** The tab of the log's integrity in English, the second locale. */
export const en: Record<AuditKey, string> = {
  title: 'Integrity of the log',
  why: 'Each change adds one chained line. At 02:00 WIB each night the chain is checked and its head noted in a file outside the database.',
  whole: 'Whole',
  broken: 'NOT WHOLE',
  never: 'Never checked yet. The first check is at 02:00 WIB.',
  checked_at: 'Checked',
  lines: 'Lines',
  last_hash: 'Last hash',
  anchors: 'Agrees with anchors',
  check: 'Check now',
  checking: 'Checking… {n} lines',
  restored: 'Restored {at} WIB from a backup of {made_at} WIB, up to line {seq}.',
  restored_lost: 'The log before had come to line {lost_to}: {n} lines are gone.',
  what_to_do:
    'Change nothing. Keep a copy of the database and of the anchor file, then run npm run audit:verify and call the maintainer.',
  alarm: 'The log is not whole',
  look: 'Look',
  away: 'Cannot be loaded yet; trying again.',
  session_over: 'The session has ended. Sign in again in another tab (/masuk).',
}
