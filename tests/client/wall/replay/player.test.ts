import { afterEach, expect, it, vi } from 'vitest'
import type { Replay } from '../../../../geo/wire/replay.ts'
import { Player } from '../../../../client/wall/replay/player.svelte.ts'
import { TapeError, type Tape } from '../../../../client/wall/replay/tape.ts'
import { T0 } from '../../fixtures.ts'

const time = (at: number) => new Date(at).toISOString()
const MINUTE_MS = 60_000

/** A tape of an empty hour, told in passages of a minute. */
const tape: Tape = {
  name: 'latihan',
  from: T0,
  to: T0 + 60 * MINUTE_MS,
  at: async (moment) =>
    ({
      type: 'snapshot',
      at: time(moment),
      server_time: time(moment),
      seq: 1,
      map_hash: null,
      incidents: [],
      units: [],
      agencies: [],
      incident_types: [],
      closures: [],
      calls: [],
      screens: null,
      simulated: true,
    }) as unknown as Replay,
  passage: async (from) => ({
    from: time(from),
    until: time(from + MINUTE_MS),
    lines: [],
    positions: [],
    next: null,
  }),
  marks: async (from, to) => ({
    from: time(from),
    to: time(to),
    marks: [],
    screens: null,
    positions_kept_since: null,
    log_since: null,
  }),
  find: async () => null,
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('plays on though a file was dropped on it that is no recording', async () => {
  vi.useFakeTimers({ now: T0 })
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  const player = new Player(tape, T0)
  await vi.advanceTimersByTimeAsync(500)
  player.setSpeed(64)
  player.play()
  await vi.advanceTimersByTimeAsync(2_000)
  player.error = new TapeError('file')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(player.at - T0).toBeGreaterThan(20 * MINUTE_MS)
  player.close()
})
