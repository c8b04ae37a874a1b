/** For spellings one slip apart: every spelling under its own hash and under that of itself less each one letter. */
export interface SlipIndex {
  mask: number
  /** Bucket b holds ids[starts[b]] .. ids[starts[b + 1] - 1]. */
  starts: Int32Array
  ids: Int32Array
}

/** FNV-1a over the letters but the one at `left_out` (-1: none). */
function hash(text: string, left_out: number): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) if (i !== left_out) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h ^ (h >>> 15)
}

/** Built once over all spellings; `of[i]` is the number that spelling i stands for. */
export function buildSlips(spellings: readonly string[], of: readonly number[]): SlipIndex {
  let count = 0
  for (const text of spellings) count += text.length + 1
  const mask = (1 << Math.max(4, Math.ceil(Math.log2(count + 1)))) - 1
  const starts = new Int32Array(mask + 2)
  for (const text of spellings) for (let i = -1; i < text.length; i++) starts[(hash(text, i) & mask) + 1]++
  for (let b = 0; b <= mask; b++) starts[b + 1] += starts[b]
  const next = starts.slice()
  const ids = new Int32Array(count)
  spellings.forEach((text, k) => {
    for (let i = -1; i < text.length; i++) ids[next[hash(text, i) & mask]++] = of[k]
  })
  return { mask, starts, ids }
}

/**
 * Calls `found` for each spelling that a dropped, added, doubled or changed letter or a swap of two neighbours turns into
 * `text`; for some others too, and more than once: the caller compares.
 */
export function eachSlip({ mask, starts, ids }: SlipIndex, text: string, found: (id: number) => void): void {
  for (let i = -1; i < text.length; i++) {
    const bucket = hash(text, i) & mask
    for (let k = starts[bucket]; k < starts[bucket + 1]; k++) found(ids[k])
  }
}
