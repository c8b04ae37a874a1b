import { describe, expect, it } from 'vitest'
import { parseEdge, periodOf } from '../../../geo/sla/period.ts'

const at = (wib: string) => Date.parse(`${wib}+07:00`)
const now = at('2026-11-23T03:00:00')

describe('parseEdge', () => {
  it('a date is midnight WIB', () => expect(parseEdge('2026-10-01')).toBe(Date.parse('2026-09-30T17:00:00Z')))
  it('an instant keeps its own offset', () => {
    expect(parseEdge('2026-10-01T00:00:00Z')).toBe(Date.parse('2026-10-01T00:00:00Z'))
    expect(parseEdge('2026-10-01T07:00:00.000+07:00')).toBe(Date.parse('2026-10-01T00:00:00Z'))
  })
  it.each([
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-10',
    '01/10/2026',
    'kemarin',
    '',
    '2026-10-01T00:00:00',
    '2026-10-01T25:00:00Z',
    '1760000000000',
  ])('%j is no edge', (text) => expect(parseEdge(text)).toBeNull())
})

describe('periodOf', () => {
  it('ends with today and reaches back', () => {
    expect(periodOf({}, now, { days: 30 })).toEqual({ from: at('2026-10-25T00:00:00'), to: at('2026-11-24T00:00:00') })
    expect(periodOf({}, now, { months: 12 })).toEqual({
      from: at('2025-11-24T00:00:00'),
      to: at('2026-11-24T00:00:00'),
    })
  })
  it('reaches back from the end given', () => {
    expect(periodOf({ to: at('2026-10-01T00:00:00') }, now, { days: 30 }).from).toBe(at('2026-09-01T00:00:00'))
    expect(periodOf({ to: at('2028-02-29T00:00:00') }, now, { months: 12 }).from).toBe(at('2027-02-28T00:00:00'))
    expect(periodOf({ to: at('2026-05-31T00:00:00') }, now, { months: 3 }).from).toBe(at('2026-02-28T00:00:00'))
    expect(periodOf({ to: at('2026-01-15T00:00:00') }, now, { months: 2 }).from).toBe(at('2025-11-15T00:00:00'))
  })
  it('takes both as they are, backwards too', () => {
    expect(periodOf({ from: 5, to: 3 }, now, { days: 30 })).toEqual({ from: 5, to: 3 })
    expect(periodOf({ from: at('2027-01-01T00:00:00') }, now, { days: 30 })).toEqual({
      from: at('2027-01-01T00:00:00'),
      to: at('2026-11-24T00:00:00'),
    })
  })
})
