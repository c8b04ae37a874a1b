import type { Step } from './state/jobs.ts'

export type Command =
  | 'take'
  | Exclude<Step, 'acknowledged'>
  | 'decline'
  | 'choose'
  | 'swap'
  | 'help'
  | 'report'
  | 'photo'
  | 'queue'
  | 'fleet'
  | 'back'

const SINGLE: Record<string, Command> = {
  t: 'take',
  b: 'en_route',
  l: 'on_scene',
  s: 'done',
  x: 'decline',
  u: 'choose',
  g: 'swap',
  m: 'help',
  r: 'report',
  f: 'photo',
  q: 'queue',
  a: 'fleet',
}

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type="checkbox"]):not([type="radio"]), textarea, select') || target.isContentEditable)

/** What a key means on the page: a command, the number of a unit's row from 1, or nothing. Nothing while somebody types; Esc always. */
export function keyOf(event: KeyboardEvent): Command | number | null {
  const { key, ctrlKey, metaKey, altKey } = event
  if (event.isComposing || event.repeat || ctrlKey || metaKey || altKey) return null
  if (key === 'Escape') return 'back'
  if (typesText(event.target)) return null
  if (/^[1-9]$/.test(key)) return Number(key)
  return SINGLE[key.toLowerCase()] ?? null
}
