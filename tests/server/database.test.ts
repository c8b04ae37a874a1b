import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCityModel } from '../../server/city/model.ts'
import type { Connected } from '../../server/db/connect.ts'
import { openDatabase, type Database } from '../../server/db/database.ts'
import { openBadProxy } from '../helpers/bad_proxy.ts'
import { createInstallation, onPostgres, openTestDatabase } from '../helpers/database.ts'
import { seededRandom } from '../helpers/random.ts'

let connected: Connected
beforeAll(async () => void (connected = await openTestDatabase()))
afterAll(() => connected?.close())
afterEach(() => void vi.useRealTimers())

const open = (url: string) => openDatabase({ connection: { url }, embedded: false, log: pino({ level: 'silent' }) })
/** What it came to within `seconds`, which pass at once; null for what has no end by then. */
async function within<T>(asked: Promise<T>, seconds: number): Promise<T | Error | null> {
  let came: T | Error | null = null
  asked.then(
    (value) => (came = value),
    (error: Error) => (came = error),
  )
  for (let ms = 0; ms < seconds * 1000 && came === null; ms += 100) {
    await vi.advanceTimersByTimeAsync(100)
    await new Promise((done) => setImmediate(done))
  }
  return came
}

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

  it('gives up on a host that takes a connection for the log or a lock and says nothing', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => void sockets.push(socket))
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const db = open(`postgres://siaga@127.0.0.1:${(silent.address() as AddressInfo).port}/siaga`)
    expect(await within(db.client(), 10)).toBeInstanceOf(Error)
    for (const socket of sockets) socket.destroy()
    silent.close()
    await db.close()
  })

  // The embedded database has one session: there is no connection of another to end, and no way to lose.
  if (onPostgres())
    it('gives up on a question of the feed that nobody answers, and asks anew', async () => {
      const installation = await createInstallation()
      const target = new URL(installation.config.database_url ?? '')
      const proxy = await openBadProxy(target.href)
      target.host = new URL(proxy.url).host
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const db = open(target.href)
      const head = await db.feed.one('live_head')
      proxy.mode = { kind: 'hold' }
      const asked = within(db.feed.one('live_head'), 15)
      await sleep(200)
      // The old connection is forgotten on the way; a new one is let through.
      proxy.mode = { kind: 'pass' }
      expect(await asked).toBeInstanceOf(Error)
      expect(await db.feed.one('live_head')).toEqual(head)
      await db.close()
      await proxy.close()
      await installation.remove()
    })

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

describe('the city in memory', () => {
  it('is never put back by who read before a change and came after it', async () => {
    const { db } = connected
    let held: Promise<void> | null = null
    const rows: Database['rows'] = async <T>(name: string, params?: Record<string, unknown>) => {
      const wait = name === 'agencies' ? held : null
      if (wait) held = null
      const answer = await db.rows<T>(name, params)
      await wait
      return answer
    }
    const city = await createCityModel({ ...db, rows }, false, new Date())
    let go = () => {}
    held = new Promise((done) => (go = done))
    const earlier = city.reloadTypes(new Date())
    await vi.waitUntil(() => held === null)
    await sleep(100)
    await db.execute(`update agency set name = 'Baru' where id = '${city.agencies[0].id}'`)
    const later = city.reloadTypes(new Date())
    await Promise.race([later, sleep(500)])
    go()
    await Promise.all([earlier, later])
    expect(city.agencies.map(({ name }) => name)).toContain('Baru')
  })
})
