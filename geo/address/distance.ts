/** Pairs that ears and hurried fingers confuse, and what confusing them costs (an ordinary substitution costs 1). */
const CLOSE: readonly [pairs: string, cost: number][] = [
  ['jy', 0.35],
  ['ae ei ou ao iy uw', 0.5],
  ['pf pb dt kg sc fb kh sj mn', 0.65],
]
/** Cost of writing one letter for another, as a 32 x 32 table over the low five bits of a-z. */
const COST = new Float64Array(1024).fill(1)
for (let i = 0; i < 32; i++) COST[i * 33] = 0
for (const [pairs, cost] of CLOSE) {
  for (const pair of pairs.split(' ')) {
    const [x, y] = [pair.charCodeAt(0) & 31, pair.charCodeAt(1) & 31]
    COST[x * 32 + y] = COST[y * 32 + x] = cost
  }
}
const SWAP = 0.7
const H = 'h'.charCodeAt(0) & 31
const rows = [new Float64Array(64), new Float64Array(64), new Float64Array(64)]
const codes = new Uint8Array(64)

/**
 * Weighted Damerau-Levenshtein (optimal string alignment) distance of two words of a-z; gives up, returning Infinity,
 * beyond `limit`. Words longer than 63 letters are never close.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (a === b) return 0
  const m = b.length
  if (a.length > 63 || m > 63 || Math.abs(a.length - m) * 0.5 > limit) return Infinity
  let [before, last, row] = rows
  last[0] = 0
  for (let j = 1; j <= m; j++) {
    codes[j] = b.charCodeAt(j - 1) & 31
    last[j] = last[j - 1] + (codes[j] === H ? 0.5 : 1)
  }
  let previous = 0
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1) & 31
    const drop = letter === H ? 0.5 : 1
    row[0] = last[0] + drop
    let least = row[0]
    for (let j = 1; j <= m; j++) {
      const other = codes[j]
      let cost = last[j - 1] + COST[letter * 32 + other]
      const dropped = last[j] + drop
      const added = row[j - 1] + (other === H ? 0.5 : 1)
      if (dropped < cost) cost = dropped
      if (added < cost) cost = added
      if (i > 1 && j > 1 && letter !== other && letter === codes[j - 1] && previous === other)
        cost = Math.min(cost, before[j - 2] + SWAP)
      row[j] = cost
      if (cost < least) least = cost
    }
    // A swap may still reach back one row, so one more letter is allowed before giving up.
    if (least > limit + 1) return Infinity
    previous = letter
    const spare = before
    before = last
    last = row
    row = spare
  }
  return last[m] <= limit ? last[m] : Infinity
}

/**
 * Likeness 0..1 of two spellings of a word, each given as written and as it sounds; 0 when below what is `asked`
 * (without one, when not {@link alike}).
 */
export function likeness(a: string, aSound: string, b: string, bSound: string, asked?: number): number {
  if (a === b) return 1
  if (aSound === bSound) return 0.97
  const long = Math.max(a.length, b.length)
  const sound = Math.max(aSound.length, bSound.length)
  const least = Math.max(asked ?? 0, alike(long))
  const bySound = 1 - editDistance(aSound, bSound, (1 - least) * sound) / sound
  const same = a.length === aSound.length && b.length === bSound.length
  return Math.max(0, bySound, same ? 0 : 1 - editDistance(a, b, (1 - least) * long) / long)
}

/** From this likeness on, a word of that length may stand for another: short words must nearly agree. */
export function alike(length: number): number {
  if (length <= 3) return 0.95
  if (length === 4) return 0.74
  return length < 8 ? 0.66 : 0.62
}

/** The three-letter windows of a word, its ends marked. */
export function trigrams(word: string): string[] {
  const padded = `  ${word} `
  const out: string[] = []
  for (let i = 0; i + 3 <= padded.length; i++) out.push(padded.slice(i, i + 3))
  return out
}

/** The letters of a word, one bit each. */
export function lettersOf(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31)
  return bits
}

/** False where two words surely differ in more than `most` letters, by the letters they are made of. */
export function lettersAlike(a: number, b: number, most: number): boolean {
  return bitCount(a & ~b) <= most && bitCount(b & ~a) <= most
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
