const AGAIN_MS = 30 * 60_000
const QUIET_MS = 15_000

/**
 * Has the browser keep this page for where there is no signal. A newer build is fetched beside the old one and taken over by a reload while nobody
 * works: the page hidden, or untouched for a while.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  let touched_at = performance.now()
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => (touched_at = performance.now()))
  try {
    const had = navigator.serviceWorker.controller !== null
    const registration = await navigator.serviceWorker.register('/field-worker.js', { scope: '/field' })
    let swapped = false
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (had && !swapped) location.reload()
      swapped = true
    })
    setInterval(() => {
      if (registration.waiting && (document.hidden || performance.now() - touched_at > QUIET_MS))
        registration.waiting.postMessage('swap')
    }, 1000)
    setInterval(() => void registration.update().catch(() => undefined), AGAIN_MS)
  } catch (error) {
    console.warn('the page is not kept for use without signal:', error instanceof Error ? error.message : error)
  }
}
