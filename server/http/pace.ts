import { ApiError } from '../errors.ts'

const MOST_KEYS = 5_000

/**
 * Lets `most` through per key in any stretch of `per_ms`; further ones get 429 with the seconds to wait. In memory of this server, bounded:
 * beyond some thousand keys the one that came longest ago is forgotten.
 */
export function createPace({ most, per_ms }: { most: number; per_ms: number }) {
  const passed = new Map<string, number[]>()
  return (key: string, now: number): void => {
    const recent = (passed.get(key) ?? []).filter((at) => now - at < per_ms)
    if (recent.length >= most) {
      const wait = Math.max(1, Math.ceil((recent[0] + per_ms - now) / 1000))
      throw new ApiError(
        429,
        'too_many',
        `Terlalu banyak dalam waktu singkat; coba lagi dalam ${wait} detik`,
        [],
        {},
        wait,
      )
    }
    passed.delete(key)
    passed.set(key, [...recent, now])
    if (passed.size > MOST_KEYS) passed.delete(passed.keys().next().value as string)
  }
}
