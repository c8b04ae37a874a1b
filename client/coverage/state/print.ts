import { tick } from 'svelte'
import type { PageTheme } from '../../theme/page_theme.svelte.ts'
import type { CoverageMap } from '../map/coverage_map.ts'

/** A map is made anew for the bright theme; longer than this nobody waits for it. */
const MOST_MS = 8_000
const LOOK_MS = 100

/** Prints in the bright theme, whatever is on the screen, once the map is painted in it. */
export async function printed(theme: PageTheme, map: () => CoverageMap | null): Promise<void> {
  const was = theme.shown
  theme.paint('light')
  await tick()
  for (let waited = 0; waited < MOST_MS && !map()?.settled; waited += LOOK_MS)
    await new Promise((done) => setTimeout(done, LOOK_MS))
  window.print()
  theme.paint(was)
}
