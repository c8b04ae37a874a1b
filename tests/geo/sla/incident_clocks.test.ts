import { describe, expect, it } from 'vitest'
import type { OnSceneFigures } from '../../../geo/sla/forecast.ts'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import type { Assignment, Incident } from '../../../geo/wire/incident.ts'

const T = Date.parse('2026-10-31T10:00:00+07:00')
const after = (seconds: number) => new Date(T + seconds * 1000).toISOString()
const now = (seconds: number) => T + seconds * 1000
const TYPE: OnSceneFigures = { on_scene_minutes: 10, median_on_scene_seconds: 1000, median_on_scene_n: 7 }

function assignment(more: Partial<Assignment> = {}): Assignment {
  return {
    id: '00000000-0000-4000-8000-00000000000a',
    incident_id: '00000000-0000-4000-8000-000000000001',
    agency_id: '00000000-0000-4000-8000-0000000000d1',
    unit_id: null,
    status: 'notified',
    notified_at: after(100),
    acknowledged_at: null,
    en_route_at: null,
    on_scene_at: null,
    done_at: null,
    declined_at: null,
    cancelled_at: null,
    eta_seconds: 300,
    turnout_seconds: 80,
    distance_m: 2000,
    simulated: false,
    ...more,
  }
}

function incident(more: Partial<Incident> = {}): Incident {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    number: '112-20261031-0001',
    incident_type: 'pohon_tumbang',
    priority: 2,
    status: 'received',
    location: { type: 'Point', coordinates: [109.67, -6.89] },
    accuracy_m: 10,
    kelurahan_code: null,
    kelurahan: null,
    kecamatan: null,
    inside_city: true,
    place_label: null,
    number_hidden: false,
    received_at: after(0),
    verified_at: null,
    dispatched_at: null,
    handling_at: null,
    on_scene_at: null,
    resolved_at: null,
    closed_at: null,
    ended_at: null,
    handed_over_to: null,
    late_entry: false,
    offline_entry: false,
    duplicate_of: null,
    call_count: 1,
    simulated: false,
    assignments: [],
    ...more,
  }
}
const dispatched = (more: Partial<Incident> = {}) =>
  incident({ status: 'dispatched', dispatched_at: after(100), assignments: [assignment()], ...more })

describe('incidentClocks', () => {
  it('agent stage until dispatched, then the OPD stage', () => {
    const before = incidentClocks(incident(), now(120), TYPE)
    expect(before).toMatchObject({
      active: 'agent',
      agent: { state: 'running', elapsed_seconds: 120 },
      opd: { state: 'unknown' },
      forecast: null,
    })
    const later = incidentClocks(dispatched(), now(120), TYPE)
    expect(later).toMatchObject({
      active: 'opd',
      agent: { state: 'met', elapsed_seconds: 100 },
      opd: { state: 'running', elapsed_seconds: 20 },
    })
    expect(later.fire_on_scene).toBeNull()
  })

  it('resolved ends both; what ended late stays breached', () => {
    const ended = incidentClocks(
      dispatched({ status: 'closed', dispatched_at: after(301), resolved_at: after(301 + 2101) }),
      now(1e6),
      TYPE,
    )
    expect(ended).toMatchObject({
      active: null,
      agent: { state: 'breached' },
      opd: { state: 'breached', elapsed_seconds: 2101 },
      forecast: null,
    })
  })

  it('all declined: back to verified, but the OPD clock runs on', () => {
    const declined = dispatched({
      status: 'verified',
      assignments: [assignment({ status: 'declined', declined_at: after(150) })],
    })
    expect(incidentClocks(declined, now(2300), TYPE)).toMatchObject({
      active: 'opd',
      opd: { state: 'breached' },
      forecast: null,
    })
  })

  it.each(['cancelled', 'duplicate'] as const)('%s has no clocks', (status) => {
    const clocks = incidentClocks(
      dispatched({ status, incident_type: 'kebakaran', ended_at: after(200) }),
      now(9000),
      TYPE,
    )
    expect(clocks).toMatchObject({
      active: null,
      agent: { state: 'unknown' },
      opd: { state: 'unknown' },
      fire_on_scene: { state: 'unknown' },
      forecast: null,
    })
  })

  it('handed over ends the agent stage at the hand-over, unless it was dispatched before', () => {
    const handed = { status: 'handed_over', ended_at: after(290) } as const
    expect(incidentClocks(incident(handed), now(9000), TYPE)).toMatchObject({
      active: null,
      agent: { state: 'met', elapsed_seconds: 290 },
      opd: { state: 'unknown' },
    })
    expect(incidentClocks(dispatched(handed), now(9000), TYPE)).toMatchObject({
      active: null,
      agent: { elapsed_seconds: 100 },
      opd: { state: 'unknown' },
    })
  })

  it('a late entry is judged by what it carries and never alarms for what it lacks', () => {
    const bare = incidentClocks(incident({ late_entry: true, status: 'verified' }), now(1e6), TYPE)
    expect(bare).toMatchObject({ active: null, agent: { state: 'unknown' }, opd: { state: 'unknown' } })
    const half = incidentClocks(dispatched({ late_entry: true }), now(1e6), TYPE)
    expect(half).toMatchObject({ active: null, agent: { state: 'met' }, opd: { state: 'unknown' } })
    const handed = incidentClocks(
      incident({ late_entry: true, status: 'handed_over', ended_at: after(90_000) }),
      now(1e6),
      TYPE,
    )
    expect(handed.agent.state).toBe('unknown')
  })

  it('a fire has 15 minutes to the first unit on scene', () => {
    const fire = (more: Partial<Incident>, seconds: number) =>
      incidentClocks(dispatched({ incident_type: 'kebakaran', assignments: [], ...more }), now(seconds), TYPE)
        .fire_on_scene?.state
    expect(fire({}, 719)).toBe('running')
    expect(fire({}, 720)).toBe('warning')
    expect(fire({ on_scene_at: after(900) }, 5000)).toBe('met')
    expect(fire({ on_scene_at: after(901) }, 5000)).toBe('breached')
    expect(fire({ resolved_at: after(800), status: 'closed' }, 5000)).toBe('unknown')
    expect(fire({ assignments: [assignment({ eta_seconds: 800 })] }, 100)).toBe('warning')
  })
})

describe('forecast', () => {
  const forecast = (a: Partial<Assignment>, seconds: number, type = TYPE) =>
    incidentClocks(dispatched({ assignments: [assignment(a)] }), now(seconds), type).forecast

  it('is notified + turnout + ETA + median on scene', () => {
    expect(forecast({}, 100)).toEqual({
      resolved_at: now(100 + 80 + 300 + 1000),
      on_scene_at: now(480),
      breach_in_seconds: null,
      median_n: 7,
    })
  })

  it('plans with the type when fewer than five cases are known', () => {
    expect(forecast({}, 100, { ...TYPE, median_on_scene_n: 4 })!.resolved_at).toBe(now(480 + 600))
    expect(forecast({}, 100, { ...TYPE, median_on_scene_seconds: null })!.resolved_at).toBe(now(480 + 600))
  })

  it('goes from what has happened, and never into the past', () => {
    expect(forecast({ status: 'en_route', en_route_at: after(200) }, 220)!.resolved_at).toBe(now(200 + 300 + 1000))
    expect(forecast({ status: 'on_scene', on_scene_at: after(400) }, 420)!.resolved_at).toBe(now(1400))
    // still not under way at 500 s: it leaves now at the earliest
    expect(forecast({}, 500)!.resolved_at).toBe(now(500 + 300 + 1000))
    expect(forecast({ status: 'on_scene', on_scene_at: after(400) }, 2000)!.resolved_at).toBe(now(2000))
  })

  it('warns and counts down to the breach when it will be late', () => {
    const late = incidentClocks(dispatched({ assignments: [assignment({ eta_seconds: 1500 })] }), now(160), TYPE)
    expect(late.opd.state).toBe('warning')
    expect(late.forecast!.breach_in_seconds).toBe(100 + 2100 - 160)
    expect(forecast({ eta_seconds: 1500 }, 2300)!.breach_in_seconds).toBe(0)
  })

  it('takes the drive as known now before the one known at dispatch', () => {
    const clocks = incidentClocks(
      dispatched({ assignments: [assignment({ status: 'en_route', en_route_at: after(200) })] }),
      now(400),
      TYPE,
      () => 20,
    )
    expect(clocks.forecast).toMatchObject({ on_scene_at: now(420), resolved_at: now(1420) })
  })

  it('is the last of several, without those that were declined or cannot be told', () => {
    const assignments = [
      assignment(),
      assignment({ eta_seconds: 600 }),
      assignment({ eta_seconds: null }),
      assignment({ status: 'declined', eta_seconds: 5000 }),
      assignment({ status: 'done', on_scene_at: after(200), done_at: after(300) }),
    ]
    const clocks = incidentClocks(dispatched({ assignments }), now(320), TYPE)
    expect(clocks.forecast).toMatchObject({ resolved_at: now(320 + 600 + 1000), on_scene_at: now(200) })
    expect(
      incidentClocks(dispatched({ assignments: [assignment({ eta_seconds: null })] }), now(120), TYPE).forecast,
    ).toBeNull()
  })
})
