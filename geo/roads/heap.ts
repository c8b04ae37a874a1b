/**
 * A min-heap of (key, item) in typed arrays, four children to a node (fewer cache misses than two). It has no
 * decrease-key: push again and skip what comes out stale. Grows by itself; `clear` keeps the memory.
 */
export class Heap {
  length = 0
  private keys: Float64Array
  private items: Uint32Array

  constructor(capacity = 1024) {
    this.keys = new Float64Array(capacity)
    this.items = new Uint32Array(capacity)
  }

  clear(): void {
    this.length = 0
  }

  /** The smallest key; meaningless when the heap is empty. */
  get minKey(): number {
    return this.keys[0]
  }

  push(key: number, item: number): void {
    if (this.length === this.keys.length) this.grow()
    const { keys, items } = this
    let i = this.length++
    while (i > 0) {
      const up = (i - 1) >> 2
      if (keys[up] <= key) break
      keys[i] = keys[up]
      items[i] = items[up]
      i = up
    }
    keys[i] = key
    items[i] = item
  }

  /** Takes the item with the smallest key out; call only when `length > 0`. */
  pop(): number {
    const { keys, items } = this
    const top = items[0]
    const length = --this.length
    const key = keys[length]
    const item = items[length]
    let i = 0
    for (let child = 1; child < length; child = 4 * i + 1) {
      let least = child
      const end = Math.min(child + 4, length)
      for (let c = child + 1; c < end; c++) if (keys[c] < keys[least]) least = c
      if (keys[least] >= key) break
      keys[i] = keys[least]
      items[i] = items[least]
      i = least
    }
    keys[i] = key
    items[i] = item
    return top
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2)
    const items = new Uint32Array(this.keys.length * 2)
    keys.set(this.keys)
    items.set(this.items)
    this.keys = keys
    this.items = items
  }
}
