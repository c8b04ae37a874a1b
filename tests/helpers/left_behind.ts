import { afterAll } from 'vitest'

/** What a test may put another in place of, and the next file of the same worker must find as it was. */
const now = () => ({
  performance: globalThis.performance,
  'performance.now': globalThis.performance.now,
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  fetch: globalThis.fetch,
  WebSocket: globalThis.WebSocket,
  document: globalThis.document,
  location: globalThis.location,
  navigator: globalThis.navigator,
  crypto: globalThis.crypto,
})

// Files of a worker share their globals (isolate: false): a clock left standing by one of them makes a bound in milliseconds of another one hold for ever.
const before = now()
afterAll(() => {
  const after = now()
  const left = (Object.keys(before) as (keyof typeof before)[]).filter((name) => before[name] !== after[name])
  if (left.length > 0) throw new Error(`left behind by this file: ${left.join(', ')}`)
})
