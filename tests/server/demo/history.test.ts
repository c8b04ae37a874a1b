import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createCityModel } from '../../../server/city/model.ts'
import type { Ledger } from '../../../geo/wire/ledger.ts'
import type { Connected } from '../../../server/db/connect.ts'
import { readDemoCity } from '../../../server/demo/city.ts'
import { writeHistory } from '../../../server/demo/history.ts'
import { openTestDatabase } from '../../helpers/database.ts'

const NOW = new Date('2026-07-15T10:20:00+07:00')

const open: Connected[] = []
afterEach(async () => {
  for (const connected of open.splice(0)) await connected.close()
})

/**
 * Writes the last days. After each number of `killAfter` transactions it is told to stop, after a negative one it breaks in
 * the middle of the life that has that many incidents before it; then writing starts anew.
 */
async function write(days: number, killAfter: number[] = [], before?: (db: Connected['db']) => Promise<unknown>) {
  const connected = await openTestDatabase()
  open.push(connected)
  const { db } = connected
  await before?.(db)
  const model = await createCityModel(db, true, NOW)
  const city = await readDemoCity({ db, city: model, simulated: true })
  const waits: number[] = []
  for (const limit of [...killAfter, Infinity]) {
    const abort = new AbortController()
    let n = 0
    let described = 0
    const writing = writeHistory(db, {
      seed: 112,
      now: () => NOW,
      city: () => city,
      describe(point) {
        if (limit < 0 && ++described > -limit) throw new Error('power cut')
        return model.describe(point)
      },
      signal: abort.signal,
      days,
      async breathe(spent_ms) {
        waits.push(spent_ms)
        if (limit > 0 && ++n >= limit) abort.abort()
      },
    })
    if (limit < 0) await expect(writing).rejects.toThrow('power cut')
    else await writing
  }
  return { db, waits }
}
type Written = Awaited<ReturnType<typeof write>>['db']

async function rows<T>(db: Written, text: string): Promise<T[]> {
  const client = await db.client()
  try {
    return (await client.query(text)).rows as T[]
  } finally {
    await client.end()
  }
}

/** What was written, without the ids and salts that differ each time. */
const contents = (db: Written) =>
  rows(
    db,
    `
  select n.number, n.incident_type, n.status, round(st_x(n.location)::numeric, 7) as lon, n.kelurahan_code, n.received_at::text, n.dispatched_at::text, n.resolved_at::text,
    n.closed_at::text, n.ended_at::text, n.handed_over_to, (select number from incident o where o.id = n.duplicate_of) as duplicate_of,
    (select count(*) from call c where c.incident_id = n.id) as calls,
    (select string_agg(coalesce(u.callsign, '-') || ' ' || a.status || ' ' || a.notified_at || coalesce(a.done_at::text, ''), ', ' order by a.notified_at, u.callsign)
     from assignment a left join unit u on u.id = a.unit_id where a.incident_id = n.id) as sent
  from incident n order by n.number`,
  )

describe('history', () => {
  it('a month: plausible, whole, a chain without holes', async () => {
    const { db, waits } = await write(30)
    // Its ledger: every decision knows its outcome and whom it passed over, and why.
    const { decisions, nearest, reasons, accuracy } = await db.value<Omit<Ledger, 'from' | 'to' | 'simulated'>>(
      'ledger',
      {
        ...{ from: '2026-06-01', to: '2026-08-01', simulated: true, rows: 'none', words: false },
      },
    )
    expect(decisions).toMatchObject({ unknown: 0, first: { few: false } })
    expect(decisions.first.share).toBeGreaterThan(0.65)
    expect(decisions.first.share).toBeLessThan(1)
    expect(nearest.n).toBe(decisions.first.n - decisions.first.k)
    expect(reasons.reduce((sum, { n }) => sum + n, 0)).toBe(nearest.n)
    expect(accuracy.n).toBeGreaterThan(20)
    waits.sort((a, b) => a - b)
    console.info(
      `transactions ${waits.length}, total ${Math.round(waits.reduce((a, b) => a + b, 0))} ms, median ${waits[waits.length >> 1].toFixed(1)}, p95 ${waits[Math.floor(waits.length * 0.95)].toFixed(1)}, worst ${waits.at(-1)?.toFixed(1)}`,
    )
    const [sum] = await rows<Record<string, number>>(
      db,
      `select count(*) as incidents, count(*) filter (where open) as open, count(*) filter (where not simulated) as real_ones,
      count(*) filter (where inside_city and status <> 'handed_over') as inside, count(distinct kelurahan_code) as kelurahan,
      count(*) filter (where received_at >= '${NOW.toISOString()}' or coalesce(closed_at, ended_at) > '${NOW.toISOString()}') as future from incident`,
    )
    console.info(sum)
    expect(sum).toMatchObject({ open: 0, real_ones: 0, future: 0 })
    expect(sum.incidents).toBeGreaterThan(40)
    expect(sum.incidents).toBeLessThan(100)
    expect(sum.kelurahan).toBeGreaterThan(15)
    const kinds = Object.fromEntries(
      (await rows<{ kind: string; n: number }>(db, 'select kind, count(*) as n from call group by 1')).map((r) => [
        r.kind,
        r.n,
      ]),
    )
    console.info(kinds)
    const all = Object.values(kinds).reduce((a, b) => a + b, 0)
    expect((kinds.prank + kinds.ghost) / all).toBeGreaterThan(0.45)
    expect((kinds.prank + kinds.ghost) / all).toBeLessThan(0.65)
    const lines = await rows<{
      seq: number
      line: string
      hash: string
      recorded_at: string
      incident_id: string | null
    }>(db, 'select seq, line, hash, recorded_at::text, incident_id from event order by seq')
    let previous = '0'.repeat(64)
    for (const [i, line] of lines.entries()) {
      expect(line.seq).toBe(i + 1)
      expect(
        createHash('sha256')
          .update(previous + line.line)
          .digest('hex'),
      ).toBe(line.hash)
      previous = line.hash
    }
    expect(lines.length).toBeGreaterThan(sum.incidents * 8)
  }, 180_000)

  it('is not held up by units that live cases keep bound', async () => {
    const { db } = await write(30, [], async (db) => {
      const { incident } = await db.value<{ incident: { id: string } }>('incident_create', {
        input: { incident_type: 'banjir', lon: 109.66, lat: -6.89, accuracy_m: 10 },
        actor: 'tamu',
        now: NOW,
        simulated: true,
      })
      const units = await db.rows<{ unit: { id: string } }>('units', { simulated: true })
      await db.value('assignment_create', {
        id: incident.id,
        input: { units: units.map(({ unit }) => ({ unit_id: unit.id })) },
        actor: 'tamu',
        now: NOW,
        simulated: true,
      })
    })
    const open = await rows<{ n: number }>(
      db,
      `select count(*)::int as n from incident where open and created_by <> 'tamu'`,
    )
    expect(open).toEqual([{ n: 0 }])
    const unended = await rows<{ n: number }>(db, 'select count(*)::int as n from call where ended_at is null')
    expect(unended).toEqual([{ n: 0 }])
  }, 180_000)

  it('killed in the middle, again and again, it ends the same as in one go', async () => {
    const [whole, pieces] = [await write(8), await write(8, [1, 7, -3, 20])]
    expect(await contents(pieces.db)).toEqual(await contents(whole.db))
    const calls = 'select rang_at::text, kind, number_hidden from call order by 1, 2'
    expect(await rows(pieces.db, calls)).toEqual(await rows(whole.db, calls))
  }, 180_000)
})
