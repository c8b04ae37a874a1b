const AGAIN_MS = 30 * 60_000
/** Not before the wall has painted: what it keeps for the next start must not delay this one. */
const AFTER_MS = 8000
const RETRY_MS = 5 * 60_000
const sleep = (ms: number) => new Promise((later) => setTimeout(later, ms))

/** The token of a link that was opened while no server answered: it is still to be turned into a session. */
let link: string | null = null

/**
 * Has the browser keep the page of the wall for a start before its server. A link's token leaves the address here as it does where the server
 * answers; it is used once the server lets nobody in without it.
 */
export async function keepShell(): Promise<void> {
  const here = new URL(location.href)
  if (here.searchParams.has('token')) {
    link = here.href
    here.searchParams.delete('token')
    history.replaceState(null, '', here)
  }
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  await sleep(AFTER_MS)
  for (;;) {
    try {
      const registration = await navigator.serviceWorker.register('/wall-worker.js', { scope: '/wall' })
      setInterval(() => void registration.update().catch(() => undefined), AGAIN_MS)
      return
    } catch (error) {
      // Perhaps the server was just away: a wall that stands for weeks must not go without because of one moment.
      console.warn('the wall is not kept for a start without a server:', error instanceof Error ? error.message : error)
      await sleep(RETRY_MS)
    }
  }
}

/** Goes in by the link that was opened while nobody answered, once; false when there is none. */
export function useLink(): boolean {
  if (link === null) return false
  const to = link
  link = null
  location.replace(to)
  return true
}
