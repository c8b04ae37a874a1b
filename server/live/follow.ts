import type { Logger } from 'pino'
import type { LogRow } from './event.ts'

/**
 * Has each line of the log followed by what must know of it. One that cannot be followed holds no line back: it is told to the log and kept, one of
 * each kind, until it can.
 */
export function followLines(log: Logger, onLine?: (row: LogRow) => Promise<void> | void) {
  const owed = new Map<string, LogRow>()
  async function heed(row: LogRow): Promise<void> {
    try {
      await onLine?.(row)
      owed.delete(row.kind)
    } catch (error) {
      owed.set(row.kind, row)
      const { seq, kind, incident_id } = row
      log.error({ err: error, seq, kind, incident_id }, 'a line of the log could not be followed; trying again')
    }
  }
  return {
    heed,
    /** Those that are kept, once more. */
    async again(): Promise<void> {
      for (const line of [...owed.values()]) await heed(line)
    },
    /** Another log: what was owed was of the old one. */
    forget: () => owed.clear(),
  }
}
