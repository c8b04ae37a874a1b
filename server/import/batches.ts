/** How long one statement of an import may hold the embedded database's only session: calls are taken meanwhile. */
const AIM_MS = 40
const SMALLEST = 5
const LARGEST = 2_000

/**
 * Batch sizes that keep each statement near 40 ms on whatever machine this is: starts small, and follows what the last
 * batch took. One per kind of statement, since rows of one kind weigh alike.
 */
export function createBatchSize(first = 25): { readonly size: number; took(rows: number, ms: number): void } {
  let size = first
  return {
    get size() {
      return size
    },
    took(rows, ms) {
      if (rows === 0) return
      const fitting = (rows * AIM_MS) / Math.max(ms, 0.5)
      size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, Math.min(fitting, size * 2))))
    },
  }
}

/** Runs `work` over all items in order, a short batch at a time; between two batches others get their turn. */
export async function inBatches<T>(
  items: readonly T[],
  work: (batch: T[], offset: number) => Promise<void>,
  first?: number,
): Promise<void> {
  const batch = createBatchSize(first)
  for (let at = 0; at < items.length;) {
    const part = items.slice(at, at + batch.size)
    const began = performance.now()
    await work(part, at)
    batch.took(part.length, performance.now() - began)
    at += part.length
  }
}
