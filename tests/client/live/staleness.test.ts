import { describe, expect, it } from 'vitest'
import { staleness } from '../../../client/live/staleness.ts'
import type { StaleReason } from '../../../geo/wire/screen.ts'
import type { Vitals } from '../../../client/live/staleness.ts'

const FRESH: Vitals = {
  has_picture: true,
  connected: true,
  refused: false,
  heard_seconds: 0.9,
  delay_seconds: 0.05,
  checked_seconds: 0.4,
  behind_seconds: 0,
  invalid: false,
  painted_seconds: 2.1,
}

describe('staleness', () => {
  it('is fresh while everything is', () => {
    expect(staleness(FRESH)).toMatchObject({ stale: false, reason: null })
  })

  it.each<[StaleReason, Partial<Vitals>]>([
    ['silent', { heard_seconds: 5.1 }],
    ['socket', { heard_seconds: 5.1, connected: false }],
    ['database', { checked_seconds: 5.1 }],
    ['delayed', { delay_seconds: 5.1 }],
    ['behind', { behind_seconds: 5.1 }],
    ['invalid', { invalid: true }],
    ['renderer', { painted_seconds: 5.1 }],
    ['refused', { heard_seconds: 5.1, connected: false, refused: true }],
    ['silent', { heard_seconds: 3, checked_seconds: 2.5 }],
  ])('is stale, %s, for %o', (reason, over) => {
    expect(staleness({ ...FRESH, ...over })).toMatchObject({ stale: true, reason })
  })

  it('bears a dead socket for 5 s: the picture is still young', () => {
    expect(staleness({ ...FRESH, connected: false, heard_seconds: 4 }).stale).toBe(false)
  })

  it('is fresh while someone else has to sign in but the picture is young, and stale whoever signed in when it is old', () => {
    expect(staleness({ ...FRESH, connected: false, refused: true, heard_seconds: 4 }).stale).toBe(false)
    expect(staleness({ ...FRESH, refused: true, heard_seconds: 5.1 })).toMatchObject({ stale: true, reason: 'silent' })
  })

  it('never calls a wall stale that has no picture yet: it waits', () => {
    expect(staleness({ ...FRESH, has_picture: false, heard_seconds: 900, connected: false }).stale).toBe(false)
  })

  it('does not ask a hidden page for frames', () => {
    expect(staleness({ ...FRESH, painted_seconds: null }).stale).toBe(false)
  })

  it('gives the age of what is shown, not of the last word', () => {
    expect(staleness({ ...FRESH, heard_seconds: 1, checked_seconds: 12 }).age_seconds).toBe(13)
    expect(staleness({ ...FRESH, painted_seconds: 30 }).age_seconds).toBe(30)
  })
})
