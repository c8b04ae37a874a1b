import { untrack } from 'svelte'
import type { Live } from '../../state/live.svelte.ts'
import type { Calls } from './calls.svelte.ts'

/** What happens to calls whatever lies on the desk: they are kept on the disk, and sent once the server is there again. For a component being set up. */
export function keepSending(calls: Calls, live: Live): void {
  $effect(() => void calls.keep())
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
