import { tick } from 'svelte'
import type { PageTheme } from '../theme/page_theme.svelte.ts'

/** A map is made anew for the bright theme; longer than this nobody waits for it. */
const MOST_MS = 15_000
const LOOK_MS = 100

/** Prints in the bright theme, whatever is on the screen, once the map is painted in it (`settled`). */
export async function printed(theme: PageTheme, settled: () => boolean): Promise<void> {
  const was = theme.shown
  theme.paint('light')
  await tick()
  const from = performance.now()
  while (performance.now() - from < MOST_MS && !settled()) await new Promise((done) => setTimeout(done, LOOK_MS))
  window.print()
  theme.paint(was)
}
