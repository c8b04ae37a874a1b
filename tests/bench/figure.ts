/** One number beside its baseline, both of the same run. */
export interface Figure {
  what: string
  measured: number
  unit: string
  /** The same asked of something plain; null where there is nothing to set beside it. */
  baseline: number | null
  /** What the baseline is. */
  beside: string
  /** The bound of README ("Measured") on `measured`; null: for information. */
  bound: { most?: number; least?: number } | null
}

export interface SectionResult {
  figures: Figure[]
  /** What could not be measured here, and what a reader of the figures must know. */
  notes: string[]
}

/** Nearest-rank percentile; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

export const isMet = ({ bound, measured }: Figure): boolean | null =>
  bound === null ? null : measured <= (bound.most ?? Infinity) && measured >= (bound.least ?? -Infinity)

/** p50 (for information) and p95 (bound, if any) of a sample beside the same of a baseline. */
export function latencies(
  what: string,
  measured: readonly number[],
  other: { beside: string; values: readonly number[] } | null,
  most?: number,
): Figure[] {
  const at = (share: number, bound: Figure['bound']): Figure => ({
    what: `${what}, p${share * 100} of ${measured.length}`,
    measured: percentile(measured, share),
    unit: 'ms',
    baseline: other ? percentile(other.values, share) : null,
    beside: other?.beside ?? '',
    bound,
  })
  return [at(0.5, null), at(0.95, most === undefined ? null : { most })]
}

function show(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value !== 0 && Math.abs(value) < 0.01) return value.toExponential(1)
  return Math.abs(value) >= 1000
    ? value.toFixed(0)
    : Math.abs(value) >= 100
      ? Number(value.toFixed(1)).toString()
      : Number(value.toPrecision(3)).toString()
}

const showBound = ({ bound }: Figure): string =>
  bound === null ? '' : bound.most !== undefined ? `≤ ${show(bound.most)}` : `≥ ${show(bound.least ?? 0)}`

/** The table of a section: what | measured | baseline (same run) | bound | ok. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${show(figure.measured)} ${figure.unit}`,
    figure.baseline === null ? '' : `${show(figure.baseline)} ${figure.unit} (${figure.beside})`,
    showBound(figure),
    { true: 'ok', false: 'MISSED', null: '' }[String(isMet(figure))] ?? '',
  ])
  const all = [['what', 'measured', 'baseline (same run)', 'bound', 'ok'], ...rows]
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)))
  const line = (row: string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')
      .trimEnd()
  return [line(all[0]), widths.map((width) => '-'.repeat(width)).join('-|-'), ...rows.map(line)].join('\n')
}
