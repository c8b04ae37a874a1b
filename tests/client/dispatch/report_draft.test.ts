import { afterEach, describe, expect, it, vi } from 'vitest'
import { Commands } from '../../../client/dispatch/state/desk.svelte.ts'
import { ReportDrafts } from '../../../client/dispatch/state/report_draft.svelte.ts'
import type { AgencyReport } from '../../../geo/wire/report.ts'
import { aUnit } from '../fixtures.ts'
import { ok, standIn } from '../console/server.ts'
import type { Said } from '../console/server.ts'

const [CASE, OTHER, OPD] = [1, 2, 3].map((n) => `50000000-0000-4000-8000-00000000000${n}`)
const aReport = (over: Partial<AgencyReport> = {}): AgencyReport => ({
  ...{ incident_id: CASE, agency_id: OPD, dead: 0, injured: 1, evacuated: 0 },
  ...{ cause: 'korsleting', damage: null, measures: 'dipadamkan', words: null },
  ...{ revision: 2, written_at: '2026-11-23T08:00:00+07:00', written_by: 'dispatcher:1', ...over },
})

describe('a report of an OPD that is being typed', () => {
  it('is there again after its form went away, whichever case came in between', () => {
    const drafts = new ReportDrafts()
    drafts.open(CASE, OPD, null).texts.cause = 'korsleting di dapur'
    drafts.open(OTHER, OPD, null)
    expect([drafts.has(CASE, OPD), drafts.has(OTHER, OPD), drafts.owed]).toEqual([true, false, 1])
    expect(drafts.open(CASE, OPD, null).texts.cause).toBe('korsleting di dapur')
    drafts.drop(CASE, OPD)
    expect(drafts.open(CASE, OPD, null).texts.cause).toBe('')
    expect(drafts.owed).toBe(0)
  })

  it('in which nothing was typed begins anew from what the server holds', () => {
    const drafts = new ReportDrafts()
    drafts.open(CASE, OPD, aReport())
    const draft = drafts.open(CASE, OPD, aReport({ revision: 3, injured: 2 }))
    expect(draft.body(OPD)).toMatchObject({ revision: 3, injured: 2, cause: 'korsleting', damage: null })
  })

  it('keeps the revision that it began from, so that who wrote meanwhile is not written over unseen', () => {
    const drafts = new ReportDrafts()
    drafts.open(CASE, OPD, aReport()).counts.injured = 4
    expect(drafts.open(CASE, OPD, aReport({ revision: 3 })).body(OPD)).toMatchObject({ revision: 2, injured: 4 })
  })
})

describe('what stands in the fields of the fleet', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('is sent one after the other, though a field is left before the one before it was answered', async () => {
    const answers: ((said: Said) => void)[] = []
    const server = standIn(() => new Promise<Said>((done) => void answers.push(done)))
    const commands = new Commands()
    const [one, other] = [aUnit(), aUnit()]
    const first = commands.duty(one.id, { crew: 4 })
    const second = commands.duty(other.id, { crew: 5 })
    expect(server.asked).toHaveLength(1)
    answers[0](ok(one))
    expect(await first).toBe(true)
    await vi.waitFor(() => expect(server.asked).toHaveLength(2))
    answers[1](ok(other))
    expect(await second).toBe(true)
    expect(server.asked.map(({ body }) => body)).toEqual([{ crew: 4 }, { crew: 5 }])
  })
})
