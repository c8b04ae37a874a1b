import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Alarm, REPEAT_MS, type Sounder } from '../../../client/dispatch/state/alarm.svelte.ts'
import { arrivalsOf, jobsOf, nextSteps } from '../../../client/dispatch/state/jobs.ts'
import { urgent } from '../../../client/state/urgency.ts'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import type { Assignment, Incident } from '../../../geo/wire/incident.ts'
import { anAssignment, anIncident, at, T0 } from '../fixtures.ts'

const OWN = 'aaaaaaaa-0000-4000-8000-000000000001'
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002'
const now = T0 + 40 * 60_000
const list = (incidents: Incident[]) => incidents.map((i) => urgent(i, incidentClocks(i, now)))
const sent = (minute: number, over: Partial<Assignment> = {}) =>
  anAssignment({ agency_id: OWN, notified_at: at(minute * 60), ...over })
const aCase = (...assignments: Assignment[]) =>
  anIncident({ status: 'dispatched', received_at: at(0), dispatched_at: at(60), assignments })

describe('the cases of an OPD', () => {
  it('begin with what nobody acknowledged, oldest first; then its own clock counts; what is over stands last', () => {
    const old_arrival = aCase(sent(35))
    const new_arrival = aCase(sent(39), sent(2, { status: 'on_scene' }))
    const breached = aCase(sent(1, { status: 'en_route' }))
    const running = aCase(sent(30, { status: 'acknowledged' }))
    const over = aCase(sent(1, { status: 'done', done_at: at(1500) }), sent(1, { agency_id: OTHER }))
    const jobs = jobsOf(list([over, running, breached, new_arrival, old_arrival]), OWN, now)
    expect(jobs.map(({ incident }) => incident)).toEqual([old_arrival, new_arrival, breached, running, over])
    expect(jobs.map((job) => job.over)).toEqual([false, false, false, false, true])
  })

  it('leave out what was only declined or called back, and other OPD', () => {
    const declined = aCase(sent(1, { status: 'declined', declined_at: at(90) }))
    expect(jobsOf(list([declined, aCase(sent(1, { agency_id: OTHER }))]), OWN, now)).toEqual([])
    const word = sent(1, { unit_id: null, status: 'cancelled', cancelled_at: at(90) })
    expect(jobsOf(list([aCase(word, sent(2))]), OWN, now)[0].own).toHaveLength(1)
    expect(arrivalsOf([declined, aCase(sent(3), sent(3, { agency_id: OTHER }))], OWN)).toHaveLength(1)
  })

  it('go forward only, and who stands in line may only say that he knows', () => {
    expect(nextSteps(sent(1, { status: 'en_route' }))).toEqual(['on_scene', 'done'])
    expect(nextSteps(sent(1, { status: 'done' }))).toEqual([])
    const queued_behind = { incident_id: OTHER, number: '112-20261123-0001' }
    expect(nextSteps(sent(1, { queued_behind }))).toEqual(['acknowledged'])
    expect(nextSteps(sent(1, { queued_behind, status: 'acknowledged' }))).toEqual([])
  })
})

describe('the alarm', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const aSounder = (allowed: boolean) => {
    const played: boolean[] = []
    const stopped: number[] = []
    const sounder = {
      allowed,
      unlock: async () => void (sounder.allowed = true),
      play: (quiet: boolean) => void (sounder.allowed && played.push(quiet)),
      stop: () => void stopped.push(played.length),
      close: () => undefined,
    } satisfies Sounder
    return { sounder, played, stopped }
  }

  it('tests itself on opening, rings at once for what is new, and again until nothing waits', () => {
    const { sounder, played } = aSounder(true)
    const alarm = new Alarm(sounder)
    expect(played).toEqual([true])
    alarm.update(['a'])
    alarm.update(['a'])
    expect(played).toEqual([true, false])
    vi.advanceTimersByTime(REPEAT_MS * 2)
    expect(played).toHaveLength(4)
    alarm.update(['a', 'b'])
    expect(played).toHaveLength(5)
    alarm.update([])
    vi.advanceTimersByTime(REPEAT_MS * 3)
    expect(played).toHaveLength(5)
  })

  it('says so when the browser blocks it, and sounds with the first key', async () => {
    const { sounder, played } = aSounder(false)
    const alarm = new Alarm(sounder)
    vi.advanceTimersByTime(1000)
    expect(alarm.blocked).toBe(true)
    alarm.update(['a'])
    expect([alarm.rings, played]).toEqual([1, []])
    await alarm.touched()
    expect(alarm.blocked).toBe(false)
    expect(played).toEqual([true, false])
    alarm.close()
  })
})
