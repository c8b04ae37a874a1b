import { describe, expect, it } from 'vitest'
import { choiceOf, fragmentOf, inSlot, NOTHING } from '../../../client/hotspots/state/choice.ts'

describe('the address of /hotspots', () => {
  it.each([
    '#2026-10/semua',
    '#2026-10/kebakaran',
    '#2026-10/banjir_rob/888d8814e3fffff',
    '#2026-10/semua/888d8814e3fffff/3.8-16',
    '#2026-02/semua/*.23-8',
    '#2026-02/semua/0.0-24',
  ])('keeps %s', (fragment) => expect(fragmentOf(choiceOf(fragment))).toBe(fragment))

  it.each(['', '#', '#2026-13/', '#nonsense', '#2026-1/kebakaran/x/9.0-1'])('survives "%s"', (fragment) =>
    expect({ ...choiceOf(fragment), type: null }).toEqual(NOTHING),
  )
})

it('hours run over midnight, on one weekday or all', () => {
  const night = { day: null, from: 23, to: 8 }
  const held = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => inSlot(night, 3, hour))
  expect(held).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 23])
  expect(inSlot({ ...night, day: 2 }, 3, 23)).toBe(false)
  expect(inSlot({ day: 3, from: 0, to: 24 }, 3, 0)).toBe(true)
})
