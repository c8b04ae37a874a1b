import { describe, expect, it } from 'vitest'
import { outcomeOf, owesReason, verdictsOf } from '../../../geo/dispatch/first.ts'
import { readReason } from '../../../geo/dispatch/reasons.ts'
import { tiesOf } from '../../../geo/dispatch/ties.ts'
import type { ExcludedUnit, Recommendation, RecommendedUnit } from '../../../geo/dispatch/types.ts'

/** Soonest first, a minute apart, the first `needed` suggested; a capital letter after the id is its asked skill. */
function group(agency_kind: string, needed: number, ids: string[], more: Partial<Recommendation> = {}): Recommendation {
  const units = ids.map((id, i): RecommendedUnit => ({
    unit_id: id[0],
    callsign: id[0],
    eta_seconds: 60 * (i + 1),
    turnout_seconds: 60,
    distance_m: 500,
    position_age_seconds: 5,
    position_source: 'live',
    suggested: i < needed,
    skills: id.slice(1).split('').filter(Boolean),
    reasons: [],
  }))
  return { agency_kind, needed, assigned: 0, units, shortfall: null, excluded: [], agencies: [], ties: [], ...more }
}
const busy = (unit_id: string, eta_seconds: number | null = 30): ExcludedUnit => ({
  unit_id,
  callsign: unit_id,
  code: 'busy',
  reason: 'sedang menangani 112-1',
  eta_seconds,
  turnout_seconds: 60,
  position_age_seconds: null,
  position_source: 'station',
})

describe('a choice held against the recommendation', () => {
  const [one, two] = [group('psc119', 1, ['a', 'b', 'c']), group('damkar', 2, ['d', 'e', 'f', 'g'])]
  const tied = group('psc119', 1, ['a', 'b', 'c'], { ties: [{ unit_ids: ['a', 'b'], within_seconds: 60 }] })
  const skilled = group('bpbd', 2, ['hP', 'iR', 'jP', 'kR'])
  const excluding = group('polres', 1, ['l', 'm'], { excluded: [busy('n')] })
  const nobody = group('pmi', 1, [], { excluded: [busy('o')] })
  const unasked = group('dlh', 0, ['p', 'q'])

  it.each([
    { when: 'the first goes', groups: [one], chosen: 'a', outcome: 'first' },
    { when: 'another goes in its place', groups: [one], chosen: 'b', outcome: 'other' },
    { when: 'more than needed go', groups: [one], chosen: 'ac', outcome: 'first' },
    { when: 'nobody of a kind goes', groups: [one, two], chosen: 'a', outcome: 'first' },
    { when: 'both of two go', groups: [two], chosen: 'de', outcome: 'first' },
    { when: 'the first of two goes alone', groups: [two], chosen: 'd', outcome: 'first' },
    { when: 'the second of two goes alone', groups: [two], chosen: 'e', outcome: 'other' },
    { when: 'the second of two is replaced', groups: [two], chosen: 'df', outcome: 'other' },
    { when: 'one kind is right and the other is not', groups: [one, two], chosen: 'adg', outcome: 'other' },
    { when: 'a declared tie goes', groups: [tied], chosen: 'b', outcome: 'first' },
    { when: 'one beyond the tie goes', groups: [tied], chosen: 'c', outcome: 'other' },
    { when: 'one with the other wanted skill goes alone', groups: [skilled], chosen: 'i', outcome: 'first' },
    { when: 'a worse one with the same skill goes', groups: [skilled], chosen: 'ij', outcome: 'other' },
    { when: 'a busy one goes though one is free', groups: [excluding], chosen: 'n', outcome: 'other' },
    { when: 'a busy one goes beside the first', groups: [excluding], chosen: 'ln', outcome: 'first' },
    { when: 'a busy one goes and nobody is free', groups: [nobody], chosen: 'o', outcome: 'none' },
    { when: 'nobody asked for the kind', groups: [one, unasked], chosen: 'q', outcome: 'none' },
    { when: 'nothing is recommended at all', groups: [], chosen: 'a', outcome: 'none' },
    { when: 'only agencies are told', groups: [one], chosen: '', outcome: 'none' },
  ])('is $outcome when $when', ({ groups, chosen, outcome }) => {
    expect(outcomeOf(verdictsOf(groups, [...chosen]))).toBe(outcome)
    expect(owesReason(groups, [...chosen])).toBe(outcome === 'other')
  })

  it('a tie of other skills is no tie', () => {
    const odd = group('bpbd', 1, ['rP', 's'], { ties: [{ unit_ids: ['r', 's'], within_seconds: 60 }] })
    expect(owesReason([odd], ['s'])).toBe(true)
  })

  it('says who was passed over by whom and what that cost, as known then', () => {
    expect(verdictsOf([two], ['f', 'g'])).toEqual([
      {
        agency_kind: 'damkar',
        outcome: 'other',
        firsts: [
          { unit_id: 'd', callsign: 'd', seconds: 120, sent: false },
          { unit_id: 'e', callsign: 'e', seconds: 180, sent: false },
        ],
        passed_over: [
          {
            first: { unit_id: 'd', callsign: 'd', seconds: 120 },
            sent: { unit_id: 'f', callsign: 'f', seconds: 240 },
            lost_seconds: 120,
          },
          {
            first: { unit_id: 'e', callsign: 'e', seconds: 180 },
            sent: { unit_id: 'g', callsign: 'g', seconds: 300 },
            lost_seconds: 120,
          },
        ],
      },
    ])
    const unpriced = group('polres', 1, ['l'], { excluded: [busy('n', null)] })
    expect(verdictsOf([unpriced], ['n'])[0].passed_over[0]).toMatchObject({
      sent: { seconds: null },
      lost_seconds: null,
    })
  })
})

it('ties are declared against the soonest of each group', () => {
  const timed = (unit_id: string, eta_seconds: number) => ({ unit_id, eta_seconds, turnout_seconds: 10 })
  // 50 m either way at 30 km/h: 12 s.
  expect(tiesOf([timed('a', 0), timed('b', 12), timed('c', 13), timed('d', 60)], 50)).toEqual([
    { unit_ids: ['a', 'b'], within_seconds: 12 },
  ])
})

describe('a reason as it comes', () => {
  it.each([
    [null, null, null],
    ['', '  ', null],
    ['akses_jalan', null, { code: 'akses_jalan', words: null }],
    ['akses_jalan', ' jembatan ', { code: 'akses_jalan', words: 'jembatan' }],
    ['lainnya', null, null],
    ['lainnya', 'uji', { code: 'lainnya', words: 'uji' }],
    ['Unit lain sedang dicuci', null, { code: 'lainnya', words: 'Unit lain sedang dicuci' }],
    [undefined, 'uji', { code: 'lainnya', words: 'uji' }],
  ] as const)('%s with %s is %o', (reason, words, read) => expect(readReason(reason, words)).toEqual(read))
})
