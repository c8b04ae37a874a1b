/** What a key of the wall asks for: a scene by its place, the next or the last one, a pause, the settings; null: nothing of the wall's. */
export type WallKey = number | 'next' | 'back' | 'pause' | 'setup'

export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'target'>): WallKey | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  if (event.target instanceof Element && event.target.closest('form, button, a, input, select')) return null
  if (/^[1-5]$/.test(event.key)) return Number(event.key) - 1
  if (event.key === 'ArrowRight') return 'next'
  if (event.key === 'ArrowLeft') return 'back'
  if (event.key === ' ') return 'pause'
  return event.key.toLowerCase() === 's' ? 'setup' : null
}
