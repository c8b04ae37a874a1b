import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HOLD_MS, Outbox, type ReportShelf } from '../../../client/field/state/outbox.svelte.ts'
import type { Report, Said, Sent } from '../../../client/field/state/report.ts'

const UNIT = '10000000-0000-4000-8000-000000000001'
const OTHER = '10000000-0000-4000-8000-000000000002'
const JOB = '20000000-0000-4000-8000-000000000001'

let pressed = 0
const press = (status: Said, unit_id = UNIT): Report => ({
  key: String(++pressed).padStart(5, '0'),
  unit_id,
  assignment_id: JOB,
  number: '112-20261128-0001',
  status,
  at: new Date(Date.UTC(2026, 10, 28, 5, pressed)).toISOString(),
  refused: null,
})

/** A disk that outlives its pages. */
function disk(): ReportShelf & { rows: Map<string, Report> } {
  const rows = new Map<string, Report>()
  return {
    rows,
    reports: async () => [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    putReport: async (report) => void rows.set(report.key, report),
    removeReport: async (key) => void rows.delete(key),
  }
}

let unit: string | null
let answer: (report: Report) => Sent
let sent: Report[]
function page(shelf: ReportShelf): Outbox {
  return new Outbox({
    shelf,
    unit: () => unit,
    send: async (report) => {
      sent.push(report)
      return answer(report)
    },
  })
}
const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  unit = UNIT
  answer = () => 'taken'
  sent = []
})
afterEach(() => vi.useRealTimers())

describe('a press', () => {
  it('is on the disk before it is anything else, and leaves after the moment in which it can be taken back', async () => {
    const shelf = disk()
    const outbox = page(shelf)
    await outbox.press(press('acknowledged'))
    expect(shelf.rows.size).toBe(1)
    await later(HOLD_MS - 1)
    expect(sent).toEqual([])
    await later(2)
    expect(sent.map(({ status }) => status)).toEqual(['acknowledged'])
    expect(shelf.rows.size).toBe(0)
  })

  it('taken back is heard of by nobody', async () => {
    const shelf = disk()
    const outbox = page(shelf)
    await outbox.press(press('done'))
    await outbox.takeBack()
    await later(60_000)
    expect(sent).toEqual([])
    expect(shelf.rows.size).toBe(0)
    expect(outbox.rows).toEqual([])
  })

  it('that could not be taken back is said, can be tried again, and does not hold up what follows for ever', async () => {
    const shelf = disk()
    const outbox = page({ ...shelf, removeReport: () => Promise.reject(new Error('penuh')) })
    await outbox.press(press('done'))
    await outbox.takeBack()
    expect(outbox.fault).toBe('penuh')
    expect(outbox.held).not.toBeNull()
    expect(sent).toEqual([])
    await later(HOLD_MS + 1)
    expect(sent.map(({ status }) => status)).toEqual(['done'])
  })

  it('that the disk refuses is said, and not taken for made', async () => {
    const outbox = page({ ...disk(), putReport: () => Promise.reject(new Error('penuh')) })
    expect(await outbox.press(press('done'))).toBe(false)
    expect(outbox.fault).toBe('penuh')
    expect(outbox.rows).toEqual([])
  })
})

describe('without signal', () => {
  it('presses wait in their order with their times, outlive the page, and each arrives once', async () => {
    const shelf = disk()
    const first = page(shelf)
    answer = () => 'away'
    const presses = [press('acknowledged'), press('en_route'), press('on_scene')]
    for (const one of presses) {
      await first.press(one)
      await later(HOLD_MS + 1)
    }
    expect(first.waiting).toBe(3)
    expect(first.away).toBe(true)
    // Only the oldest is tried: what follows must not overtake it.
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set(['acknowledged']))
    // Killed: no close, no farewell.
    const second = page(shelf)
    sent = []
    answer = () => 'taken'
    await second.open()
    await later(0)
    expect(sent).toEqual(presses)
    expect(second.rows).toEqual([])
    first.close()
  })

  it('a press in the moment of the kill is kept and sent by the next page', async () => {
    const shelf = disk()
    await page(shelf).press(press('en_route'))
    const next = page(shelf)
    await next.open()
    await later(0)
    expect(sent.map(({ status }) => status)).toEqual(['en_route'])
  })

  it('tries again by itself, ever less often', async () => {
    answer = () => 'away'
    const outbox = page(disk())
    await outbox.press(press('done'))
    await later(HOLD_MS + 120_000)
    expect(sent.length).toBeGreaterThan(5)
    expect(sent.length).toBeLessThan(12)
    answer = () => 'taken'
    await later(20_001)
    expect(outbox.rows).toEqual([])
    outbox.close()
  })
})

it('what the server refuses stays with its reason until it is read, and holds nothing up', async () => {
  const shelf = disk()
  const outbox = page(shelf)
  answer = ({ status }) => (status === 'en_route' ? { refused: 'penugasan sudah cancelled' } : 'taken')
  for (const status of ['acknowledged', 'en_route', 'on_scene'] as const) await outbox.press(press(status))
  await later(HOLD_MS + 1)
  expect(sent.map(({ status }) => status)).toEqual(['acknowledged', 'en_route', 'on_scene'])
  expect(outbox.refused.map(({ status, refused }) => [status, refused])).toEqual([
    ['en_route', 'penugasan sudah cancelled'],
  ])
  expect(outbox.waiting).toBe(0)
  const again = page(shelf)
  await again.open()
  expect(again.refused).toHaveLength(1)
  await again.read_refusal(again.refused[0].key)
  expect(shelf.rows.size).toBe(0)
  expect(sent).toHaveLength(3)
})

it("sends only what the unit that is signed in has pressed; another unit's waits for it", async () => {
  const shelf = disk()
  const theirs = press('done', OTHER)
  await shelf.putReport(theirs)
  const mine = press('acknowledged')
  await shelf.putReport(mine)
  unit = null
  const outbox = page(shelf)
  await outbox.open()
  await later(60_000)
  expect(sent).toEqual([])
  unit = UNIT
  await outbox.pump()
  expect(sent).toEqual([mine])
  expect([...shelf.rows.values()]).toEqual([theirs])
  outbox.close()
})

it('a session that is over loses nothing', async () => {
  const shelf = disk()
  const outbox = page(shelf)
  answer = () => 'over'
  await outbox.press(press('done'))
  await later(HOLD_MS + 30_000)
  expect(shelf.rows.size).toBe(1)
  answer = () => 'taken'
  await outbox.pump()
  expect(shelf.rows.size).toBe(0)
  outbox.close()
})
