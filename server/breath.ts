/**
 * Waits for a round of the event loop of one's own. Whoever is about to work for milliseconds (a search over the roads, a long
 * answer) takes one first: of fifty who come at once each then works in another round, and between two of them the live feed
 * and everything else that is short gets through. Who comes alone does not wait. There is one event loop, so this is one queue.
 */
export function breath(): Promise<void> {
  if (!taken) {
    taken = true
    setImmediate(next)
    return Promise.resolve()
  }
  return new Promise((resolve) => void waiting.push(resolve))
}

const waiting: (() => void)[] = []
let taken = false

function next(): void {
  const first = waiting.shift()
  if (!first) return void (taken = false)
  first()
  setImmediate(next)
}
