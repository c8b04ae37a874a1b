/**
 * Lets at most `most` pieces of work run at a time, the others in the order of asking: what asks a database for much takes only some of its
 * connections. A piece that fails fails alone. A piece must not wait for another one given to the same.
 */
export function sideBySide(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    // A place is handed from one to the next, so that nobody who asks meanwhile slips in between.
    if (free === 0) await new Promise<void>((go) => waiting.push(go))
    else free--
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
