import { describe, expect, it } from 'vitest'
import { placeLabels } from '../../../client/map/place_labels.ts'
import type { Box, LabelWish } from '../../../client/map/place_labels.ts'
import { seededRandom } from '../../helpers/random.ts'

const FRAME: Box = { x: 0, y: 0, width: 600, height: 800 }
const wish = (id: string, x: number, y: number, over: Partial<LabelWish> = {}): LabelWish => ({
  id,
  x,
  y,
  clear: 10,
  width: 80,
  height: 20,
  must: false,
  ...over,
})

describe('placeLabels', () => {
  it('sets a lone label to the right of its mark', () => {
    expect(placeLabels([wish('a', 100, 100)], [], FRAME)).toEqual([{ id: 'a', x: 110, y: 90 }])
  })
  it('flips to the left at the edge', () => {
    expect(placeLabels([wish('a', 560, 100)], [], FRAME)[0].x).toBe(470)
  })
  it('leaves out what finds no place, but never an alarm', () => {
    const wall: Box[] = [{ x: 0, y: 0, width: 600, height: 800 }]
    expect(placeLabels([wish('a', 100, 100)], wall, FRAME)).toEqual([])
    expect(placeLabels([wish('a', 100, 100, { must: true })], wall, FRAME)).toHaveLength(1)
  })
  it('keeps the name of an area in its middle while that is free, else aside', () => {
    const name = wish('n', 300, 400, { area: true })
    expect(placeLabels([name], [], FRAME)).toEqual([{ id: 'n', x: 260, y: 390 }])
    expect(placeLabels([name], [{ x: 290, y: 385, width: 30, height: 30 }], FRAME)[0]).not.toEqual({
      id: 'n',
      x: 260,
      y: 390,
    })
  })
  it('never lets optional labels overlap each other, a mark, or the frame', () => {
    const random = seededRandom(40)
    const wishes = Array.from({ length: 60 }, (_, i) =>
      wish(String(i), random() * 600, random() * 800, { width: 30 + random() * 90 }),
    )
    const marks = wishes.map((w) => ({ x: w.x - 8, y: w.y - 8, width: 16, height: 16 }))
    const placed = placeLabels(wishes, marks, FRAME)
    expect(placed.length).toBeGreaterThan(20)
    const boxes = placed.map((p) => ({ ...p, width: wishes[Number(p.id)].width, height: 20 }))
    const meet = (a: Box, b: Box) =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    boxes.forEach((box, i) => {
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 600 && box.y + box.height <= 800).toBe(true)
      expect([...marks, ...boxes.slice(i + 1)].some((other) => meet(box, other))).toBe(false)
    })
  })
})
