import { describe, expect, it } from 'vitest'
import { stillPossible, suggestion, toggled } from '../../../client/console/state/choice.ts'
import { owesReason } from '../../../geo/dispatch/first.ts'
import type { RecommendedUnit, Recommendation } from '../../../geo/dispatch/types.ts'

const unit = (unit_id: string, suggested: boolean): RecommendedUnit => ({
  unit_id,
  callsign: unit_id,
  suggested,
  skills: [],
  eta_seconds: 60,
  turnout_seconds: 60,
  distance_m: 500,
  position_age_seconds: 5,
  position_source: 'live',
  reasons: [],
})
const group = (units: RecommendedUnit[], agencies: string[] = []): Recommendation => ({
  agency_kind: 'x',
  needed: 1,
  assigned: 0,
  units,
  shortfall: null,
  excluded: [],
  ties: [],
  agencies: agencies.map((agency_id) => ({
    agency_id,
    code: agency_id,
    name: agency_id,
    phone: null,
    distance_m: null,
  })),
})
const ids = (...unit_ids: string[]) => ({ unit_ids: new Set(unit_ids), agency_ids: new Set<string>() })

describe('what is chosen before anyone touches it', () => {
  const groups = [group([unit('a', true), unit('b', false)]), group([], ['pln', 'pln2'])]
  it('is who was suggested, and the nearest agency of a kind without units', () => {
    expect(suggestion(groups)).toEqual({ unit_ids: new Set(['a']), agency_ids: new Set(['pln']) })
  })
  it('leaves an agency that was told already', () => {
    expect(suggestion(groups, new Set(['pln2'])).agency_ids.size).toBe(0)
  })
})

describe('a reason', () => {
  const groups = [group([unit('a', true), unit('b', false)]), group([unit('c', true), unit('d', false)])]
  it.each([
    { chosen: ['a', 'c'], owed: false, when: 'the first go' },
    { chosen: ['a', 'b', 'c'], owed: false, when: 'more than suggested go' },
    { chosen: ['a'], owed: false, when: 'a whole kind stays' },
    { chosen: ['b', 'c'], owed: true, when: 'another goes in place of the first' },
    { chosen: ['a', 'd'], owed: true, when: 'that happens in the second kind' },
  ])('is owed: $owed, when $when', ({ chosen, owed }) => expect(owesReason(groups, chosen)).toBe(owed))
})

it('drops from a choice who can no longer be sent', () => {
  expect(stillPossible([group([unit('a', true)])], ids('a', 'gone')).unit_ids).toEqual(new Set(['a']))
})

it('toggles without touching the old set', () => {
  const before = new Set(['a'])
  expect(toggled(before, 'b')).toEqual(new Set(['a', 'b']))
  expect(toggled(before, 'a')).toEqual(new Set())
  expect(before).toEqual(new Set(['a']))
})
