import { describe, expect, it } from 'vitest'
import { nodeRoads } from '../../../geo/roads/node.ts'
import type { Oneway } from '../../../geo/roads/types.ts'
import { line } from './cases.ts'

/** The same 100 m drawn once for each of these, east (or `west`: back), and what became of it. */
function drawn(...ways: { oneway: Oneway; west?: boolean }[]) {
  const { edges, dropped } = nodeRoads(
    ways.map(({ oneway, west }, source_row) => {
      const points: [number, number][] = [
        [0, 0],
        [100, 0],
      ]
      return line(west ? points.reverse() : points, { oneway, source_row })
    }),
  )
  expect(edges).toHaveLength(1)
  return { oneway: edges[0].oneway, reasons: dropped.map(({ reason }) => reason) }
}

describe('a double and its direction', () => {
  const double = 'piece of 100.0 m is a double of row 0'
  it('keeps the one direction that is stated, whichever line states it', () => {
    const kept = `${double}, one-way by one of them and so kept`
    expect(drawn({ oneway: 1 }, { oneway: 0 })).toEqual({ oneway: 1, reasons: [kept] })
    expect(drawn({ oneway: 0 }, { oneway: 1 })).toEqual({ oneway: 1, reasons: [kept] })
    expect(drawn({ oneway: 0 }, { oneway: 1, west: true })).toEqual({ oneway: -1, reasons: [kept] })
    expect(drawn({ oneway: -1 }, { oneway: 0, west: true })).toEqual({ oneway: -1, reasons: [kept] })
  })
  it('says nothing of directions that agree', () => {
    expect(drawn({ oneway: 0 }, { oneway: 0 })).toEqual({ oneway: 0, reasons: [double] })
    expect(drawn({ oneway: 1 }, { oneway: 1 })).toEqual({ oneway: 1, reasons: [double] })
    expect(drawn({ oneway: 1 }, { oneway: -1, west: true })).toEqual({ oneway: 1, reasons: [double] })
  })
  it('is two-way for good when two lines state opposite directions', () => {
    const opposed = `${double}, one-way in opposite directions and so two-way`
    expect(drawn({ oneway: 1 }, { oneway: -1 })).toEqual({ oneway: 0, reasons: [opposed] })
    expect(drawn({ oneway: 1 }, { oneway: 1, west: true })).toEqual({ oneway: 0, reasons: [opposed] })
    const third = drawn({ oneway: 1 }, { oneway: -1 }, { oneway: 1 })
    expect(third).toEqual({ oneway: 0, reasons: [opposed, opposed] })
  })
})
