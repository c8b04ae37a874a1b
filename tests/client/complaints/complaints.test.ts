import { afterEach, describe, expect, it, vi } from 'vitest'
import { Complaints } from '../../../client/complaints/state/complaints.svelte.ts'
import type { ComplaintDetail } from '../../../geo/wire/complaints.ts'
import { ok, standIn } from '../console/server.ts'
import type { Asked, Said } from '../console/server.ts'

const [ONE, OTHER] = [1, 2].map((n) => `40000000-0000-4000-8000-00000000000${n}`)
const AT = '2026-11-23T08:00:00+07:00'
const aComplaint = (id: string): ComplaintDetail => ({
  ...{ id, number: `P-${id.slice(-1)}`, channel: '112', category: 'attitude', status: 'received', open: true },
  ...{ incident_number: null, received_at: AT, opened_at: AT, officer_due_at: AT, taken_at: null, escalated_at: null },
  ...{ escalation: null, official_due_at: null, answered_at: null, reopen_until: null, closed_at: null },
  ...{ first_answered_at: null, first_answer_late: null, reopened: 0, revision: 1, simulated: false },
  ...{ created_by: 'operator:1', name_masked: null, has_contact: false, erased: false, name: null, contact: null },
  ...{ notes: [], incident: null },
})
const rules = { officer_days: 5, official_days: 5, reopen_days: 5, holidays: [], revision: 1 }

/** The page with a server that answers the looks at single complaints when it is told to. */
function atDesk() {
  const waiting: { id: string; answer: () => void }[] = []
  const step: { answer: (() => void) | null } = { answer: null }
  const take = ({ method, path }: Asked): Said | Promise<Said> => {
    if (path.endsWith('/rules')) return ok(rules)
    if (path === '/api/complaints') return ok([aComplaint(ONE), aComplaint(OTHER)])
    const id = path.split('/')[3]
    if (method === 'POST')
      return new Promise(
        (done) => (step.answer = () => done(ok({ ...aComplaint(id), status: 'being_handled', revision: 2 }))),
      )
    return new Promise((done) => waiting.push({ id, answer: () => done(ok(aComplaint(id))) }))
  }
  standIn(take)
  const complaints = new Complaints(true)
  return { complaints, waiting, step }
}
const settled = () => new Promise((done) => setTimeout(done, 5))

let closed: Complaints[] = []
afterEach(() => {
  for (const complaints of closed) complaints.close()
  closed = []
  vi.unstubAllGlobals()
})

describe('the complaint that is open', () => {
  it('is the one that was picked last, whichever answer comes last', async () => {
    const { complaints, waiting } = atDesk()
    closed.push(complaints)
    const looks = [complaints.pick(ONE), complaints.pick(OTHER)]
    waiting[1].answer()
    await looks[1]
    waiting[0].answer()
    await looks[0]
    expect(complaints.here?.id).toBe(OTHER)
  })

  it('does not come back under the hands of who went on to another while its step was on its way', async () => {
    const { complaints, waiting, step } = atDesk()
    closed.push(complaints)
    const first = complaints.pick(ONE)
    waiting[0].answer()
    await first
    const taking = complaints.step('take', '')
    await settled()
    const second = complaints.pick(OTHER)
    waiting[1].answer()
    await second
    step.answer?.()
    await settled()
    for (const { answer } of waiting.slice(2)) answer()
    await taking
    expect(complaints.here?.id).toBe(OTHER)
    expect(waiting.map(({ id }) => id)).toEqual([ONE, OTHER])
  })

  it('is known by its new revision as soon as a step is taken: the next one may be quicker than the look at it', async () => {
    const { complaints, waiting, step } = atDesk()
    closed.push(complaints)
    const first = complaints.pick(ONE)
    waiting[0].answer()
    await first
    void complaints.step('take', '')
    await settled()
    step.answer?.()
    await settled()
    expect(waiting).toHaveLength(2)
    expect(complaints.here).toMatchObject({ id: ONE, status: 'being_handled', revision: 2 })
  })

  it('is none once it was left, though its answer comes after that', async () => {
    const { complaints, waiting } = atDesk()
    closed.push(complaints)
    const look = complaints.pick(ONE)
    complaints.leave()
    waiting[0].answer()
    await look
    expect(complaints.here).toBeNull()
  })
})
