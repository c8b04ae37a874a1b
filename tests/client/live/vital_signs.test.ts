import { describe, expect, it } from 'vitest'
import { VitalSigns } from '../../../client/live/vital_signs.ts'

const T0 = Date.parse('2026-11-23T06:00:00Z')

/** A page that ticks four times a second and hears a beat each second; half a second before it the server read its log. */
function page() {
  let mono = 1000
  let wall = T0
  let server = T0 + 20
  let seq = 10
  let checked = server
  let database = true
  let beats = true
  const at = () => ({ mono, wall })
  const iso = (ms: number) => new Date(ms).toISOString()
  const signs = new VitalSigns(at())
  const beat = () =>
    signs.heard({ type: 'heartbeat', server_time: iso(server), seq, checked_at: iso(checked), routing: 'own' }, at())
  let passed = 0
  const worst = { heard: 0, delay: 0, checked: 0, behind: 0, painted: 0 }
  beat()
  signs.holds(seq)
  return {
    signs,
    at,
    worst,
    vitals: () => signs.vitals(at()),
    server: () => server,
    run(seconds: number) {
      for (let i = 0; i < seconds * 4; i++) {
        passed += 250
        mono += 250
        wall += 250
        server += 250
        if (database && passed % 1000 === 500) checked = server
        if (beats && passed % 1000 === 0) beat()
        signs.tick(at())
        const vitals = signs.vitals(at())
        worst.heard = Math.max(worst.heard, vitals.heard_seconds)
        worst.delay = Math.max(worst.delay, vitals.delay_seconds)
        worst.checked = Math.max(worst.checked, vitals.checked_seconds)
        worst.behind = Math.max(worst.behind, vitals.behind_seconds)
        worst.painted = Math.max(worst.painted, vitals.painted_seconds ?? 0)
      }
    },
    /** The screen's own clock is set. */
    set: (ms: number) => (wall += ms),
    setServer: (ms: number) => (server += ms),
    /** The machine sleeps: the monotonic clock stands still, the world does not. */
    sleep(ms: number) {
      wall += ms
      server += ms
    },
    freezeDatabase: () => (database = false),
    hush: () => (beats = false),
    log: (to: number) => (seq = to),
    holds: (to: number) => signs.holds(to),
  }
}

describe('VitalSigns', () => {
  it.each([6000, -6000, 3_600_000])('does not age when the screen clock is set by %i ms', (ms) => {
    const room = page()
    room.run(10)
    room.set(ms)
    room.run(30)
    expect(room.worst.heard).toBeLessThan(2)
    expect(room.worst).toMatchObject({ delay: 0, behind: 0 })
    expect(room.signs.skew_seconds).toBeCloseTo(ms / 1000, 0)
    expect(room.signs.server_now(room.at())).toBeCloseTo(room.server(), -2)
  })

  it.each([6000, -6000, 3_600_000, -3_600_000])('does not age when the server clock is set by %i ms', (ms) => {
    const room = page()
    // After the log was read and before that is told.
    room.run(10.75)
    room.setServer(ms)
    room.run(30)
    expect(room.worst.heard).toBeLessThan(2)
    expect(room.worst.delay).toBeLessThan(1)
    expect(room.worst.checked).toBeLessThan(2)
    expect(room.signs.server_now(room.at())).toBeCloseTo(room.server(), -3)
  })

  it('ages with a database that does not answer, wherever the server clock is set meanwhile', () => {
    const room = page()
    room.run(5)
    room.freezeDatabase()
    room.run(2)
    room.setServer(-60_000)
    room.run(4)
    expect(room.vitals().checked_seconds).toBeGreaterThan(5)
  })

  it('knows within two seconds that it slept, and shows the right time then', () => {
    const room = page()
    room.run(5)
    room.hush()
    room.sleep(3_600_000)
    room.run(2)
    expect(room.vitals().heard_seconds).toBeGreaterThan(3600)
    expect(room.signs.server_now(room.at())).toBeCloseTo(room.server(), -2)
  })

  it('grows old when nothing is heard', () => {
    const room = page()
    room.run(5)
    room.hush()
    room.run(6)
    expect(room.vitals().heard_seconds).toBe(6)
  })

  it('is behind from when the first line was told that it still lacks', () => {
    const room = page()
    room.log(11)
    room.run(3)
    room.log(12)
    room.run(3)
    expect(room.vitals().behind_seconds).toBe(5)
    room.holds(11)
    expect(room.vitals().behind_seconds).toBe(2)
    room.holds(12)
    expect(room.vitals().behind_seconds).toBe(0)
  })

  it('is not behind because there is always something new', () => {
    const room = page()
    for (let seq = 11; seq < 60; seq++) {
      room.log(seq)
      room.run(1)
      room.holds(seq - 2)
    }
    expect(room.worst.behind).toBeLessThan(3)
  })

  it('is level with a fresh snapshot, of whatever log', () => {
    const room = page()
    room.log(500)
    room.run(4)
    room.log(3)
    room.signs.heard(
      {
        type: 'snapshot',
        seq: 3,
        server_time: new Date(room.server()).toISOString(),
        incidents: [],
        units: [],
        agencies: [],
        stations: [],
        incident_types: [],
        closures: [],
        calls: [],
        map_hash: 'a',
        routing: 'own',
      },
      room.at(),
    )
    room.holds(3)
    room.run(8)
    expect(room.vitals().behind_seconds).toBe(0)
  })

  it('gives a map 20 s to be built, from when there is a picture on', () => {
    const room = page()
    room.run(60)
    expect(room.vitals().painted_seconds).toBe(0)
    room.signs.builds(room.at())
    room.run(19)
    expect(room.worst.painted).toBe(0)
    room.run(2)
    expect(room.vitals().painted_seconds).toBe(21)
  })

  it('gives it again to a page that was hidden before it could paint, and asks one that painted for a new frame', () => {
    const room = page()
    room.signs.builds(room.at())
    room.run(300)
    room.signs.shown(room.at())
    room.run(19)
    expect(room.vitals().painted_seconds).toBe(0)
    room.signs.painted(room.at())
    room.run(100)
    expect(room.vitals().painted_seconds).toBe(100)
    room.signs.shown(room.at())
    room.run(4)
    expect(room.vitals().painted_seconds).toBe(4)
  })
})
