import { expect, it } from 'vitest'
import { metres } from '../../../client/text/units.ts'

it.each([
  [39.6, '40 m'],
  [999.7, '1,0 km'],
  [2_640, '2,6 km'],
  [19_700, '20 km'],
  [11_965_700, '11.966 km'],
])('says %d metres as %s', (m, said) => {
  expect(metres(m)).toBe(said)
})
