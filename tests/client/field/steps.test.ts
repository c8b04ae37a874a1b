import { expect, it } from 'vitest'
import { FixQueue, type OwnFix } from '../../../client/field/state/fix_queue.ts'
import { nextSaid, standing, withReports, type Report } from '../../../client/field/state/report.ts'
import { anAssignment, anIncident } from '../fixtures.ts'

const said = (status: Report['status'], refused: string | null = null): Report => ({
  key: status,
  unit_id: 'u',
  assignment_id: 'a1',
  number: '112-20261128-0001',
  status,
  at: '2026-11-28T05:00:00.000Z',
  refused,
})

it('offers the one step that makes sense first, and never a way back', () => {
  expect(nextSaid('notified', false)).toEqual(['acknowledged', 'en_route', 'on_scene', 'done', 'declined'])
  expect(nextSaid('acknowledged', false)).toEqual(['en_route', 'on_scene', 'done', 'declined'])
  expect(nextSaid('en_route', false)).toEqual(['on_scene', 'done'])
  expect(nextSaid('on_scene', false)).toEqual(['done'])
  for (const over of ['done', 'declined', 'cancelled'] as const) expect(nextSaid(over, false)).toEqual([])
})

it('a unit in line may accept or decline, and no more', () => {
  expect(nextSaid('notified', true)).toEqual(['acknowledged', 'declined'])
  expect(nextSaid('acknowledged', true)).toEqual(['declined'])
})

it('stands where the presses that wait will bring it; a refused one brings it nowhere', () => {
  const own = { id: 'a1', status: 'notified' as const }
  expect(standing(own, [])).toBe('notified')
  expect(standing(own, [said('acknowledged'), said('en_route')])).toBe('en_route')
  expect(standing(own, [said('acknowledged'), said('en_route', 'sudah cancelled')])).toBe('acknowledged')
  expect(standing({ ...own, id: 'a2' }, [said('done')])).toBe('notified')
})

it('clocks go by what waits to be sent', () => {
  const one = anIncident({ assignments: [anAssignment({ id: 'a1' }), anAssignment({ id: 'a2' })] })
  const after = withReports(one, 'a1', [said('on_scene'), said('done')])
  expect(after.on_scene_at).toBe('2026-11-28T05:00:00.000Z')
  expect(after.assignments[0]).toMatchObject({ status: 'done', done_at: '2026-11-28T05:00:00.000Z' })
  expect(after.assignments[1]).toEqual(one.assignments[1])
  expect(withReports(one, 'a1', [])).toBe(one)
})

const fix = (at: number): OwnFix => ({ lon: 109.6, lat: -6.9, at, accuracy_m: 5, speed_kmh: null, heading: null })

it('fixes wait in order, thinned where they are oldest, and never more than the bound', () => {
  const queue = new FixQueue(100)
  for (let i = 0; i < 10_000; i++) queue.push(fix(i * 5_000))
  expect(queue.length).toBeLessThanOrEqual(100)
  const kept = queue.first(1_000).map(({ at }) => at)
  expect(kept).toEqual([...kept].sort((a, b) => a - b))
  expect(kept.at(-1)).toBe(9_999 * 5_000)
  // The newest half is whole.
  const newest = kept.slice(-40)
  expect(newest[39] - newest[0]).toBe(39 * 5_000)
  // The oldest is still told of.
  expect(kept[0]).toBe(0)
})

it('fixes close in time count as one, the newest; one from before is nothing new', () => {
  const queue = new FixQueue()
  for (const at of [0, 5_000, 6_000, 7_000, 12_000]) queue.push(fix(at))
  queue.push(fix(3_000))
  expect(queue.first(10).map(({ at }) => at)).toEqual([0, 5_000, 7_000, 12_000])
  queue.done(7_000)
  expect(queue.first(10).map(({ at }) => at)).toEqual([12_000])
})
