/** Whether somebody is typing, so that letters are letters; nobody types into a box that is ticked. */
export const isTyping = ({ target }: Event): boolean =>
  (target instanceof HTMLInputElement && target.type !== 'checkbox') ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement

/** A plain key in lower case; null: with Ctrl, Alt or Meta, held down, or while somebody types. */
export function plainKey(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event)) return null
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/** The item one further in the direction of an arrow key; the first when none was chosen. Undefined: no arrow, or nothing there. */
export function stepTo<T>(key: string, items: readonly T[], at: number): T | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[key]
  if (step === undefined || items.length === 0) return undefined
  return items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + step))]
}
