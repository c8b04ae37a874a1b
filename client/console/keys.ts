import type { NO_INCIDENT } from './state/call.svelte.ts'

export type Shortcut =
  | 'new'
  | 'answer'
  | 'place'
  | 'queue'
  | 'back'
  | 'send'
  | 'device'
  | 'likely'
  | 'hand_over'
  | 'move_up'
  | 'questions'
  | 'take_over'
  | 'alarm_known'
  | 'report'
  | 'information'
  | 'prank'
  | 'ghost'
  | 'test'
  | 'wider'
  | 'narrower'

const SINGLE: Record<string, Shortcut> = { n: 'new', j: 'answer', '/': 'place', q: 'queue', m: 'move_up' }
/** By the key's place: what Alt types differs from keyboard to keyboard. */
const WITH_ALT: Record<string, Shortcut> = {
  KeyP: 'device',
  KeyG: 'likely',
  KeyS: 'hand_over',
  KeyT: 'questions',
  KeyA: 'take_over',
  KeyK: 'alarm_known',
  KeyL: 'report',
  KeyI: 'prank',
  KeyH: 'ghost',
  KeyU: 'test',
  KeyO: 'information',
  ArrowUp: 'wider',
  ArrowDown: 'narrower',
}
/** Shortcuts that say at once what a call without an incident is. */
export const KIND_OF: Partial<Record<Shortcut, (typeof NO_INCIDENT)[number]>> = {
  information: 'information',
  prank: 'prank',
  ghost: 'ghost',
  test: 'test',
}
/** Held down, they go on. */
const GO_ON: ReadonlySet<Shortcut> = new Set(['wider', 'narrower'])

/** Whether the keys go into a text there. */
export const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type="checkbox"]), textarea') || target.isContentEditable)

/** What a key means on the desk; null: it belongs to whatever has the focus. Single letters do nothing while someone types; with Alt they always work. */
export function shortcut(event: KeyboardEvent): Shortcut | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
  if (event.isComposing) return null
  const alt = altKey && !ctrlKey && !metaKey && !shiftKey ? WITH_ALT[code] : undefined
  if (alt) return event.repeat && !GO_ON.has(alt) ? null : alt
  if (event.repeat) return null
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'send'
  if (ctrlKey || metaKey) return null
  if (key === 'Escape') return 'back'
  return altKey || !typesText(event.target) ? (SINGLE[key.toLowerCase()] ?? null) : null
}
