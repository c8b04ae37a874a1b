import type { ComplaintStep } from '../../geo/wire/complaints.ts'

export type Command = ComplaintStep | 'new' | 'back'

const SINGLE: Record<string, Command> = {
  n: 'new',
  t: 'take',
  j: 'answer',
  e: 'escalate',
  c: 'note',
  s: 'close',
  b: 'reopen',
}

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input:not([type="radio"]), textarea, select')

/** What a key means on the page: a command, a view by its number from 1, a step in the list, or nothing. Nothing while somebody types but Esc. */
export function keyOf(event: KeyboardEvent): Command | number | 'up' | 'down' | null {
  const { key, ctrlKey, metaKey, altKey } = event
  if (event.isComposing || ctrlKey || metaKey || altKey) return null
  if (key === 'Escape') return 'back'
  if (typesText(event.target)) return null
  if (key === 'ArrowDown') return event.target instanceof HTMLInputElement ? null : 'down'
  if (key === 'ArrowUp') return event.target instanceof HTMLInputElement ? null : 'up'
  if (/^[1-4]$/.test(key)) return Number(key)
  return SINGLE[key.toLowerCase()] ?? null
}
