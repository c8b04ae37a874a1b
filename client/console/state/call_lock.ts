/** A page nobody looks at leaves the call to the one before the operator's eyes. */
const HIDDEN_WAITS_MS = 400

/** One tab of this browser has a call. Answers how to let go of it; null: another tab has it. It ends with the tab. */
export type CallLock = (call_id: string) => Promise<(() => void) | null>

export const callLock: CallLock = async (call_id) => {
  if (document.hidden) await new Promise((done) => setTimeout(done, HIDDEN_WAITS_MS))
  return new Promise((decided) => {
    navigator.locks
      .request(`siaga112-answered-${call_id}`, { ifAvailable: true }, (lock) => {
        if (!lock) return decided(null)
        return new Promise<void>((release) => decided(release))
      })
      // Two forms are better than a caller without one.
      .catch(() => decided(() => undefined))
  })
}
