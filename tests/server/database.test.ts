import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connected } from '../../server/db/connect.ts'
import { onPostgres, openTestDatabase } from '../helpers/database.ts'
import { seededRandom } from '../helpers/random.ts'

let connected: Connected
beforeAll(async () => void (connected = await openTestDatabase()))
afterAll(() => connected?.close())

describe('the database', () => {
  it('gives each of many clients at once its own answer, transactions between them', async () => {
    const { db } = connected
    const random = seededRandom(7)
    const ask = async (n: number) => {
      const query = () => db.value<string>('private_digest_of', { salt: `s${n}`, text: 'x' })
      if (random() < 0.5) return query()
      return db.transaction(async (tx) => {
        await tx.rows('agencies')
        return tx.value<string>('private_digest_of', { salt: `s${n}`, text: 'x' })
      })
    }
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)))
    expect(new Set(answers).size).toBe(200)
    expect(answers).toEqual(
      await Promise.all(answers.map((_, n) => db.value('private_digest_of', { salt: `s${n}`, text: 'x' }))),
    )
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

  it('survives a connection that is lost between two statements of a transaction', async () => {
    const { db } = connected
    if (!onPostgres()) return
    await expect(
      db.transaction(async (tx) => {
        const pid = await tx.value<number>('backend_pid')
        const killer = await db.client()
        await killer.query('select pg_terminate_backend($1)', [pid])
        await killer.end()
        await new Promise((done) => setTimeout(done, 300))
        await tx.rows('agencies')
      }),
    ).rejects.toThrow()
    expect((await db.rows('agencies')).length).toBeGreaterThan(0)
  })

  it('says which parameter is missing, and which query is not there', async () => {
    const { db } = connected
    await expect(db.rows('private_digest_of', { salt: 'a' })).rejects.toThrow(/:text/)
    await expect(db.rows('tidak_ada')).rejects.toThrow(/tidak_ada\.sql/)
  })
})
