/** Slots of one second each; what lies farther ahead waits in the farthest slot and is moved on when its turn comes. */
const SLOTS = 1024

/**
 * A priority queue for times in seconds: one list per second, the lists in a ring. Twice as quick as a heap here, because only the
 * seconds are ordered: within one second items come out in any order, so a search must allow an item to improve again until
 * its second is over, and be sure of a time only once `second` has moved on. Keys may not be smaller than the second last
 * popped. There is no decrease-key: push again and skip what comes out stale.
 */
export class BucketQueue {
  /** The second being emptied. */
  second = 0
  /** Key of the item last popped. */
  key = 0
  private live = 0
  private used = 0
  private readonly head = new Int32Array(SLOTS)
  private next: Int32Array
  private items: Uint32Array
  private keys: Float64Array

  constructor(capacity = 1024) {
    this.next = new Int32Array(capacity)
    this.items = new Uint32Array(capacity)
    this.keys = new Float64Array(capacity)
  }

  clear(): void {
    this.head.fill(-1)
    this.second = this.live = this.used = 0
  }

  push(key: number, item: number): void {
    if (this.used === this.items.length) this.grow()
    const entry = this.used++
    this.items[entry] = item
    this.keys[entry] = key
    this.live++
    this.file(entry, key)
  }

  /** The next item, its key in `key`; -1 when empty. */
  pop(): number {
    while (this.live > 0) {
      const slot = this.second & (SLOTS - 1)
      const entry = this.head[slot]
      if (entry < 0) {
        this.second++
        continue
      }
      this.head[slot] = this.next[entry]
      const key = this.keys[entry]
      if (key >= this.second + 1) {
        this.file(entry, key)
        continue
      }
      this.live--
      this.key = key
      return this.items[entry]
    }
    return -1
  }

  private file(entry: number, key: number): void {
    const slot = Math.min(Math.floor(key), this.second + SLOTS - 1) & (SLOTS - 1)
    this.next[entry] = this.head[slot]
    this.head[slot] = entry
  }

  private grow(): void {
    const double = this.items.length * 2
    const [next, items, keys] = [new Int32Array(double), new Uint32Array(double), new Float64Array(double)]
    next.set(this.next)
    items.set(this.items)
    keys.set(this.keys)
    this.next = next
    this.items = items
    this.keys = keys
  }
}
