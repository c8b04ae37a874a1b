import { describe, expect, it } from 'vitest'
import { cityCompliance, compliance, needingAttention } from '../../../client/state/compliance.ts'
import type { District } from '../../../geo/wire/stats.ts'
import { wilson } from '../../../geo/stats/wilson.ts'

const stage = (n: number, breached: number) => ({
  n,
  breached,
  running: 0,
  missing: 0,
  ...wilson(breached, n),
  median_seconds: null,
})
const district = (code: string, n: number, breached: number): District => ({
  code,
  name: code,
  incidents: n,
  calls: n,
  open: 0,
  by_type: {},
  agent: stage(n, 0),
  opd: stage(n, breached),
  population: null,
  population_year: null,
  per_10000: null,
  trend: [],
})

describe('compliance', () => {
  it('is the share kept, with its interval turned round: 7 of 10 kept is 40 to 89 per cent', () => {
    expect(compliance({ n: 10, breached: 3 })).toEqual({ n: 10, percent: 70, low: 40, high: 89 })
  })
  it('says no share under five cases, only their number', () => {
    expect(compliance({ n: 4, breached: 0 })).toMatchObject({ n: 4, percent: null })
    expect(compliance({ n: 0, breached: 0 }).percent).toBeNull()
  })
  it('adds counts, not shares', () => {
    expect(cityCompliance([district('a', 9, 9), district('b', 1, 0)], 'opd')).toMatchObject({ n: 10, percent: 10 })
  })
})

describe('needingAttention', () => {
  it('ranks by the lower bound, so that few cases do not outrank many', () => {
    const ranked = needingAttention(
      [district('few', 5, 4), district('many', 60, 42), district('good', 30, 1), district('none', 0, 0)],
      new Map(),
      9,
    )
    expect(ranked.map((d) => d.code)).toEqual(['many', 'few', 'good'])
  })
})
