import { tick } from 'svelte'

/** Focuses, once what changed is on the page, the first of these that is there, in the order given. */
export async function focusFirst(root: () => HTMLElement, selectors: readonly string[]): Promise<void> {
  await tick()
  const found = selectors.map((selector) => root().querySelector<HTMLElement>(selector)).find(Boolean)
  found?.focus()
}
