import type { Logger } from 'pino'

/** Calls `readOnce` one at a time, for whoever says that there is something new: many at once make one reading more, not many. Nothing of it rejects. */
export function createPump(readOnce: () => Promise<void>, log: Logger) {
  let pumping: Promise<void> | null = null
  let again = false

  /** Reads; resolves when the reading that is under way now, or this one, has ended. */
  function nudge(): Promise<void> {
    if (pumping) {
      again = true
      return pumping
    }
    pumping = readOnce()
      .catch((error: unknown) => log.warn({ err: error }, 'live feed could not read the log'))
      .finally(() => {
        pumping = null
        if (again) {
          again = false
          void nudge()
        }
      })
    return pumping
  }

  return {
    nudge,
    /** Reads every line that is written now; a reading that was under way may have begun before it was. */
    async readOn(): Promise<void> {
      const under_way = pumping !== null
      await nudge()
      if (under_way) await nudge()
    },
    /** The reading under way has ended. */
    settled: async (): Promise<void> => void (await pumping),
  }
}
