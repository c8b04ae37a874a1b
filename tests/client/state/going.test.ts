import { describe, expect, it } from 'vitest'
import { going } from '../../../client/state/going.ts'
import { anAssignment, anIncident, at, T0 } from '../fixtures.ts'

describe('going', () => {
  it('is nobody when all declined or cancelled', () => {
    const incident = anIncident({
      assignments: [anAssignment({ status: 'declined' }), anAssignment({ status: 'cancelled' })],
    })
    expect(going(incident, T0)).toEqual({ assignment: null, others: 0, arrives_seconds: null })
  })

  it('speaks of the unit furthest along and counts the others', () => {
    const notified = anAssignment()
    const driving = anAssignment({ status: 'en_route', en_route_at: at(120) })
    const answer = going(
      anIncident({ assignments: [notified, driving, anAssignment({ status: 'declined' })] }),
      T0 + 180_000,
    )
    expect(answer.assignment).toBe(driving)
    expect(answer.others).toBe(1)
    expect(answer.arrives_seconds).toBe(240)
  })

  it('prefers the sooner of two on the road, and lets a late one look late', () => {
    const far = anAssignment({ status: 'en_route', en_route_at: at(120), eta_seconds: 900 })
    const near = anAssignment({ status: 'en_route', en_route_at: at(120), eta_seconds: 200 })
    const answer = going(anIncident({ assignments: [far, near] }), T0 + 400_000)
    expect(answer.assignment).toBe(near)
    expect(answer.arrives_seconds).toBe(-80)
  })

  it('has no arrival for a unit on scene, nor for an agency without ETA', () => {
    expect(
      going(anIncident({ assignments: [anAssignment({ status: 'on_scene', on_scene_at: at(300) })] }), T0)
        .arrives_seconds,
    ).toBeNull()
    expect(going(anIncident({ assignments: [anAssignment({ eta_seconds: null })] }), T0).arrives_seconds).toBeNull()
  })
})
