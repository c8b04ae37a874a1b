import { afterEach, describe, expect, it, vi } from 'vitest'
import { CaseReport } from '../../../client/console/report/case_report.svelte.ts'
import type { Drafts, KeptReport } from '../../../client/console/report/report_drafts.svelte.ts'
import type { FinalReport } from '../../../geo/wire/final_report.ts'
import type { AgencyReport } from '../../../geo/wire/report.ts'
import { ok, refusal, standIn } from './server.ts'
import type { Asked, Said } from './server.ts'

const CASE = '11111111-1111-4111-8111-111111111111'
const AT = '2026-11-28T05:00:00+00:00'
const opd = (n: number, counts: Partial<AgencyReport>): AgencyReport => ({
  incident_id: CASE,
  agency_id: `${n}2222222-2222-4222-8222-222222222222`,
  dead: 0,
  injured: 0,
  evacuated: 0,
  cause: null,
  damage: null,
  measures: null,
  words: null,
  revision: 1,
  written_at: AT,
  written_by: 'dispatcher:x',
  ...counts,
})
const settled = () => new Promise((done) => setTimeout(done, 5))
afterEach(() => vi.unstubAllGlobals())

function aShelf() {
  const kept = new Map<string, KeptReport>()
  const drafts: Drafts = {
    of: (id) => kept.get(id) ?? null,
    keep: (report) => void kept.set(report.incident_id, structuredClone(report)),
    drop: (id) => void kept.delete(id),
  }
  return { kept, drafts }
}
/** A case on the desk whose server holds these reports and answers a PUT by `put`. */
async function onDesk(
  room: { opd: AgencyReport[]; final: FinalReport | null },
  put: (asked: Asked) => Said,
  shelf = aShelf(),
) {
  const server = standIn((asked) =>
    asked.method === 'PUT' ? put(asked) : ok(asked.path.endsWith('/reports') ? room.opd : room.final),
  )
  const report = new CaseReport(CASE, shelf.drafts)
  await settled()
  const type = (field: Parameters<CaseReport['typed']>[0], text: string) => report.typed(field, text, '112-1', 7)
  const writeAll = () => {
    for (const field of ['summary', 'cause', 'outcome'] as const) type(field, `isi ${field}`)
  }
  return { report, server, shelf, type, writeAll }
}
const holding = ({ body }: Asked): FinalReport => {
  const { revision, ...sent } = body as FinalReport
  return { ...sent, incident_id: CASE, revision: revision + 1, written_at: AT, written_by: 'operator:x' }
}

describe('the operator’s final report', () => {
  it('begins with what the OPD counted, and follows them until the operator changes a count', async () => {
    const room = { opd: [opd(1, { injured: 2, cause: 'arus pendek' }), opd(2, { evacuated: 6 })], final: null }
    const { report, type } = await onDesk(room, () => 'away')
    report.open()
    expect(report.fields).toMatchObject({ dead: '0', injured: '2', evacuated: '6', cause: 'arus pendek', summary: '' })
    type('injured', '3')
    room.opd = [...room.opd, opd(3, { injured: 5, dead: 1 })]
    await report.read()
    expect(report.fields).toMatchObject({ dead: '1', injured: '3', evacuated: '6' })
  })

  it('is not sent without what it owes, nor with an empty count', async () => {
    const { report, server, type } = await onDesk({ opd: [], final: null }, () => 'away')
    report.open()
    type('dead', ' ')
    expect(await report.save()).toBe(false)
    expect(Object.keys(report.faults).sort()).toEqual(['cause', 'dead', 'outcome', 'summary'])
    expect(server.asked.filter(({ method }) => method === 'PUT')).toEqual([])
  })

  it('survives the page: what was typed is there when the case is opened again, until the server holds it', async () => {
    const room = { opd: [], final: null }
    const { report, shelf, writeAll } = await onDesk(room, () => 'away')
    report.open()
    writeAll()
    expect(await report.save()).toBe(false)
    const again = await onDesk(room, (asked) => ok(holding(asked)), shelf)
    again.report.open()
    expect(again.report.fields?.summary).toBe('isi summary')
    expect(again.report.restored_at).toBe(7)
    expect(await again.report.save()).toBe(true)
    expect([shelf.kept.size, again.report.fields, again.report.final?.revision]).toEqual([0, null, 1])
  })

  it('whose answer was lost is known to be there, and not written twice', async () => {
    const room = { opd: [], final: null as FinalReport | null }
    const { report, server, writeAll } = await onDesk(room, (asked) => {
      room.final = holding(asked)
      return 'away'
    })
    report.open()
    writeAll()
    expect(await report.save()).toBe(true)
    expect(server.asked.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  it('that somebody else wrote meanwhile is shown, and replaced only by sending again', async () => {
    const room = { opd: [], final: null as FinalReport | null }
    const { report, server, writeAll } = await onDesk(room, (asked) => {
      if (room.final) return ok(holding(asked))
      const theirs = holding(asked)
      room.final = { ...theirs, summary: 'dari meja lain' }
      return refusal('revision', 'laporan sudah diubah orang lain', 409)
    })
    report.open()
    writeAll()
    expect(await report.save()).toBe(false)
    expect(report.final?.summary).toBe('dari meja lain')
    expect(report.fields?.summary).toBe('isi summary')
    expect(await report.save()).toBe(true)
    expect(server.asked.at(-1)?.body).toMatchObject({ revision: 1 })
  })
})
