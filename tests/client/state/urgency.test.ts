import { describe, expect, it } from 'vitest'
import { byUrgency, urgent } from '../../../client/state/urgency.ts'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import { seededRandom } from '../../helpers/random.ts'
import { anIncident, at, T0 } from '../fixtures.ts'

const now = T0 + 40 * 60_000
const rank = (incidents: Incident[]) => incidents.map((i) => urgent(i, incidentClocks(i, now))).sort(byUrgency)
const dispatched = (minute: number, over: Partial<Incident> = {}) =>
  anIncident({ status: 'dispatched', received_at: at(minute * 60 - 30), dispatched_at: at(minute * 60), ...over })

describe('byUrgency', () => {
  it('puts breaches first, then warnings, then what runs, then what has no clock', () => {
    const breached = dispatched(1)
    const warning = dispatched(10)
    const running = dispatched(30)
    const resolved = dispatched(20, { status: 'resolved', resolved_at: at(39 * 60) })
    expect(rank([resolved, running, warning, breached]).map((u) => u.state)).toEqual([
      'breached',
      'warning',
      'running',
      'met',
    ])
  })

  it('puts a graver breach above a longer one, but the nearer warning above the graver', () => {
    const nest = dispatched(0, { priority: 3 })
    const fire = dispatched(3, { priority: 1 })
    expect(rank([nest, fire]).map((u) => u.incident)).toEqual([fire, nest])
    const sooner = dispatched(7, { priority: 4 })
    const later = dispatched(11, { priority: 1 })
    expect(rank([later, sooner]).map((u) => u.incident)).toEqual([sooner, later])
  })

  it('counts the agent stage until dispatch and the OPD stage after it', () => {
    const [waiting] = rank([anIncident({ received_at: at(38 * 60) })])
    expect([waiting.stage, waiting.clock?.remaining_seconds]).toEqual(['agent', 180])
    const [sent] = rank([dispatched(30)])
    expect([sent.stage, sent.clock?.remaining_seconds]).toEqual(['opd', 1500])
  })

  it('is a total order whatever comes in first', () => {
    const random = seededRandom(6)
    const incidents = Array.from({ length: 60 }, () =>
      dispatched(Math.floor(random() * 39), { priority: 1 + Math.floor(random() * 4) }),
    )
    const once = rank(incidents).map((u) => u.incident.id)
    const shuffled = [...incidents].sort(() => random() - 0.5)
    expect(rank(shuffled).map((u) => u.incident.id)).toEqual(once)
  })
})
