import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connected } from '../../server/db/connect.ts'
import type { Database } from '../../server/db/database.ts'
import { onPostgres, openTestDatabase } from '../helpers/database.ts'
import { seededRandom } from '../helpers/random.ts'

let connected: Connected
beforeAll(async () => void (connected = await openTestDatabase()))
afterAll(() => connected?.close())

describe('the database', () => {
  it('gives each of many clients at once its own answer, transactions between them', async () => {
    const { db } = connected
    const random = seededRandom(7)
    const units = await db.rows<{ unit: { id: string; callsign: string } }>('units', { simulated: false })
    expect(units.length).toBeGreaterThan(20)
    const ask = async (callsign: string) => {
      const query = (by: Pick<Database, 'one'>) => by.one<{ id: string }>('unit_by_callsign', { callsign })
      if (random() < 0.5) return (await query(db)).id
      return db.transaction(async (tx) => {
        await tx.rows('agencies')
        return (await query(tx)).id
      })
    }
    const asked = Array.from({ length: 200 }, (_, n) => units[n % units.length].unit)
    expect(await Promise.all(asked.map(({ callsign }) => ask(callsign)))).toEqual(asked.map(({ id }) => id))
  })

  it('rolls back what a client that dies in a transaction left, and lets the others on', async () => {
    const { db } = connected
    const dying = await db.client()
    await dying.query('begin')
    await dying.query(`insert into setting (key, value) values ('belum', '1')`)
    ;(dying as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
    const next = await db.client()
    const { rows } = await next.query(`select count(*)::int as n from setting where key = 'belum'`)
    await next.end()
    expect(rows).toEqual([{ n: 0 }])
  })

  // The embedded database has one session: there is no connection of another to end.
  if (onPostgres())
    it('survives a connection that is lost between two statements of a transaction', async () => {
      const { db } = connected
      await expect(
        db.transaction(async (tx) => {
          await tx.rows('agencies')
          const killer = await db.client()
          const { rows } = await killer.query(
            `select pg_terminate_backend(pid) as ended from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
          )
          expect(rows).toEqual([{ ended: true }])
          await killer.end()
          await new Promise((done) => setTimeout(done, 300))
          await tx.rows('agencies')
        }),
      ).rejects.toThrow()
      expect((await db.rows('agencies')).length).toBeGreaterThan(0)
    })

  it('says which parameter is missing, and which query is not there', async () => {
    const { db } = connected
    await expect(db.rows('unit_by_callsign', {})).rejects.toThrow(/:callsign/)
    await expect(db.rows('tidak_ada')).rejects.toThrow(/tidak_ada\.sql/)
  })
})
