import type { CityRail } from './types.ts'

/** The north coast main line, drawn once for both tracks and straight between its bends; streets cross it on the level. */
export const RAILWAY: readonly CityRail[] = [
  {
    class: 'Jalur kereta api antarkota',
    // prettier-ignore
    points: [[109.643, -6.891], [109.66, -6.89], [109.668, -6.8895], [109.673, -6.894], [109.69, -6.8975], [109.707, -6.902]],
  },
]
