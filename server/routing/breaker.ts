import { OsrmFault } from './types.ts'

/** Questions of operators that may go unanswered in a row, whatever the probes say. */
const MOST_MISSES = 3
/** Probes in a row that close it again. */
const WELL_AFTER = 2

export interface BreakerOptions {
  /** Asks something small and rejects when it is not answered; never on anybody's request. */
  probe: () => Promise<void>
  every_ms: number
  now: () => Date
  /** Opened (with the last fault) or closed (null). */
  onChange: (fault: OsrmFault | null) => void
}

/**
 * Whether OSRM is asked at all. It opens when a question goes unanswered and the probe that follows at once does too, when two
 * probes in a row do, or after three questions; while open nobody waits for OSRM. It is probed each `every_ms`, open or not, so
 * that mostly no operator is the one who finds out; two answers in a row close it.
 */
export function createBreaker({ probe, every_ms, now, onChange }: BreakerOptions) {
  let opened = false
  let missed_at: Date | null = null
  let misses = 0
  let probe_misses = 0
  let well = 0
  let probing: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function judge(fault: OsrmFault): void {
    missed_at ??= now()
    if (opened || stopped) return
    if (misses < MOST_MISSES && (probe_misses === 0 || misses + probe_misses < 2)) return
    opened = true
    well = 0
    onChange(fault)
  }

  async function probeOnce(): Promise<void> {
    try {
      await probe()
      probe_misses = 0
      if (misses === 0) missed_at = null
      if (!opened || stopped) return
      if (++well < WELL_AFTER) return
      opened = false
      misses = 0
      missed_at = null
      onChange(null)
    } catch (error) {
      well = 0
      probe_misses++
      judge(error instanceof OsrmFault ? error : new OsrmFault('silent', String(error)))
    }
  }
  const probeNow = (): Promise<void> => (probing ??= probeOnce().finally(() => (probing = null)))

  return {
    get opened() {
      return opened
    },
    /** Of the first question or probe in the row that went unanswered. */
    get missed_at() {
      return missed_at
    },
    answered(): void {
      misses = probe_misses = 0
      if (!opened) missed_at = null
    },
    missed(fault: OsrmFault): void {
      misses++
      judge(fault)
      if (!opened) void probeNow()
    },
    async start(): Promise<void> {
      await probeNow()
      if (probe_misses > 0) await probeNow()
      timer = setInterval(() => void probeNow(), every_ms)
      timer.unref()
    },
    stop(): void {
      stopped = true
      clearInterval(timer)
    },
  }
}
