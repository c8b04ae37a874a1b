/** Runs what has the same key one after the other, in the order of asking; what has another key does not wait for it. */
export function createLanes() {
  const lanes = new Map<string, Promise<unknown>>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = lanes.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    lanes.set(key, mine)
    try {
      return await mine
    } finally {
      if (lanes.get(key) === mine) lanes.delete(key)
    }
  }
}
