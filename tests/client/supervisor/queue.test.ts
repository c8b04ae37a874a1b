import { describe, expect, it } from 'vitest'
import { queueOf } from '../../../client/supervisor/now/queue.ts'
import { byUrgency, urgent } from '../../../client/state/urgency.ts'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import { anIncident, at, T0 } from '../fixtures.ts'

const now = T0 + 40 * 60_000
const sent = (minute: number) =>
  anIncident({ status: 'dispatched', received_at: at(minute * 60 - 30), dispatched_at: at(minute * 60) })

describe('the supervisor’s queue', () => {
  it('puts what waits for a word before everything, the rest as it is urgent, and says who is not there', () => {
    const [breached, warning, running] = [sent(1), sent(10), sent(30)]
    const list = [running, breached, warning].map((i) => urgent(i, incidentClocks(i, now))).sort(byUrgency)
    const handlers = new Map(
      [breached, running].map(({ id }, i) => [id, { incident_id: id, handler: `operator:agen${i}`, since: at(0) }]),
    )
    const asked = {
      id: running.id,
      incident_id: running.id,
      number: running.number,
      status: 'open' as const,
      asked_at: at(0),
      asked_by: 'operator:agen1',
      answered_at: null,
      answered_by: null,
      peer: false,
    }
    const queue = queueOf(list, handlers, [asked], (actor) => actor === 'operator:agen1')
    expect(queue.map(({ urgent }) => urgent.incident)).toEqual([running, breached, warning])
    expect(queue.map(({ cancellation }) => cancellation?.id ?? null)).toEqual([running.id, null, null])
    expect(queue.map(({ handler, absent }) => [handler, absent])).toEqual([
      ['operator:agen1', false],
      ['operator:agen0', true],
      [null, false],
    ])
  })
})
