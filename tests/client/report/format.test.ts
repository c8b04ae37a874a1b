import { describe, expect, it } from 'vitest'
import { time } from '../../../client/admin/ledger/words.ts'
import { duration } from '../../../client/report/format.ts'

describe('a time in the monthly evaluation', () => {
  it('never says sixty of what is full at sixty', () => {
    const said = [59, 61, 3570, 3599, 3600, 7169, 7170, 7199, -7199].map((seconds) => duration(seconds))
    expect(said).toEqual([
      ...['59 dtk', '1 mnt 1 dtk', '1 jam 0 mnt', '1 jam 0 mnt', '1 jam 0 mnt'],
      ...['1 jam 59 mnt', '2 jam 0 mnt', '2 jam 0 mnt', '−2 jam 0 mnt'],
    ])
  })
})

describe('a time in the ledger', () => {
  it('never says sixty of what is full at sixty', () => {
    expect([59, 3594, 3598, 7169, 7199].map(time)).toEqual([
      ...['59 dtk', '59,9 mnt', '1 jam 0 mnt', '1 jam 59 mnt', '2 jam 0 mnt'],
    ])
  })
})
