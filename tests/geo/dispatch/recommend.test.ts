import { describe, expect, it } from 'vitest'
import { fillNeeds } from '../../../geo/dispatch/fill.ts'
import { recommend } from '../../../geo/dispatch/recommend.ts'
import { startOf } from '../../../geo/dispatch/start.ts'
import type { CandidateUnit, Need, RecommendInput, UnitPrice } from '../../../geo/dispatch/types.ts'
import { seededRandom } from '../../helpers/random.ts'
import { unit } from './cases.ts'

const need = (agency_kind: string, quantity = 1, capability: string | null = null): Need => ({
  agency_kind,
  capability,
  quantity,
})

const price = (seconds: number): UnitPrice => ({ seconds, metres: seconds * 10, off_road_m: 20 })

const input = (needs: Need[], rows: [CandidateUnit, number][], more: Partial<RecommendInput> = {}): RecommendInput => ({
  needs,
  units: rows.map(([u]) => u),
  agencies: [],
  incident: { position: [109.662, -6.8915], accuracy_m: 0 },
  prices: new Map(rows.map(([u, seconds]) => [u.unit_id, price(seconds)])),
  ...more,
})

describe('recommend', () => {
  it('ranks by driving plus turn-out, and gives both', () => {
    const [group] = recommend(
      input(
        [need('damkar')],
        [
          [unit('A', { turnout_seconds: 200 }), 100],
          [unit('B'), 150],
        ],
      ),
    )
    expect(group.units.map((u) => [u.callsign, u.eta_seconds, u.turnout_seconds, u.distance_m, u.suggested])).toEqual([
      ['B', 150, 80, 1520, true],
      ['A', 100, 200, 1020, false],
    ])
    expect(group.shortfall).toBeNull()
  })

  it('excludes with a reason, never by silence', () => {
    const rows: [CandidateUnit, number][] = [
      [unit('busy', { busy_incident_id: 'x' }), 1],
      [unit('gone', { active: false }), 1],
      [unit('off', { duty: 'off' }), 1],
      [unit('broken', { duty: 'out_of_service' }), 1],
      [unit('empty', { crew: 0 }), 1],
      [unit('ladder', { capabilities: ['lift'] }), 1],
      [unit('lost', { position: null, position_age_seconds: null, station_position: null }), 1],
      [unit('island'), Infinity],
      [unit('medic', { agency_kind: 'psc119' }), 1],
    ]
    const [group] = recommend(input([need('damkar', 2, 'pump')], rows))
    expect(Object.fromEntries(group.excluded.map((x) => [x.callsign, x.code]))).toEqual({
      busy: 'busy',
      gone: 'inactive',
      off: 'off_duty',
      broken: 'out_of_service',
      empty: 'no_crew',
      ladder: 'lacks_capability',
      lost: 'no_position',
      island: 'unreachable',
    })
    expect(group.excluded.every((x) => x.reason.length > 5)).toBe(true)
    expect(group.units).toEqual([])
    expect(group.shortfall).toEqual({
      missing: 2,
      reason: expect.stringContaining('kurang 2 dari 2 (pompa)') as string,
      lacking: [{ capability: 'pump', quantity: 2, min_crew: 1 }],
      // who is off duty, or whose crew is missing, could be called in: 30 min, turn-out, the drive
      next: [
        { unit_id: 'id-empty', callsign: 'empty', code: 'no_crew', available_in_seconds: 1881 },
        { unit_id: 'id-off', callsign: 'off', code: 'off_duty', available_in_seconds: 1881 },
      ].map((next) => ({ ...next, why: expect.stringContaining('awak dipanggil') as string })),
      neighbours: [],
    })
  })

  it('excludes a unit nobody priced', () => {
    const [group] = recommend(input([need('damkar')], [[unit('A'), 1]], { prices: new Map() }))
    expect(group.excluded.map((x) => x.code)).toEqual(['unreachable'])
  })

  it('counts a stale position from the post and says so; the limit is per kind', () => {
    const stale = unit('A', { position_age_seconds: 400 })
    expect(startOf(stale)?.position).toEqual(stale.station_position)
    expect(startOf(stale, { position_age_limit_seconds: { damkar: 900 } })?.position).toEqual(stale.position)
    const [group] = recommend(
      input(
        [need('damkar')],
        [
          [stale, 50],
          [unit('B', { position: null, position_age_seconds: null }), 60],
        ],
      ),
    )
    expect(group.units.map((u) => [u.position_source, u.position_age_seconds])).toEqual([
      ['station', 400],
      ['station', null],
    ])
    expect(group.units[0].reasons[0]).toMatch(/dari pos.*400 dtk/)
    expect(group.units[1].reasons[0]).toMatch(/tidak ada posisi/)
  })

  it('counts units already on the incident against the need', () => {
    const rows: [CandidateUnit, number][] = [
      [unit('A', { busy_incident_id: 'this' }), 10],
      [unit('B'), 20],
    ]
    const [group] = recommend(input([need('damkar', 3)], rows, { options: { incident_id: 'this' } }))
    expect([group.assigned, group.shortfall?.missing, group.excluded[0].code]).toEqual([1, 1, 'already_assigned'])
  })

  it('lists the agencies of an untracked kind by distance, and lacks nothing then', () => {
    const agency = (code: string, lon: number | null) => ({
      agency_id: code,
      code,
      name: code,
      kind: 'pln',
      phone: null,
      position: lon === null ? null : ([lon, -6.89] as [number, number]),
    })
    const [pln, none] = recommend(
      input([need('pln'), need('pdam')], [], {
        agencies: [agency('far', 109.7), agency('none', null), agency('near', 109.66)],
      }),
    )
    expect(pln.agencies.map((a) => a.code)).toEqual(['near', 'far', 'none'])
    expect([pln.shortfall, none.shortfall?.missing]).toEqual([null, 1])
  })

  it('declares ties that the place of the incident cannot tell apart', () => {
    const rows: [CandidateUnit, number][] = [
      [unit('A'), 100],
      [unit('B'), 110],
      [unit('C'), 200],
    ]
    const at = (accuracy_m: number) =>
      recommend({ ...input([need('damkar')], rows), incident: { position: [109.66, -6.89], accuracy_m } })[0].ties
    expect(at(5)).toEqual([])
    expect(at(50)).toEqual([{ unit_ids: ['id-A', 'id-B'], within_seconds: 12 }])
  })

  it('never makes the first time longer by one more unit, and gives every unit of the kind a place', () => {
    const random = seededRandom(5)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
    for (let round = 0; round < 300; round++) {
      const rows = Array.from({ length: 8 }, (_, i): [CandidateUnit, number] => [
        unit(`U${i}`, {
          agency_kind: pick(['damkar', 'bpbd']),
          capabilities: pick([['pump'], ['tanker'], ['pump', 'tanker'], []]),
          duty: pick(['on', 'on', 'off']),
          busy_incident_id: pick([null, null, 'x']),
          position_age_seconds: random() * 600,
          station_position: pick([null, [109.67, -6.89]]),
          turnout_seconds: random() * 200,
        }),
        pick([random() * 900, Infinity]),
      ])
      const needs = [need('damkar', 2, 'pump'), need('damkar', 1, 'tanker'), need('bpbd')]
      const before = recommend(input(needs, rows.slice(1)))
      const after = recommend(input(needs, rows))
      for (const [g, group] of after.entries()) {
        const first = (units: (typeof group)['units']): number =>
          units[0] ? units[0].eta_seconds + units[0].turnout_seconds : Infinity
        expect(first(group.units)).toBeLessThanOrEqual(first(before[g].units))
        expect(group.shortfall?.missing ?? 0).toBeLessThanOrEqual(before[g].shortfall?.missing ?? 0)
        const placed = [...group.units, ...group.excluded].map((u) => u.callsign).sort()
        expect(placed).toEqual(
          rows
            .map(([u]) => u)
            .filter((u) => u.agency_kind === group.agency_kind)
            .map((u) => u.callsign)
            .sort(),
        )
      }
    }
  })
})

describe('fillNeeds', () => {
  it('moves an able unit on so that a later, less able one is of use', () => {
    const needs = [need('damkar', 1, 'pump'), need('damkar', 1, 'tanker')]
    const { used, open } = fillNeeds(needs, [unit('both', { capabilities: ['pump', 'tanker'] }), unit('pump')])
    expect([[...used], open]).toEqual([['id-both', 'id-pump'], []])
  })

  it('fills as many as trying every choice does', () => {
    const random = seededRandom(6)
    for (let round = 0; round < 200; round++) {
      const skills = ['pump', 'tanker', 'lift']
      const needs = skills.map((skill) => need('damkar', 1, random() < 0.2 ? null : skill))
      const units = Array.from({ length: 4 }, (_, i) =>
        unit(`U${i}`, { capabilities: skills.filter(() => random() < 0.4) }),
      )
      const able = (n: Need, u: CandidateUnit): boolean =>
        n.capability === null || u.capabilities.includes(n.capability)
      const best = (left: Need[], free: CandidateUnit[]): number =>
        left.length === 0
          ? 0
          : Math.max(
              best(left.slice(1), free),
              ...free
                .filter((u) => able(left[0], u))
                .map(
                  (u) =>
                    1 +
                    best(
                      left.slice(1),
                      free.filter((x) => x !== u),
                    ),
                ),
            )
      expect(fillNeeds(needs, units).used.size).toBe(best(needs, units))
    }
  })
})
