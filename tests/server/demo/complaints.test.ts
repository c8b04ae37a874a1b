import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connected } from '../../../server/db/connect.ts'
import { writeComplaints } from '../../../server/demo/complaints.ts'
import { planComplaints } from '../../../server/demo/complaint_life.ts'
import { daysBetween } from '../../../server/demo/day.ts'
import { openTestDatabase } from '../../helpers/database.ts'

const NOW = Date.parse('2026-07-15T10:20:00+07:00')
const DAYS = 60

let connected: Connected
beforeAll(async () => void (connected = await openTestDatabase()))
afterAll(() => connected?.close())

async function rows<T>(text: string): Promise<T[]> {
  const client = await connected.db.client()
  const answer = await client.query(text)
  await client.end()
  return answer.rows as T[]
}

describe('the complaints that the demo writes', () => {
  it('are those of their seed, once, though writing is interrupted, with every term that passed', async () => {
    const planned = daysBetween(NOW - DAYS * 86_400_000, NOW)
      .flatMap((day) => planComplaints(112, day))
      .filter(({ at }) => at < NOW)
    expect(planned.length).toBeGreaterThan(30)
    expect(planComplaints(112, daysBetween(NOW, NOW + 1)[0])).toEqual(planComplaints(112, daysBetween(NOW, NOW + 1)[0]))
    for (const limit of [3, 10, Infinity]) {
      const abort = new AbortController()
      let n = 0
      await writeComplaints(connected.db, {
        ...{ seed: 112, now: () => new Date(NOW), days: DAYS, signal: abort.signal },
        async breathe() {
          if (++n >= limit) abort.abort()
        },
      })
    }
    const written = await rows<{ id: string; status: string; simulated: boolean; number: string; overdue: boolean }>(
      `select id, status, simulated, number, open and escalated_at is null and officer_due_at < '2026-07-15T03:19:00Z' as overdue from complaint order by received_at`,
    )
    expect(written.map(({ id }) => id)).toEqual(planned.map(({ input }) => input.id))
    expect(
      written.every(({ simulated, number, overdue }) => simulated && number.startsWith('SIM-PGD-') && !overdue),
    ).toBe(true)
    expect(new Set(written.map(({ status }) => status)).size).toBeGreaterThan(2)
    const words = await rows<{ body: string }>('select body from complaint_note where body is not null')
    expect(words.every(({ body }) => body.startsWith('Simulasi'))).toBe(true)
    expect(await rows("select 1 from event where not simulated and kind like 'complaint.%'")).toEqual([])
  })
})
