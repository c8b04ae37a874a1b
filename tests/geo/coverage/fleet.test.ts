import { describe, expect, it } from 'vitest'
import { changeFleet, ChangeFault, sourcesOf, usualTurnout, type Fleet } from '../../../geo/coverage/fleet.ts'
import type { LonLat } from '../../../geo/earth.ts'
import type { CoverageChange } from '../../../geo/wire/coverage_what_if.ts'

const [NORTH, SOUTH, ELSEWHERE]: LonLat[] = [[109.67, -6.87], [109.67, -6.93], [109.65, -6.9]] // prettier-ignore
const point = (coordinates: LonLat) => ({ type: 'Point' as const, coordinates: [coordinates[0], coordinates[1]] as [number, number] }) // prettier-ignore
const unit = (id: string, post_id: string | null, at: LonLat | null, turnout_seconds = 80, away: string | null = null) => ({ id, callsign: id, post_id, at, turnout_seconds, away }) // prettier-ignore
const fleet = (from: Fleet['from'] = 'posts'): Fleet => ({
  from,
  posts: [
    { id: 'n', name: 'Utara', at: NORTH, added: false },
    { id: 's', name: 'Selatan', at: SOUTH, added: false },
  ],
  units: [
    unit('A', 'n', NORTH, 90),
    unit('B', 'n', from === 'posts' ? NORTH : ELSEWHERE),
    unit('C', 'n', NORTH, 80, 'rusak'),
  ],
})
const after = (changes: CoverageChange[], from?: Fleet['from']) =>
  sourcesOf(changes.reduce((now, change, i) => changeFleet(now, change, i, () => 'Jl. X'), fleet(from)))
const names = ({ sources }: ReturnType<typeof sourcesOf>) =>
  sources.map(({ name, units }) => `${name}: ${units.join()}`)

describe('a fleet', () => {
  it('sets off from each place once, by its soonest crew; who does not count is named with the reason', () => {
    const { sources, excluded } = after([])
    expect(sources).toEqual([
      { id: 'n', kind: 'post', name: 'Utara', location: point(NORTH), turnout_seconds: 80, units: ['B', 'A'] },
    ])
    expect(excluded).toEqual([
      { id: 'C', kind: 'unit', name: 'C', reason: 'rusak' },
      { id: 's', kind: 'post', name: 'Selatan', reason: 'tidak ada unit yang bermarkas di sini' },
    ])
    expect(names(after([], 'units'))).toEqual(['Utara: A', 'B: B'])
    expect(usualTurnout(fleet().units)).toBe(80)
  })

  it.each<[string, CoverageChange[], string[]]>([
    ['a post is added', [{ kind: 'add_post', location: point(ELSEWHERE) }], ['Utara: B,A', 'Pos baru: Jl. X: ']],
    ['a post moves', [{ kind: 'move_post', station_id: 'n', location: point(SOUTH) }], ['Utara: B,A']],
    ['a post closes', [{ kind: 'close_post', station_id: 'n' }], []],
    ['a unit is added', [{ kind: 'add_unit', location: point(SOUTH) }], ['Utara: B,A', 'Selatan: ']],
    ['a unit moves', [{ kind: 'move_unit', unit_id: 'A', location: point(SOUTH) }], ['Selatan: A', 'Utara: B']],
    ['a unit goes', [{ kind: 'close_unit', unit_id: 'B' }], ['Utara: A']],
    ['one that is away is moved', [{ kind: 'move_unit', unit_id: 'C', location: point(SOUTH) }], ['Utara: B,A', 'Selatan: C']], // prettier-ignore
    [
      'roads and shifts change',
      [
        { kind: 'flood', scenario: '2021' },
        { kind: 'shift', shift: 'malam' },
      ],
      ['Utara: B,A'],
    ],
    ['one change follows another', [{ kind: 'close_post', station_id: 'n' }, { kind: 'add_post', location: point(NORTH) }], ['Pos baru: Jl. X: ']], // prettier-ignore
  ])('after %s', (_what, changes, expected) => {
    expect(names(after(changes))).toEqual(expected)
  })

  it('takes along, where units stand now, only those that stand at a post that moves, and all that belong to one that closes', () => {
    expect(names(after([{ kind: 'move_post', station_id: 'n', location: point(SOUTH) }], 'units'))).toEqual(['Utara: A', 'B: B']) // prettier-ignore
    expect(names(after([{ kind: 'close_post', station_id: 'n' }], 'units'))).toEqual([])
  })

  it('says which change names what there is not', () => {
    const fault = (change: CoverageChange) => {
      try {
        changeFleet(fleet(), change, 3, () => '')
      } catch (error) {
        if (error instanceof ChangeFault) return [error.index, error.field]
      }
      return null
    }
    expect(fault({ kind: 'close_post', station_id: 'x' })).toEqual([3, 'station_id'])
    expect(fault({ kind: 'close_unit', unit_id: 'x' })).toEqual([3, 'unit_id'])
  })
})
