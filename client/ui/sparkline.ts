/** More points than this are averaged together: a line of noise tells no trend. */
const POINTS = 15

/** Points of a polyline in a box of 100 x 24, from zero up to the largest value; long series are averaged into 15 steps. */
export function sparkline(values: readonly number[]): string {
  if (values.length === 0) return ''
  const steps = Math.min(POINTS, values.length)
  const means = Array.from({ length: steps }, (_, i) => {
    const part = values.slice(Math.floor((i * values.length) / steps), Math.floor(((i + 1) * values.length) / steps))
    return part.reduce((sum, v) => sum + v, 0) / part.length
  })
  const top = Math.max(1, ...means)
  const x = (i: number) => (steps === 1 ? 50 : (100 * i) / (steps - 1))
  return means.map((v, i) => `${x(i).toFixed(1)},${(23 - 22 * (v / top)).toFixed(1)}`).join(' ')
}
