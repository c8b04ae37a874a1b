import { describe, expect, it } from 'vitest'
import { AlarmBook, audible, NEW_SECONDS } from '../../../geo/alarm/alarm_book.ts'
import { ACKNOWLEDGE_SECONDS, alarmOf, NAME_UNIT_SECONDS } from '../../../geo/alarm/alarms.ts'
import type { Alarm, Tier } from '../../../geo/alarm/alarms.ts'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import { LOST_AFTER_SECONDS } from '../../../geo/track/freshness.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import { anAssignment, anIncident, at, T0 } from '../../client/fixtures.ts'
import { seededRandom } from '../../helpers/random.ts'

const MINUTE = 60_000
const TYPE = { on_scene_minutes: 20, median_on_scene_seconds: null, median_on_scene_n: 0 }
const alarm = (incident: Incident, minutes: number, fix_at: number | null = null) => {
  const now = T0 + minutes * MINUTE
  return alarmOf({ incident, clocks: incidentClocks(incident, now, TYPE) }, now, () => ({ fix_at }))
}

describe('the alarm of an incident', () => {
  it('is silent while its clock runs, warns in the last fifth, and cries when the limit passes and nobody goes', () => {
    const alone = anIncident({ incident_type: 'kecelakaan' })
    expect(alarm(alone, 3.9)).toBeNull()
    expect(alarm(alone, 4.5)).toEqual({
      incident_id: alone.id,
      tier: 2,
      reason: 'will_breach',
      since: T0 + 4 * MINUTE,
      suppressed: 0,
    })
    expect(alarm(alone, 6)).toMatchObject({ tier: 1, reason: 'abandoned', since: T0 + 5 * MINUTE })
  })

  it('is milder where somebody is going, and the same again when that one was called back', () => {
    const sent = (status: 'en_route' | 'cancelled') =>
      anIncident({
        incident_type: 'kecelakaan',
        status: 'handling',
        dispatched_at: at(0),
        assignments: [anAssignment({ status, notified_at: at(0), en_route_at: at(60) })],
      })
    expect(alarm(sent('en_route'), 40)).toMatchObject({ tier: 2, reason: 'breached', since: T0 + 35 * MINUTE })
    expect(alarm(sent('cancelled'), 40)).toMatchObject({ tier: 1, reason: 'abandoned' })
  })

  it('counts one that waits in line behind another case as nobody', () => {
    const queued = anIncident({
      status: 'dispatched',
      dispatched_at: at(0),
      assignments: [anAssignment({ queued_behind: { incident_id: 'x', number: '112-20261128-0001' } })],
    })
    expect(alarm(queued, 36)).toMatchObject({ tier: 1, reason: 'abandoned' })
  })

  it('tells of silence: no answer, no unit named, a unit under way that was not heard of', () => {
    const incident = (over: Parameters<typeof anAssignment>[0]) =>
      anIncident({
        incident_type: 'pohon_tumbang',
        status: 'dispatched',
        dispatched_at: at(0),
        assignments: [anAssignment({ notified_at: at(0), eta_seconds: null, ...over })],
      })
    const late = ACKNOWLEDGE_SECONDS / 60
    expect(alarm(incident({ status: 'notified' }), late)).toBeNull()
    expect(alarm(incident({ status: 'notified' }), late + 0.1)).toMatchObject({ tier: 2, reason: 'unanswered' })
    const office = incident({ status: 'acknowledged', unit_id: null, acknowledged_at: at(30) })
    expect(alarm(office, NAME_UNIT_SECONDS / 60 + 0.1)).toMatchObject({ tier: 3, reason: 'unitless' })
    const driving = incident({ status: 'en_route', en_route_at: at(60) })
    const lost = LOST_AFTER_SECONDS / 60
    expect(alarm(driving, lost, T0)).toBeNull()
    expect(alarm(driving, lost + 0.1, T0)).toMatchObject({
      tier: 3,
      reason: 'position_lost',
      since: T0 + lost * MINUTE,
    })
  })

  it('is one, the gravest, and says how many it stands for', () => {
    const incident = anIncident({
      incident_type: 'kebakaran',
      status: 'dispatched',
      dispatched_at: at(0),
      assignments: [anAssignment({ status: 'notified', notified_at: at(0) })],
    })
    // No answer, the 15 minutes of a fire, and a forecast past the 35.
    expect(alarm(incident, 30)).toMatchObject({ tier: 2, reason: 'unanswered', suppressed: 2 })
  })

  it('never alarms for what has no clock', () => {
    for (const status of ['cancelled', 'duplicate', 'resolved', 'handed_over'] as const)
      expect(alarm(anIncident({ status }), 500)).toBeNull()
    expect(alarm(anIncident({ late_entry: true }), 500)).toBeNull()
  })
})

const one = (incident_id: string, tier: Tier, since: number | null = null): Alarm => ({
  incident_id,
  tier,
  reason: 'breached',
  since,
  suppressed: 0,
})

describe('the book of alarms', () => {
  it('counts what is new or graver, not what becomes milder, for ten minutes, per operator', () => {
    const book = new AlarmBook()
    book.update([one('a', 2)], 0)
    book.update([one('a', 1)], 1000)
    book.update([one('a', 3), one('b', 3)], 2000)
    expect(book.rate(2)).toEqual({ raised: 3, per_operator: 1.5, level: 'above_guide' })
    expect(book.rate(null)).toMatchObject({ per_operator: null, level: 'above_guide' })
    expect(book.rate(3).level).toBe('calm')
    book.update([one('a', 3), one('b', 3)], 601_500)
    expect(book.rate(1)).toMatchObject({ raised: 1 })
  })

  it('says flood above ten per operator', () => {
    const book = new AlarmBook()
    const eleven = Array.from({ length: 11 }, (_, i) => one(String(i), 2))
    book.update(eleven, 0)
    expect(book.rate(1).level).toBe('flood')
    expect(book.rate(2).level).toBe('above_guide')
  })

  it('is heard while new only: what stood before a page was opened is not', () => {
    const book = new AlarmBook()
    const now = 10_000_000
    expect(audible(book.update([one('old', 1, now - 20 * MINUTE)], now), now)).toBeNull()
    expect(audible(book.update([one('old', 1, now), one('new', 2, now - 1000)], now), now)).toBe(2)
    expect(audible(book.update([one('new', 2)], now + NEW_SECONDS * 1000), now + NEW_SECONDS * 1000)).toBeNull()
    expect(audible(book.update([one('c', 3)], now), now)).toBeNull()
  })

  it('keeps one line an incident and never dates one later than now, whatever comes', () => {
    const random = seededRandom(71)
    const book = new AlarmBook()
    for (let now = 0; now < 3_000_000; now += 10_000) {
      const ids = ['a', 'b', 'c', 'd', 'e'].filter(() => random() < 0.6)
      const since = () => (random() < 0.3 ? null : now - random() * 100_000 + 5000)
      const alarms = ids.map((id) => one(id, (1 + Math.floor(random() * 3)) as Tier, since()))
      const standing = book.update(alarms, now)
      expect(standing.map((s) => s.incident_id).sort()).toEqual(ids)
      for (const s of standing) expect(s.since).toBeLessThanOrEqual(now)
      expect(standing.map((s) => s.tier)).toEqual([...standing.map((s) => s.tier)].sort())
    }
  })
})
