import { describe, expect, it } from 'vitest'
import { sparkline } from '../../../client/ui/sparkline.ts'

describe('sparkline', () => {
  it('begins at zero, not at the smallest value', () => {
    expect(sparkline([4, 4, 4])).toBe('0.0,1.0 50.0,1.0 100.0,1.0')
    expect(sparkline([0, 0])).toBe('0.0,23.0 100.0,23.0')
  })
  it('averages a long series and keeps a short one', () => {
    expect(sparkline(Array.from({ length: 30 }, (_, i) => i)).split(' ')).toHaveLength(15)
    expect(sparkline([])).toBe('')
  })
})
