const KEY = 'siaga112-screen'

/** A name of this screen that survives reloads, so that /admin can tell one wall from another. */
export function screenId(): string {
  try {
    const held = localStorage.getItem(KEY)
    if (held) return held
    const made = crypto.randomUUID?.() ?? `screen-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`
    localStorage.setItem(KEY, made)
    return made
  } catch {
    return 'screen-without-storage'
  }
}

/** Used JavaScript heap in MB where the browser tells (Chromium), else null. */
export function heapMb(): number | null {
  const memory = (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory
  return memory ? Math.round(memory.usedJSHeapSize / 104_857.6) / 10 : null
}
