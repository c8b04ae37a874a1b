import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { distanceM } from '../../../geo/earth.ts'
import { wibHour, wibMidnight } from '../../../geo/sla/shift.ts'
import { createCityModel, type CityModel } from '../../../server/city/model.ts'
import type { Connected } from '../../../server/db/connect.ts'
import { readDemoCity } from '../../../server/demo/city.ts'
import { planDay, type DemoCity } from '../../../server/demo/day.ts'
import { randomOf } from '../../../server/demo/random.ts'
import { createVehicle } from '../../../server/demo/vehicle.ts'
import { openTestDatabase } from '../../helpers/database.ts'

const NOW = new Date('2026-11-20T12:00:00+07:00')
const DAY_MS = 86_400_000

let connected: Connected
let model: CityModel
let city: DemoCity
beforeAll(async () => {
  connected = await openTestDatabase()
  model = await createCityModel(connected.db, true, NOW)
  city = await readDemoCity({ db: connected.db, city: model, simulated: true })
})
afterAll(() => connected.close())

describe('chance', () => {
  it('is the same for the same parts and another for others', () => {
    const draw = (...parts: (string | number)[]) => {
      const random = randomOf(...parts)
      return Array.from({ length: 5 }, () => random.next())
    }
    expect(draw(112, 'a')).toEqual(draw(112, 'a'))
    expect(draw(112, 'a')).not.toEqual(draw(113, 'a'))
    expect(draw(112, 'a')).not.toEqual(draw(112, 'b'))
  })

  it('counts, waits and medians come out as asked', () => {
    const random = randomOf(112, 'moments')
    const mean = (draw: () => number) => Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b, 0) / 20_000
    expect(mean(() => random.count(2.5))).toBeCloseTo(2.5, 1)
    expect(mean(() => random.wait(3))).toBeCloseTo(3, 0)
    expect(mean(() => Number(random.around(60, 0.5) < 60))).toBeCloseTo(0.5, 1)
    expect(mean(() => random.weighted([0, 1], (x) => (x ? 3 : 1)) ?? 0)).toBeCloseTo(0.75, 1)
    expect(random.weighted([1, 2], () => 0)).toBeNull()
  })
})

describe('the plan of a day', () => {
  const midnight = wibMidnight(Date.parse('2026-06-03T12:00:00+07:00'))

  it('is the same for the same seed, another for another', () => {
    expect(planDay(112, midnight, city)).toEqual(planDay(112, midnight, city))
    expect(planDay(113, midnight, city)).not.toEqual(planDay(112, midnight, city))
  })

  it('a year: each report in its kelurahan, on its day, step by step, no unit in two cases', () => {
    const agent: number[] = []
    const opd: number[] = []
    const rob: { hour: number; tidal: boolean; month: number }[] = []
    let lives = 0
    for (let day = 0; day < 365; day++) {
      const from = midnight + day * DAY_MS
      const busy = new Map<string, [number, number][]>()
      for (const item of planDay(112, from, city)) {
        expect(item.at).toBeGreaterThanOrEqual(from)
        expect(item.at).toBeLessThan(from + DAY_MS)
        if ('call' in item) continue
        lives++
        const { steps } = item.life
        expect(steps.map((step) => step.at)).toEqual(steps.map((step) => step.at).sort((a, b) => a - b))
        const created = steps.find((step) => step.verb === 'create')
        if (created?.verb !== 'create') throw new Error('a life without its incident')
        const place = model.reverse(...created.input.point)
        const assigns = steps.filter((step) => step.verb === 'assign')
        if (place.inside_city) expect(city.router.snap(created.input.point)?.distance_m).toBeLessThan(600)
        if (created.input.incident_type === 'rob' && place.inside_city) {
          rob.push({
            hour: wibHour(item.at),
            tidal: city.places.tidal(place.kelurahan_code),
            month: new Date(item.at).getUTCMonth(),
          })
        }
        for (const assign of assigns) {
          if (!assign.chosen) continue
          const of = steps.filter((step) => step.verb === 'progress' && step.assignment === assign.assignment)
          const until = of.at(-1)?.at ?? assign.at
          for (const [a, b] of busy.get(assign.chosen.unit_id) ?? []) expect(until <= a || assign.at >= b).toBe(true)
          if (of.length === 4)
            busy.set(assign.chosen.unit_id, [...(busy.get(assign.chosen.unit_id) ?? []), [assign.at, until]])
        }
        const closed = steps.at(-1)
        if (assigns.length === 0 || closed?.verb !== 'patch' || closed.input.status !== 'closed') continue
        agent.push((assigns[0].at - item.at) / 60_000)
        opd.push(
          (Math.max(...steps.filter((step) => step.verb === 'progress').map((step) => step.at)) - assigns[0].at) /
            60_000,
        )
      }
    }
    const share = (list: number[], limit: number) => list.filter((x) => x > limit).length / list.length
    const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1]
    console.info({
      lives,
      agent: [median(agent), share(agent, 5)],
      opd: [median(opd), share(opd, 35)],
      rob: rob.length,
    })
    expect(lives / 12).toBeGreaterThan(52)
    expect(lives / 12).toBeLessThan(70)
    expect(share(agent, 5)).toBeGreaterThan(0.06)
    expect(share(agent, 5)).toBeLessThan(0.14)
    expect(median(opd)).toBeGreaterThan(17)
    expect(median(opd)).toBeLessThan(26)
    expect(share(opd, 35)).toBeGreaterThan(0.12)
    expect(share(opd, 35)).toBeLessThan(0.25)
    expect(rob.every((r) => r.tidal)).toBe(true)
    expect(rob.filter((r) => r.month === 4 || r.month === 5).length / rob.length).toBeGreaterThan(0.3)
    expect(
      rob.filter((r) => (r.hour >= 6 && r.hour < 12) || (r.hour >= 14 && r.hour < 19)).length / rob.length,
    ).toBeGreaterThan(0.85)
  }, 120_000)
})

describe('a vehicle', () => {
  it('follows its road to the end at the pace of the road, and its tracker wanders by metres only', () => {
    const route = city.router.route([109.6717, -6.8779], [109.6793, -6.929])
    if (!route) throw new Error('no road')
    const vehicle = createVehicle('Damkar 1', [109.6717, -6.8779])
    vehicle.drive(route, 1)
    let seconds = 0
    let last = vehicle.at
    while (vehicle.moving) {
      vehicle.advance(1)
      expect(distanceM(last, vehicle.at)).toBeLessThan(25)
      expect(city.router.snap(vehicle.at)?.distance_m).toBeLessThan(1)
      const fix = vehicle.fix(1)
      expect(distanceM(fix.location.coordinates, vehicle.at)).toBeLessThan(25)
      expect(fix.speed_kmh).toBeLessThan(90)
      last = vehicle.at
      seconds++
    }
    expect(seconds / route.seconds).toBeGreaterThan(0.8)
    expect(seconds / route.seconds).toBeLessThan(1.25)
    expect(distanceM(vehicle.at, route.coordinates[route.coordinates.length - 1])).toBeLessThan(1)
    expect(vehicle.fix(1).speed_kmh).toBe(0)
  })

  it('takes up a drive in the middle', () => {
    const route = city.router.route([109.6717, -6.8779], [109.6793, -6.929])
    if (!route) throw new Error('no road')
    const vehicle = createVehicle('Damkar 1', [109.6717, -6.8779])
    vehicle.drive(route, 1, route.seconds / 2)
    expect(distanceM(vehicle.at, route.coordinates[0])).toBeGreaterThan(500)
    vehicle.advance(route.seconds)
    expect(vehicle.moving).toBe(false)
  })
})
