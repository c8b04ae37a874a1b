export type Shortcut = 'new' | 'place' | 'queue' | 'back' | 'send'

const SINGLE: Record<string, Shortcut> = { n: 'new', '/': 'place', q: 'queue' }

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type="checkbox"]), textarea') || target.isContentEditable)

/** What a key means on the desk; null: it belongs to whatever has the focus. Single letters do nothing while someone types; with Alt they always work. */
export function shortcut(event: KeyboardEvent): Shortcut | null {
  const { key, ctrlKey, metaKey, altKey } = event
  if (event.repeat || event.isComposing) return null
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'send'
  if (ctrlKey || metaKey) return null
  if (key === 'Escape') return 'back'
  return altKey || !typesText(event.target) ? (SINGLE[key.toLowerCase()] ?? null) : null
}
