import type { KelurahanReach } from '../../../geo/wire/coverage.ts'

export interface Gap extends Pick<KelurahanReach, 'code' | 'name' | 'kecamatan' | 'median_seconds'> {
  /** People beyond the limit, and their share of the kelurahan's. */
  beyond: number
  share: number | null
}

/** Kelurahan with somebody beyond a limit (its position), most people first; of equals the slower one. */
export const gapsOf = (kelurahan: readonly KelurahanReach[], limit: number): Gap[] =>
  kelurahan
    .map(({ code, name, kecamatan, median_seconds, beyond_people, beyond_share }) => ({
      code,
      name,
      kecamatan,
      median_seconds,
      beyond: beyond_people[limit] ?? 0,
      share: beyond_share[limit] ?? null,
    }))
    .filter(({ beyond }) => beyond >= 1)
    .sort((a, b) => b.beyond - a.beyond || (b.median_seconds ?? Infinity) - (a.median_seconds ?? Infinity))
