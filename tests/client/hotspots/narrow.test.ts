import { gridDisk, latLngToCell } from 'h3-js'
import { expect, it } from 'vitest'
import { cellsOf } from '../../../geo/coverage/cells.ts'
import type { HotspotCell, HotspotPoint } from '../../../geo/wire/hotspots.ts'
import { inSlot } from '../../../client/hotspots/state/choice.ts'
import { cellsWithin, matrixWithin, pointsWithin } from '../../../client/hotspots/state/narrow.ts'
import { hotspotsOf } from '../../helpers/hotspots_of.ts'
import { seededRandom } from '../../helpers/random.ts'

const box = [109.62, -6.95, 109.72, -6.85]
const ring = [
  [box[0], box[1]],
  [box[2], box[1]],
  [box[2], box[3]],
  [box[0], box[3]],
  [box[0], box[1]],
]
const city = cellsOf([{ geometry: { coordinates: [[ring]] } }], 8)
const random = seededRandom(7)
/** A known hot place by evening, else even. */
const raw = Array.from({ length: 900 }, (_, i) => {
  const hot = i % 6 === 0
  const at = hot ? [109.67, -6.9] : [box[0] + random() * (box[2] - box[0]), box[1] + random() * (box[3] - box[1])]
  return { lon: at[0], lat: at[1], day: Math.floor(random() * 7), hour: hot ? 19 : Math.floor(random() * 24) }
})
const points = raw.map(({ lon, lat, day, hour }): HotspotPoint => {
  const h3 = latLngToCell(lat, lon, 8)
  return { point: [lon, lat], radius_m: 75, incident_type: 'x', h3: city.index.has(h3) ? h3 : null, day, hour }
})
const unknown = {
  month: '2026-10',
  complete: true,
  incidents: 0,
  around: 0,
  kelurahan_code: '',
  kelurahan: '',
  place: null,
}
const flat = { z: 0, p: 1, q: 1, significant: false, too_few: false }
const past = { trend: null, counts: [], last_year: null, previous: null }
const study = {
  cells: [...city.cells].reverse().map((h3): HotspotCell => ({ h3, ...unknown, ...flat, ...past })),
  n: points.length,
  too_few: false,
}
const evening = { day: null, from: 18, to: 21 }

it('the cells of some hours are those that the server would find among their incidents', () => {
  const shown = cellsWithin(study, points, evening)
  const within = raw.filter(({ day, hour }) => inSlot(evening, day, hour))
  const { cells, too_few } = hotspotsOf(within, city)
  expect(shown.too_few).toBe(too_few)
  expect(shown.cells.map(({ h3, incidents, around, significant }) => [h3, incidents, around, significant])).toEqual(
    cells.map(({ h3, incidents, around, significant }) => [h3, incidents, around, significant]),
  )
  shown.cells.forEach(({ z }, i) => expect(z).toBeCloseTo(cells[i].z, 9))
  const hot = shown.cells.filter(({ significant }) => significant).map(({ h3 }) => h3)
  expect(hot).toContain(latLngToCell(-6.9, 109.67, 8))
  expect(hot.every((h3) => gridDisk(latLngToCell(-6.9, 109.67, 8), 1).includes(h3))).toBe(true)
})

it('a handful says nothing', () => {
  const few = cellsWithin(study, points.slice(0, 12), { day: null, from: 0, to: 12 })
  expect([few.too_few, few.cells.some(({ significant }) => significant)]).toEqual([true, false])
})

it('filters narrow together', () => {
  const cell = latLngToCell(-6.9, 109.67, 8)
  const both = pointsWithin(points, cell, evening)
  expect(both.every(({ h3, hour }) => h3 === cell && hour >= 18 && hour < 21)).toBe(true)
  const matrix = matrixWithin('2026-10', points, cell, Date.parse('2026-11-20T00:00:00Z'))
  expect(matrix.n).toBe(pointsWithin(points, cell, null).length)
  expect(matrix.hours[19].significant && matrix.hours[19].n > matrix.hours[19].expected).toBe(true)
})
