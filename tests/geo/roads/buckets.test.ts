import { describe, expect, it } from 'vitest'
import { BucketQueue } from '../../../geo/roads/buckets.ts'
import { seededRandom } from '../../helpers/random.ts'

describe('BucketQueue', () => {
  it('hands everything out by whole seconds, far ahead too, also when used again', () => {
    const random = seededRandom(17)
    const queue = new BucketQueue(4)
    for (let round = 0; round < 20; round++) {
      queue.clear()
      const waiting = new Map<number, number>()
      let made = 0
      const push = (key: number): void => {
        waiting.set(made, key)
        queue.push(key, made++)
      }
      for (let i = 0; i < 20; i++) push(random() * 10)
      let out = 0
      for (let item = queue.pop(); item >= 0; item = queue.pop(), out++) {
        expect(queue.key).toBe(waiting.get(item))
        expect(queue.second).toBe(Math.floor(queue.key))
        waiting.delete(item)
        for (const key of waiting.values()) expect(Math.floor(key)).toBeGreaterThanOrEqual(queue.second)
        while (made < 200 && random() < 0.6) push(queue.key + random() ** 8 * 50_000)
      }
      expect([out, waiting.size]).toEqual([made, 0])
    }
  })
})
