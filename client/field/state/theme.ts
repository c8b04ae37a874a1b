const KEPT = 'siaga112-field-theme'
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** What the officer chose on this phone; the phone's own setting until then. */
export function theme(): Theme {
  try {
    const kept = localStorage.getItem(KEPT)
    return THEMES.find((one) => one === kept) ?? 'auto'
  } catch {
    return 'auto'
  }
}

/** Puts a theme in force, and keeps it where one is given. */
export function applyTheme(chosen: Theme = theme()): void {
  try {
    localStorage.setItem(KEPT, chosen)
  } catch {
    // For this visit, then.
  }
  const light = chosen === 'auto' ? matchMedia('(prefers-color-scheme: light)').matches : chosen === 'light'
  document.documentElement.dataset.theme = light ? 'light' : 'dark'
}
