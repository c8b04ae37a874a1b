/** A fix as the phone gave it, its time by the server's clock. */
export interface OwnFix {
  lon: number
  lat: number
  /** Epoch ms. */
  at: number
  accuracy_m: number | null
  speed_kmh: number | null
  heading: number | null
}

/** Closer in time than this says nothing more. */
const SPACING_MS = 4_000
/** An hour at one fix each six seconds; some 60 kB. */
const MOST = 600

/**
 * Fixes that wait to be sent, oldest first, bounded: when it is full the older half is thinned, so that a long silence keeps its whole track and
 * loses detail where it is oldest. In memory only: where somebody was is not left lying on a phone.
 */
export class FixQueue {
  private fixes: OwnFix[] = []

  constructor(private readonly most = MOST) {}

  get length(): number {
    return this.fixes.length
  }

  /** The newest counts as it is when it follows its predecessor too soon. */
  push(fix: OwnFix): void {
    const last = this.fixes.at(-1)
    if (last && fix.at <= last.at) return
    const before = this.fixes.at(-2)
    if (last && before && fix.at - before.at < SPACING_MS) this.fixes.pop()
    this.fixes.push(fix)
    if (this.fixes.length <= this.most) return
    const half = Math.floor(this.fixes.length / 2)
    this.fixes = this.fixes.filter((_, i) => i >= half || i % 2 === 0)
  }

  /** The oldest `n`, which stay until {@link done}. */
  first(n: number): readonly OwnFix[] {
    return this.fixes.slice(0, n)
  }

  /** What was sent up to this time is over. */
  done(at: number): void {
    this.fixes = this.fixes.filter((fix) => fix.at > at)
  }

  clear(): void {
    this.fixes = []
  }
}
