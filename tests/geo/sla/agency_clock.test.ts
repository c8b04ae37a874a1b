import { describe, expect, it } from 'vitest'
import { agencyClock } from '../../../geo/sla/agency_clock.ts'
import type { Assignment } from '../../../geo/wire/incident.ts'

const T0 = Date.parse('2026-11-23T08:00:00+07:00')
const at = (minutes: number) => new Date(T0 + minutes * 60_000).toISOString()
let made = 0
const sent = (agency_id: string, notified: number, more: Partial<Assignment> = {}): Assignment => ({
  id: `a${made++}`,
  incident_id: 'i',
  agency_id,
  unit_id: null,
  status: 'notified',
  notified_at: at(notified),
  acknowledged_at: null,
  en_route_at: null,
  on_scene_at: null,
  done_at: null,
  declined_at: null,
  cancelled_at: null,
  eta_seconds: null,
  turnout_seconds: null,
  distance_m: null,
  simulated: true,
  ...more,
})
const minutes = (list: Assignment[], now: number) => {
  const { state, elapsed_seconds } = agencyClock(list, 'x', T0 + now * 60_000)
  return [state, elapsed_seconds === null ? null : elapsed_seconds / 60]
}

describe('the clock of one OPD', () => {
  it('runs from its own first notified, whatever others do', () => {
    const list = [sent('y', 0, { status: 'done', done_at: at(3) }), sent('x', 5), sent('x', 9)]
    expect(minutes(list, 20)).toEqual(['running', 15])
    expect(minutes(list, 33)).toEqual(['warning', 28])
    expect(minutes(list, 41)).toEqual(['breached', 36])
  })
  it('ends with its last done', () => {
    const list = [
      sent('x', 0, { status: 'done', done_at: at(10) }),
      sent('x', 2, { status: 'done', done_at: at(30) }),
      sent('y', 3),
    ]
    expect(minutes(list, 90)).toEqual(['met', 30])
  })
  it('goes on through a swap, and starts anew once all had ended', () => {
    const swapped = sent('x', 0, { status: 'cancelled', cancelled_at: at(4) })
    expect(minutes([swapped, sent('x', 4)], 10)).toEqual(['running', 10])
    expect(minutes([swapped, sent('x', 6)], 10)).toEqual(['running', 4])
  })
  it('is unknown when all was declined or called back, and for an OPD that was not sent', () => {
    expect(minutes([sent('x', 0, { status: 'declined', declined_at: at(2) })], 10)).toEqual(['unknown', null])
    expect(minutes([sent('y', 0)], 10)).toEqual(['unknown', null])
  })
})
