/** An axis from 0 to the first round number at or above `most`, with its ticks; at least up to `least`. */
export function axisOf(most: number, least = 1): { top: number; ticks: number[] } {
  const wanted = Math.max(most, least)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [0.2, 0.25, 0.5, 1, 2, 2.5].map((n) => n * power).find((n) => wanted / n <= 5) ?? 2.5 * power
  const count = Math.ceil(wanted / step - 1e-9)
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12))) }
}

export interface Spot {
  x: number
  y: number
}
/** A polyline's path, M and L. */
export const pathOf = (spots: readonly Spot[]): string =>
  spots.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')

/** Stretches of neighbours that are there: a line is broken where nothing is known. */
export function runsOf<T>(values: readonly (T | null)[]): T[][] {
  const runs: T[][] = []
  let open: T[] | null = null
  for (const value of values) {
    if (value === null) open = null
    else if (open) open.push(value)
    else runs.push((open = [value]))
  }
  return runs
}
