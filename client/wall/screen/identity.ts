const KEY = 'siaga112-screen'

/**
 * A name of this screen that survives reloads, so that /admin can tell one wall from another and its settings are found again. A kiosk whose
 * browser forgets everything names itself: `/wall?screen=dinding-kiri`.
 */
export function screenId(): string {
  const asked = new URLSearchParams(location.search).get('screen')?.trim().slice(0, 64)
  try {
    const held = localStorage.getItem(KEY)
    if (held && (!asked || asked === held)) return held
    const made =
      asked || (crypto.randomUUID?.() ?? `screen-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`)
    localStorage.setItem(KEY, made)
    return made
  } catch {
    return asked || 'screen-without-storage'
  }
}

/** Used JavaScript heap in MB where the browser tells (Chromium), else null. */
export function heapMb(): number | null {
  const memory = (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory
  return memory ? Math.round(memory.usedJSHeapSize / 104_857.6) / 10 : null
}
