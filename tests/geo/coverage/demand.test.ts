import { describe, expect, it } from 'vitest'
import { BUILT_IN_CITY } from '../../../geo/city/index.ts'
import { cellAt, cellsOf } from '../../../geo/coverage/cells.ts'
import { demandOf, ENOUGH_INCIDENTS } from '../../../geo/coverage/demand.ts'
import { spreadPeople } from '../../../geo/coverage/people.ts'

const land = { geometry: { coordinates: [[BUILT_IN_CITY.land.map((p) => [...p])]] } }
const cells = cellsOf([land])
const sum = (row: Float64Array) => row.reduce((a, b) => a + b, 0)
const HERE = cellAt(cells, 109.6717, -6.8779)

describe('cells', () => {
  it('fill the city once, about 3,000 of them, and know their neighbours', () => {
    expect(cells.cells.length).toBeGreaterThan(2_500)
    expect(cells.cells.length).toBeLessThan(4_000)
    expect(new Set(cells.cells).size).toBe(cells.cells.length)
    expect(cells.ringsOf(HERE, 2).map((ring) => ring.length)).toEqual([1, 6, 12])
    expect(cellAt(cells, 109.6, -6.8)).toBe(-1)
  })
})

describe('people', () => {
  it('lie evenly where there are no buildings, or only those of a part, and by buildings where the map is whole', () => {
    const even = spreadPeople(cells, [{ population: 1_000 }], null)
    expect([sum(even.people), even.evenly, even.by_buildings]).toEqual([expect.closeTo(1_000), 1, 0])
    const part = new Float64Array(cells.cells.length)
    part[HERE] = 50
    expect(spreadPeople(cells, [{ population: 1_000 }], part).evenly).toBe(1)
    const whole = Float64Array.from(cells.cells, (_, i) => i % 2)
    const built = spreadPeople(cells, [{ population: 1_000 }], whole)
    expect([built.by_buildings, built.people[0]]).toEqual([1, 0])
    expect(sum(built.people)).toBeCloseTo(1_000)
    expect(sum(spreadPeople(cells, [{ population: null }], whole).people)).toBe(0)
  })
})

describe('demand', () => {
  const people = spreadPeople(cells, [{ population: 1_000 }], null).people
  it('is where incidents were and around, each counting one, shared by what it asked for', () => {
    const incidents = Array.from({ length: ENOUGH_INCIDENTS }, () => ({ cell: HERE, capabilities: ['pump', 'rescue'] }))
    const demand = demandOf(cells, incidents, people, [null])
    expect([demand.basis, demand.n, demand.capabilities]).toEqual(['incidents', 30, ['pump', 'rescue']])
    expect(demand.by_capability.map(sum)).toEqual([expect.closeTo(15), expect.closeTo(15)])
    const [pump] = demand.by_capability
    expect(pump[HERE]).toBe(Math.max(...pump))
    expect(pump.filter((w) => w > 0).length).toBe(61)
  })
  it('falls back to people when too few incidents tell', () => {
    const demand = demandOf(cells, [{ cell: HERE, capabilities: ['pump'] }], people, ['pump', 'animal', 'pump'])
    expect([demand.basis, demand.n, demand.capabilities]).toEqual(['people', 1, ['pump', 'animal']])
    expect(demand.by_capability.reduce((all, row) => all + sum(row), 0)).toBeCloseTo(1_000)
  })
})
