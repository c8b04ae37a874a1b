import { untrack } from 'svelte'
import type { Live } from '../../state/live.svelte.ts'
import type { Calls } from './calls.svelte.ts'
import type { Pops } from './pops.svelte.ts'

/**
 * What happens to calls whatever lies on the desk: they are kept on the disk, told and sent to the server as soon as may be, and held against
 * other tabs. For a component being set up.
 */
export function keepSending(calls: Calls, answering: Pops, live: Live): void {
  $effect(() => void calls.keep())
  $effect(() => calls.announce(answering.loud > 0))
  $effect(() => answering.settle())
  $effect(() => {
    const { connected } = live
    untrack(() => {
      calls.reach(connected)
      if (!connected) return
      calls.locateAll()
      calls.renew()
    })
  })
}
