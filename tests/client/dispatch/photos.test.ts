import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PhotoTray, photosOwed, trayOf, type Sender } from '../../../client/dispatch/state/photos.svelte.ts'
import { sentSize } from '../../../client/dispatch/state/shrink.ts'
import { Tab } from '../../../client/dispatch/state/tab.ts'
import type { Sent } from '../../../client/dispatch/state/upload.ts'
import type { ReportPhoto } from '../../../geo/wire/photo.ts'

const CASE = 'aaaaaaaa-0000-4000-8000-000000000001'
const OPD = 'aaaaaaaa-0000-4000-8000-000000000002'
const blob = (words: string) => new Blob([words], { type: 'image/jpeg' })
const AWAY: Sent = { ok: false, away: true, retry_after: null }
const there = (number: number): Sent => ({
  ok: true,
  photo: { id: `id-${number}`, number, agency_id: OPD, incident_id: CASE } as ReportPhoto,
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Answers in turn; keeps what was sent. */
function aSender(...answers: Sent[]) {
  const sent: string[] = []
  const sender: Sender = {
    shrink: async (file) => ((await file.text()) === 'rusak' ? null : file),
    upload: async (_path, photo) => {
      sent.push(await photo.text())
      return answers.shift() ?? there(sent.length)
    },
  }
  return { sender, sent }
}

describe('photos that were chosen', () => {
  it('are sent one after the other; through an outage they stay and go by themselves', async () => {
    const { sender, sent } = aSender(there(1), AWAY, AWAY)
    const tray = new PhotoTray(CASE, OPD, sender)
    await tray.add([blob('a'), blob('b'), blob('c')])
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toEqual(['a', 'b'])
    expect(tray.chosen.map(({ state }) => state)).toEqual(['away', 'waiting'])
    expect(tray.owed).toBe(2)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toEqual(['a', 'b', 'b'])
    // Twice as long now, unless somebody asks.
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toHaveLength(3)
    await tray.send()
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.slice(3)).toEqual(['b', 'c'])
    expect(tray.chosen).toEqual([])
    expect(tray.kept).toHaveLength(3)
  })

  it('are told in words when they cannot be read or are refused, and hold up no other', async () => {
    const problem = {
      type: '',
      title: '',
      status: 409,
      code: 'conflict',
      errors: [{ field: 'foto', reason: 'sudah 6' }],
    }
    const { sender, sent } = aSender({ ok: false, away: false, status: 409, problem })
    const tray = new PhotoTray(CASE, OPD, sender)
    await tray.add([blob('rusak'), blob('a'), blob('b')])
    await vi.advanceTimersByTimeAsync(100)
    expect(tray.chosen.map(({ state, why }) => [state, why])).toEqual([
      ['refused', 'Berkas ini bukan foto yang dapat dibaca'],
      ['refused', 'sudah 6'],
    ])
    expect(sent).toEqual(['a', 'b'])
    expect(tray.owed).toBe(0)
  })

  it('are six at most with those that are there, and one let go of is not sent', async () => {
    const { sender, sent } = aSender(AWAY)
    const tray = new PhotoTray(CASE, OPD, sender)
    await tray.add(['1', '2', '3', '4', '5', '6', '7'].map(blob))
    await vi.advanceTimersByTimeAsync(100)
    expect(tray.chosen).toHaveLength(6)
    expect(tray.notice).toMatch(/Paling banyak 6/)
    for (const { key } of tray.chosen.slice(0, 5)) tray.drop(key)
    await tray.send()
    expect(sent).toEqual(['1', '6'])
  })

  it('one let go of while it leaves is taken out again', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (path: string, { method }: { method: string }) => {
      asked.push(`${method} ${path}`)
      return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json([])
    })
    let arrive: (sent: Sent) => void = () => undefined
    const upload = () => new Promise<Sent>((resolve) => (arrive = resolve))
    const tray = new PhotoTray(CASE, OPD, { shrink: async (file) => file, upload })
    await tray.add([blob('a')])
    tray.drop(tray.chosen[0].key)
    arrive(there(1))
    await vi.advanceTimersByTimeAsync(100)
    expect(asked[0]).toBe(`DELETE /api/incidents/${CASE}/report/photos/id-1`)
    expect(tray.kept).toEqual([])
  })

  it('belong to the page, whichever case lies on the desk', () => {
    expect(trayOf(CASE, OPD)).toBe(trayOf(CASE, OPD))
    expect(photosOwed()).toBe(0)
  })

  it('are drawn no larger than a page needs', () => {
    expect(sentSize(4032, 3024)).toEqual({ width: 2000, height: 1500 })
    expect(sentSize(300, 200)).toEqual({ width: 300, height: 200 })
    expect(sentSize(9000, 1)).toEqual({ width: 2000, height: 1 })
  })
})

describe('the browser’s tab', () => {
  it('flashes title and sign while something waits, with the words in both, and is itself again', () => {
    let href = '/icon.svg'
    const icon = { getAttribute: () => href, setAttribute: (_: string, value: string) => void (href = value) }
    const page = { title: 'Siaga 112', querySelector: () => icon } as unknown as Document
    const tab = new Tab(page)
    tab.say('(1) PENUGASAN BARU')
    const seen = [0, 1, 2].map(() => {
      vi.advanceTimersByTime(1_000)
      return [page.title, href]
    })
    expect(new Set(seen.map(([title]) => title)).size).toBe(2)
    expect(new Set(seen.map(([, sign]) => sign)).size).toBe(2)
    for (const [title] of seen) expect(title).toMatch(/^\(1\) PENUGASAN BARU/)
    tab.say('')
    vi.advanceTimersByTime(5_000)
    expect([page.title, href]).toEqual(['Siaga 112', '/icon.svg'])
  })
})
