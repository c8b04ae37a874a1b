import { describe, expect, it } from 'vitest'
import { choiceOf, fragmentOf, MOST_LIMITS, toggled } from '../../../client/coverage/state/choice.ts'

describe('the choice of /coverage in its address', () => {
  it.each(['#damkar/5,10,15', '#psc119/8/units', '#polres/1,60'])('%s comes back as it was', (fragment) => {
    expect(fragmentOf(choiceOf(fragment))).toBe(fragment)
  })

  it.each([
    ['', '#damkar/5,10,15'],
    ['#<script>/5', '#damkar/5'],
    ['#pmi/15,5', '#pmi/5,10,15'],
    ['#pmi/5,,10', '#pmi/5,10,15'],
    ['#pmi/5,61/everywhere', '#pmi/5,10,15'],
    ['#pmi/5%2C10', '#pmi/5,10'],
    ['#%', '#damkar/5,10,15'],
  ])('%s, which makes no sense, is passed over', (fragment, shown) => {
    expect(fragmentOf(choiceOf(fragment))).toBe(shown)
  })

  it('puts limits in and takes them out in order, never none and never too many', () => {
    expect(toggled([5, 15], 10)).toEqual([5, 10, 15])
    expect(toggled([5, 10, 15], 10)).toEqual([5, 15])
    expect(toggled([5], 5)).toEqual([5])
    const full = [3, 5, 8, 10, 15, 20]
    expect(full).toHaveLength(MOST_LIMITS)
    expect(toggled(full, 30)).toEqual(full)
  })
})
