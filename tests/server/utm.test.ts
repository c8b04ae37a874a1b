import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromUtm } from '../../geo/address/utm.ts'
import { distanceM, type LonLat } from '../../geo/earth.ts'
import type { Connected } from '../../server/db/connect.ts'
import { prepareGeometries } from '../../server/import/geometry.ts'
import { openTestDatabase } from '../helpers/database.ts'
import { seededRandom } from '../helpers/random.ts'

let test: Connected
beforeAll(async () => void (test = await openTestDatabase()))
afterAll(() => test.close())

describe('UTM beside PostGIS', () => {
  it.each([
    [32749, 49, true],
    [32748, 48, true],
    [32649, 49, false],
  ] as const)('EPSG:%i to a decimetre', async (epsg, zone, south) => {
    const random = seededRandom(epsg)
    const metres = Array.from({ length: 200 }, () => [
      Math.round(100_000 + random() * 800_000),
      Math.round(1_000_000 + random() * 8_000_000),
    ])
    metres.push([353_000, south ? 9_238_000 : 762_000])
    const theirs = await prepareGeometries(
      test.db,
      metres.map(([x, y]) => ({ type: 'Point', coordinates: [x, y] })),
      epsg,
      'point',
    )
    let worst = 0
    metres.forEach(([easting, northing], i) => {
      const ours = fromUtm({ zone, south, easting, northing })
      worst = Math.max(worst, distanceM(ours, [theirs[i].lon, theirs[i].lat] as LonLat))
    })
    console.info(`EPSG:${epsg}: ${worst.toExponential(1)} m apart at most`)
    expect(worst).toBeLessThan(0.1)
  })
})
