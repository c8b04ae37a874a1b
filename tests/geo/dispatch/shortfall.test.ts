import { describe, expect, it } from 'vitest'
import { freeIn } from '../../../geo/dispatch/free_in.ts'
import { recommend } from '../../../geo/dispatch/recommend.ts'
import { ETA_ERROR, tiesOf } from '../../../geo/dispatch/ties.ts'
import type { CandidateUnit, Need, RecommendInput, UnitPrice } from '../../../geo/dispatch/types.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'
import { unit } from './cases.ts'

const HERE: LonLat = [109.67, -6.89]
const price = (seconds: number): UnitPrice => ({ seconds, metres: seconds * 10, off_road_m: 0 })
const need = (agency_kind: string, capability: string | null, quantity = 1, min_crew = 1): Need => ({
  agency_kind,
  capability,
  quantity,
  min_crew,
})
const ask = (needs: Need[], units: CandidateUnit[], more: Partial<RecommendInput> = {}) =>
  recommend({
    needs,
    units,
    agencies: [],
    incident: { position: HERE, accuracy_m: 0 },
    prices: new Map(units.map((u) => [u.unit_id, price(100)])),
    ...more,
  })

describe('crew', () => {
  it('counts against what each need asks: two are enough for a rescue, not for a pump', () => {
    const both = unit('A', { crew: 2, capabilities: ['pump', 'rescue'] })
    const [group] = ask([need('damkar', 'pump', 1, 3), need('damkar', 'rescue', 1, 2)], [both])
    expect(group.units.map((u) => u.callsign)).toEqual(['A'])
    expect(group.shortfall?.lacking).toEqual([{ capability: 'pump', quantity: 1, min_crew: 3 }])
    const [alone] = ask([need('damkar', 'pump', 1, 3)], [both])
    expect(alone.excluded[0]).toMatchObject({ code: 'no_crew', reason: 'awak kurang: 2 orang, perlu 3' })
  })
})

describe('a busy unit', () => {
  it('names the other job where the reader may know it', () => {
    const busy = (number: string | null) =>
      unit('A', { busy_incident_id: 'x', job: { number, free_in_seconds: 600, state: 'di lokasi' } })
    const reason = (number: string | null) => ask([need('damkar', null)], [busy(number)])[0].excluded[0].reason
    expect(reason('112-20261128-0001')).toBe('sedang menangani 112-20261128-0001 (di lokasi)')
    expect(reason(null)).toBe('sedang menangani kejadian lain')
  })

  it('is next when its job and the drive from there are sooner than calling a crew in', () => {
    const units = [
      unit('busy', { busy_incident_id: 'x', job: { number: 'N', free_in_seconds: 600, state: 'di lokasi' } }),
      unit('off', { duty: 'off' }),
      unit('broken', { duty: 'out_of_service' }),
      unit('ladder', {
        busy_incident_id: 'y',
        capabilities: ['lift'],
        job: { number: 'M', free_in_seconds: 1, state: '' },
      }),
    ]
    const [{ shortfall }] = ask([need('damkar', 'pump')], units, {
      prices_from_job: new Map([
        ['id-busy', price(300)],
        ['id-ladder', price(1)],
      ]),
    })
    expect(shortfall?.next.map((n) => [n.callsign, n.available_in_seconds])).toEqual([
      ['busy', 900],
      ['off', 1980],
    ])
    expect(shortfall?.next[0].why).toBe('N, di lokasi; bebas ± 10 mnt lagi')
  })

  it('is next also where it lets another move over to what is open', () => {
    const units = [
      unit('both', { capabilities: ['pump', 'tanker'] }),
      unit('busy', { busy_incident_id: 'x', job: { number: 'N', free_in_seconds: 60, state: 'di lokasi' } }),
    ]
    const [{ shortfall }] = ask([need('damkar', 'pump'), need('damkar', 'tanker')], units, {
      prices_from_job: new Map([['id-busy', price(10)]]),
    })
    expect(shortfall?.lacking).toEqual([{ capability: 'tanker', quantity: 1, min_crew: 1 }])
    expect(shortfall?.next.map((n) => n.callsign)).toEqual(['busy'])
  })

  it('is free once turn-out, drive and the usual time on scene are over', () => {
    const job = {
      status: 'notified' as const,
      notified_at: 0,
      en_route_at: null,
      on_scene_at: null,
      eta_seconds: 200,
      turnout_seconds: 80,
      on_scene_seconds: 1_200,
    }
    expect(freeIn(job, 60_000)).toEqual({ seconds: 220 + 1_200, state: 'baru diberi tahu' })
    expect(freeIn({ ...job, status: 'en_route', en_route_at: 60_000 }, 160_000).seconds).toBe(100 + 1_200)
    expect(freeIn({ ...job, status: 'on_scene', on_scene_at: 300_000 }, 600_000).seconds).toBe(900)
    expect(freeIn({ ...job, status: 'on_scene', on_scene_at: 0 }, 9_000_000)).toEqual({
      seconds: 0,
      state: 'di lokasi, lewat perkiraan',
    })
  })
})

describe('neighbours', () => {
  const base = (name: string, lon: number, seconds?: number) => ({
    agency_kind: 'damkar',
    name,
    regency: name,
    location: [lon, -6.89] as LonLat,
    phone: null,
    price: seconds === undefined ? undefined : price(seconds),
  })
  it('are ranked by road where our roads lead there, else by the line, which says so', () => {
    const neighbours = [base('far', 110), base('line', 109.75), base('road', 109.7, 240)]
    const [{ shortfall }] = ask([need('damkar', null)], [], { neighbours })
    expect(shortfall?.neighbours.map((n) => [n.name, n.by])).toEqual([
      ['road', 'road'],
      ['line', 'straight'],
    ])
    // 8.8 km of line, a third more by road, at 40 km/h
    expect(shortfall?.neighbours[1].eta_seconds).toBeCloseTo(1_034, -1)
  })
})

describe('offices', () => {
  it('tell of each agency the one nearest by road, not by the line', () => {
    const office = (name: string, lon: number, seconds?: number) => ({
      name,
      address: null,
      position: [lon, -6.89] as LonLat,
      price: seconds === undefined ? undefined : price(seconds),
    })
    const [{ agencies, shortfall }] = ask([need('pln', null)], [], {
      agencies: [
        {
          agency_id: 'a',
          code: 'pln',
          name: 'PLN',
          kind: 'pln',
          phone: '123',
          position: null,
          offices: [office('across the river', 109.671, 900), office('round the corner', 109.68, 200)],
        },
      ],
    })
    expect(agencies[0].office).toEqual({ name: 'round the corner', address: null, eta_seconds: 200 })
    expect([agencies[0].distance_m, agencies[0].phone, shortfall]).toEqual([2_000, '123', null])
  })
})

describe('ties', () => {
  const timed = (unit_id: string, eta_seconds: number) => ({ unit_id, eta_seconds, turnout_seconds: 80 })
  it('hold what neither the place nor the drive can tell apart', () => {
    const run = [timed('A', 300), timed('B', 325), timed('C', 340)]
    // a tenth of 300 s beside an exact place; a place 50 m off alone; both together
    expect(tiesOf(run, 0, ETA_ERROR)).toEqual([{ unit_ids: ['A', 'B'], within_seconds: 30 }])
    expect(tiesOf(run, 50)).toEqual([])
    expect(tiesOf(run, 125, ETA_ERROR)[0]).toMatchObject({ unit_ids: ['A', 'B', 'C'] })
    expect(tiesOf(run, 125, ETA_ERROR)[0].within_seconds).toBeCloseTo(Math.hypot(30, 30), 9)
    // a short drive is no better known than a level crossing's wait
    expect(tiesOf([timed('A', 20), timed('B', 34)], 0, ETA_ERROR)[0].within_seconds).toBe(15)
  })
})

describe('a type that asks for nobody', () => {
  it('lists whoever could go, suggests nobody and lacks nothing', () => {
    const [group] = ask([{ agency_kind: 'damkar', capability: null, quantity: 0 }], [unit('A')], {
      notes: ['pilih sendiri'],
    })
    expect(group).toMatchObject({ needed: 0, shortfall: null, notes: ['pilih sendiri'] })
    expect(group.units.map((u) => [u.callsign, u.suggested])).toEqual([['A', false]])
  })
})

describe('nobody is left out', () => {
  it('puts every unit of a needed kind into exactly one of units and excluded, whatever its state', () => {
    const random = seededRandom(41)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
    for (let round = 0; round < 300; round++) {
      const units = Array.from({ length: 12 }, (_, i) => {
        const busy = random() < 0.25
        return unit(`U${i}`, {
          agency_kind: pick(['damkar', 'bpbd', 'polres']),
          capabilities: pick([[], ['pump'], ['pump', 'rescue'], ['rescue'], ['boat']]),
          crew: Math.floor(random() * 5),
          duty: pick(['on', 'on', 'on', 'off', 'out_of_service']),
          active: random() < 0.9,
          busy_incident_id: busy ? pick(['this', 'x']) : null,
          job: busy && random() < 0.8 ? { number: 'N', free_in_seconds: random() * 900, state: 's' } : null,
          position: pick([null, HERE]),
          position_age_seconds: pick([null, random() * 900]),
          station_position: pick([null, HERE]),
        })
      })
      const needs = [
        need('damkar', 'pump', 2, 3),
        need('bpbd', pick([null, 'boat']), pick([1, 3]), 2),
        need('damkar', 'rescue', 1, 2),
      ]
      const prices = new Map(
        units.filter(() => random() < 0.9).map((u) => [u.unit_id, price(pick([random() * 900, Infinity]))]),
      )
      const groups = ask(needs, units, {
        prices,
        prices_from_job: prices,
        options: { incident_id: 'this', eta_error: ETA_ERROR },
      })
      for (const group of groups) {
        const placed = [...group.units, ...group.excluded].map((u) => u.callsign).sort()
        const all = units.filter((u) => u.agency_kind === group.agency_kind).map((u) => u.callsign)
        expect(placed).toEqual(all.sort())
        const suggested = group.units.filter((u) => u.suggested).length
        expect(group.assigned + suggested + (group.shortfall?.missing ?? 0)).toBe(group.needed)
        const lacking = group.shortfall?.lacking.reduce((sum, each) => sum + each.quantity, 0) ?? 0
        expect(lacking).toBe(group.shortfall?.missing ?? 0)
        for (const next of group.shortfall?.next ?? []) {
          expect(Number.isFinite(next.available_in_seconds)).toBe(true)
          expect(group.excluded.map((u) => u.callsign)).toContain(next.callsign)
        }
        for (const tie of group.ties) expect(tie.unit_ids.length).toBeGreaterThan(1)
      }
    }
  })
})
