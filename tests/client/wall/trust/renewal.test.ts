import { describe, expect, it } from 'vitest'
import { againSeconds, LeastHeap, reasonToReload } from '../../../../client/wall/trust/renewal.ts'
import type { Circumstances } from '../../../../client/wall/trust/renewal.ts'

const CALM: Circumstances = {
  version_seconds: null,
  wire_broken: false,
  heap_mb: 90,
  heap_budget_mb: 600,
  stuck_seconds: 0,
  alarming: false,
  changed_seconds: 600,
  hand_seconds: 3600,
  loaded_seconds: 86_400,
  reloaded_seconds: 86_400,
  connected: true,
}
const why = (over: Partial<Circumstances>) => reasonToReload({ ...CALM, ...over })

describe('a wall that looks after itself', () => {
  it('leaves itself alone while all is well', () => expect(why({})).toBeNull())

  it('changes for a new version at once when nobody is disturbed', () => {
    expect(why({ version_seconds: 4 })).toBe('version')
    expect(why({ version_seconds: 4, hand_seconds: 30 })).toBeNull()
    expect(why({ version_seconds: 4, changed_seconds: 2 })).toBeNull()
  })

  it('waits for the end of an alarm, but not for ever, unless the server is not understood any more', () => {
    expect(why({ version_seconds: 60, alarming: true })).toBeNull()
    expect(why({ version_seconds: 2000, alarming: true, changed_seconds: 20 })).toBeNull()
    expect(why({ version_seconds: 2000, alarming: true, changed_seconds: 90 })).toBe('version')
    expect(why({ version_seconds: 1, alarming: true, hand_seconds: 1, wire_broken: true })).toBe('version')
    expect(why({ wire_broken: true }), 'without a version to change to').toBeNull()
  })

  it('begins anew over its heap budget in a quiet minute, and not twice in two hours', () => {
    expect(why({ heap_mb: 601 })).toBe('heap')
    expect(why({ heap_mb: 601, alarming: true, version_seconds: null })).toBeNull()
    expect(why({ heap_mb: 601, hand_seconds: 60 })).toBeNull()
    expect(why({ heap_mb: 601, reloaded_seconds: 3600 })).toBeNull()
    expect(why({ heap_mb: 601, loaded_seconds: 3600 })).toBeNull()
    expect(why({ heap_mb: null })).toBeNull()
  })

  it('begins anew when its picture stood still, alarm or not, and not twice in ten minutes', () => {
    expect(why({ stuck_seconds: 50, alarming: true, hand_seconds: 1 })).toBe('stuck')
    expect(why({ stuck_seconds: 30 })).toBeNull()
    expect(why({ stuck_seconds: 50, reloaded_seconds: 300 })).toBeNull()
  })

  it('never leaves the page it has while the server is away', () => {
    for (const over of [
      { version_seconds: 60 },
      { heap_mb: 900 },
      { stuck_seconds: 90 },
      { version_seconds: 9, wire_broken: true },
    ])
      expect(why({ ...over, connected: false })).toBeNull()
  })

  it('does not go round in circles for a version that does not come', () => {
    expect([0, 1, 2, 3, 9].map(againSeconds)).toEqual([0, 60, 120, 240, 1800])
  })
})

describe('the least heap of the last minutes', () => {
  it('is what garbage collection cannot take back', () => {
    const heap = new LeastHeap(600_000)
    expect(heap.mb).toBeNull()
    // A saw of 200 to 700 MB is young garbage.
    for (let s = 0; s < 1200; s++) heap.add(200 + (s % 100) * 5, s * 1000)
    expect(heap.mb).toBe(200)
    for (let s = 1200; s < 1900; s++) heap.add(650 + (s % 100), s * 1000)
    expect(heap.mb).toBe(650)
  })
})
