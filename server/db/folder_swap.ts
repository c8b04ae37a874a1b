import { existsSync, renameSync, rmSync } from 'node:fs'

/** A whole database that is to take the place of `folder`, beside it: from its name's being there on, it is the truth. */
export const comingTo = (folder: string): string => `${folder}.restored`
const goingFrom = (folder: string): string => `${folder}.replaced`

/**
 * Ends a swap that was begun: each step can be cut off and is taken up at the next start. Called with the folder held (bin/embedded.ts, and by the restore
 * itself), before anybody looks for a database in `folder`.
 */
export function settleSwap(folder: string): void {
  const [coming, going] = [comingTo(folder), goingFrom(folder)]
  if (existsSync(coming)) {
    if (existsSync(folder)) {
      rmSync(going, { recursive: true, force: true })
      renameSync(folder, going)
    }
    renameSync(coming, folder)
  }
  rmSync(going, { recursive: true, force: true })
}
