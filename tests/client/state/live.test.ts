import { describe, expect, it, vi } from 'vitest'
import { openPage } from './page.ts'

describe('a page of words, or with a map that rests', () => {
  it('stays fresh as long as the browser makes frames, and is stale when it makes none', async () => {
    const page = openPage('frames')
    page.admit()
    page.snapshot()
    const reasons = new Set<unknown>()
    await page.run(120, () => {
      page.beat()
      reasons.add(page.live.staleness.reason)
    })
    expect([...reasons]).toEqual([null])
    page.frames(false)
    await page.run(8, () => page.beat())
    expect(page.live.staleness).toMatchObject({ stale: true, reason: 'renderer' })
    page.frames(true)
    await page.run(2, () => page.beat())
    expect(page.live.staleness.stale).toBe(false)
  })
})

it('a picture is of the moment up to which the server read the log, though it goes on speaking', async () => {
  const page = openPage()
  await page.settle()
  expect(page.live.now - page.live.as_of).toBeLessThan(2_000)
  const checked_at = new Date(page.live.now).toISOString()
  await page.run(60, () => {
    page.beat({ checked_at })
    page.live.saw_paint()
  })
  expect(page.live.staleness.reason).toBe('database')
  expect(page.live.now - Date.parse(checked_at)).toBeGreaterThan(50_000)
  expect(Math.abs(page.live.as_of - Date.parse(checked_at))).toBeLessThan(2_000)
})

describe('a fresh wall', () => {
  it('waits without a picture, and is fresh with one', async () => {
    const page = openPage()
    await page.run(60)
    expect(page.live.staleness.stale).toBe(false)
    await page.settle()
    expect(page.live.has_picture).toBe(true)
    expect(page.live.staleness).toMatchObject({ stale: false, reason: null })
  })

  it.each([6000, -6000, 8000, 3_600_000])('does not mind its own clock being set by %i ms', async (ms) => {
    const page = openPage()
    await page.settle()
    page.setScreen(ms)
    const reasons = new Set<unknown>()
    await page.run(150, () => {
      reasons.add(page.live.staleness.reason)
      page.beat()
      page.live.saw_paint()
    })
    expect([...reasons]).toEqual([null])
    expect(page.live.skew_seconds).toBeCloseTo(ms / 1000, 0)
  })

  it.each([6000, -6000])('does not mind the server clock being set by %i ms', async (ms) => {
    const page = openPage()
    await page.settle()
    page.setServer(ms)
    const reasons = new Set<unknown>()
    await page.run(150, () => {
      reasons.add(page.live.staleness.reason)
      page.beat()
      page.live.saw_paint()
      reasons.add(page.live.staleness.reason)
    })
    expect([...reasons]).toEqual([null])
  })

  it('notes that its clock was wrong from the start, and shows the server time', async () => {
    const page = openPage()
    page.setServer(8000)
    await page.settle()
    expect(page.live.staleness.stale).toBe(false)
    expect(page.live.skew_seconds).toBeCloseTo(-8, 1)
    expect(page.live.server_now()).toBeCloseTo(Date.now() + 8000, -2)
  })

  it('has 20 s to build its map, from the first picture on, however long that took', async () => {
    const page = openPage()
    await page.run(120)
    page.admit()
    page.snapshot()
    await page.run(19, () => page.beat())
    expect(page.live.staleness.stale).toBe(false)
    await page.run(3, () => page.beat())
    expect(page.live.staleness.reason).toBe('renderer')
  })

  it('has them again when it is looked at for the first time', async () => {
    const page = openPage()
    page.admit()
    page.snapshot()
    await page.run(1, () => page.beat())
    page.hide(true)
    await page.run(300, () => page.beat())
    expect(page.live.staleness.stale).toBe(false)
    page.hide(false)
    await page.run(19, () => page.beat())
    expect(page.live.staleness.stale).toBe(false)
    await page.run(3, () => page.beat())
    expect(page.live.staleness.reason).toBe('renderer')
  })
})

describe('a stale wall', () => {
  it('says so after 5 s though every tick of its own comes late', async () => {
    const page = openPage()
    await page.settle()
    let held_up_ms = 0
    while (!page.live.staleness.stale && held_up_ms < 60_000) {
      page.block(1500)
      await vi.advanceTimersByTimeAsync(250)
      held_up_ms += 1750
      page.live.saw_paint()
    }
    expect(held_up_ms).toBe(5250)
  })

  it('reads what waited before it judges', async () => {
    const page = openPage()
    await page.settle()
    const reasons: unknown[] = []
    for (let i = 0; i < 4; i++) {
      page.block(8000)
      // Queued while nothing ran.
      setTimeout(() => {
        page.beat()
        page.live.saw_paint()
      }, 0)
      await vi.advanceTimersByTimeAsync(250)
      reasons.push(page.live.staleness.reason)
      await page.run(1, () => page.beat())
    }
    expect(reasons).toEqual([null, null, null, null])
  })

  it('does not give up a socket whose messages it could not read meanwhile', async () => {
    const page = openPage()
    await page.settle()
    for (let i = 0; i < 4; i++) {
      page.block(8000)
      await vi.advanceTimersByTimeAsync(1000)
      page.beat()
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(page.sockets).toHaveLength(1)
  })

  it('says so when the server is heard and the line of the log is not', async () => {
    const page = openPage()
    await page.settle()
    const beat = () => {
      page.beat({ seq: 11 })
      page.live.saw_paint()
    }
    await page.run(5, beat)
    expect(page.live.staleness.stale).toBe(false)
    await page.run(2, beat)
    expect(page.live.staleness.reason).toBe('behind')
    page.event({ seq: 11 })
    await page.run(1, beat)
    expect(page.live.staleness.stale).toBe(false)
  })

  it('says so when messages are held up, tries other sockets, and is not fooled when those are held up too', async () => {
    const page = openPage()
    await page.settle()
    page.holdUp(5500)
    let sockets = page.sockets.length
    const second = () => {
      if (page.sockets.length > sockets) page.admit()
      sockets = page.sockets.length
      page.beat()
      page.live.saw_paint()
    }
    await page.run(6, second)
    const reasons = new Set<unknown>()
    await page.run(600, () => {
      second()
      reasons.add(page.live.staleness.reason)
    })
    expect(reasons).toContain('delayed')
    expect(reasons).not.toContain(null)
    expect(sockets).toBeGreaterThan(10)
    page.holdUp(0)
    await page.run(20, second)
    expect(page.live.staleness.stale).toBe(false)
  })

  it('is not taken in by a line that held messages up from the start', async () => {
    const page = openPage()
    page.holdUp(5500)
    page.admit()
    page.snapshot()
    await page.run(10, () => {
      page.beat()
      page.live.saw_paint()
    })
    expect(page.live.has_picture).toBe(true)
    expect(page.live.staleness.reason).toBe('delayed')
  })
})

describe('a page that may not be here any more', () => {
  it('says at once that it has to sign in, and BASI as long as it shows a picture', async () => {
    const page = openPage()
    await page.settle()
    page.session(401)
    page.close(4401)
    expect(page.live.refused).toBe(true)
    await page.run(6, () => page.refuse())
    expect(page.live).toMatchObject({ has_picture: true, refused: true, connected: false })
    expect(page.live.staleness).toMatchObject({ stale: true, reason: 'refused' })
  })

  it('learns it from the session when the socket tells nothing', async () => {
    const page = openPage()
    await page.settle()
    page.session(403)
    page.close(1006)
    await page.run(7, () => page.refuse())
    expect(page.live.refused).toBe(true)
    expect(page.live.staleness.reason).toBe('refused')
    page.session(null)
    await page.run(4, () => page.refuse())
    expect(page.live.staleness.reason).toBe('socket')
  })

  it('is fresh again as soon as someone signed in', async () => {
    const page = openPage()
    await page.settle()
    page.close(4401)
    await page.run(6, () => page.refuse())
    await page.run(2)
    page.admit()
    page.beat()
    await page.run(1)
    page.beat()
    page.live.saw_paint()
    await page.run(1)
    expect(page.live.refused).toBe(false)
    expect(page.live.staleness.stale).toBe(false)
  })

  it('asks a server that answers nothing one question at a time', async () => {
    const page = openPage()
    await page.settle()
    page.asked_session.mockImplementation(() => new Promise(() => undefined))
    page.close(1006)
    await page.run(20, () => page.refuse())
    expect(page.asked_session).toHaveBeenCalledTimes(1)
  })
})

it('who gives the driving times is known from each snapshot and beat', async () => {
  const page = openPage()
  await page.settle()
  expect(page.live.routing).toEqual({ routing: 'own' })
  const since = '2026-11-28T03:42:59Z'
  page.beat({ routing: 'fallback', routing_since: since })
  expect(page.live.routing).toEqual({ routing: 'fallback', routing_since: since })
  page.snapshot({ routing: 'osrm' })
  expect(page.live.routing).toEqual({ routing: 'osrm' })
})

describe('a wall that was away', () => {
  it('goes on from the last line it holds after a minute, and asks for the whole picture after hours', async () => {
    const page = openPage()
    await page.settle()
    page.close(1006)
    await page.run(60)
    expect(page.sockets.at(-1)?.url.searchParams.get('since')).toBe('10')
    // The machine sleeps: its monotonic clock stands still, the world does not.
    page.setScreen(3 * 3_600_000)
    page.close(1006)
    await page.run(10)
    expect(page.live.staleness.stale).toBe(true)
    page.close(1006)
    await page.run(5)
    expect(page.sockets.at(-1)?.url.searchParams.has('since')).toBe(false)
    expect(page.live.has_picture).toBe(true)
  })
})

describe('another log under the same server', () => {
  const PROMOTED = '00000000-0000-4000-8000-000000000113'
  const hello = (page: ReturnType<typeof openPage>, over: object) =>
    page.hear({
      type: 'hello',
      log_id: PROMOTED,
      seq: 10,
      server_time: new Date().toISOString(),
      role: 'screen',
      simulated: false,
      version: '1',
      ...over,
    })

  it('goes on where nothing was lost, and comes back to it by its new name', async () => {
    const page = openPage()
    await page.settle()
    hello(page, { continues: '00000000-0000-4000-8000-000000000112' })
    page.event({ seq: 11 })
    await page.run(2, () => page.beat({ seq: 11 }))
    expect(page.sockets).toHaveLength(1)
    expect(page.live.picture.seq).toBe(11)
    page.close(1006)
    await page.run(3)
    expect(page.sockets).toHaveLength(2)
    expect(page.sockets[1].url.searchParams.get('since')).toBe('11')
    page.admit({ log_id: PROMOTED, seq: 11 })
    await page.run(1, () => page.beat({ seq: 11 }))
    expect(page.sockets).toHaveLength(2)
  })

  it('takes the fresh picture where lines were lost, though it is further back', async () => {
    const page = openPage()
    await page.settle()
    page.event({ seq: 11 })
    hello(page, { seq: 9 })
    page.snapshot({ seq: 9, map_hash: 'b' })
    page.event({ seq: 10 })
    const reasons = new Set<unknown>()
    await page.run(20, () => {
      page.beat({ seq: 10 })
      page.live.saw_paint()
      reasons.add(page.live.staleness.reason)
    })
    expect(page.sockets).toHaveLength(1)
    expect(page.live.picture.seq).toBe(10)
    expect(page.live.map_hash).toBe('b')
    expect([...reasons]).toEqual([null])
  })
})
