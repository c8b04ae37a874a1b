import { type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../geo/wire/calls.ts'
import type { Hello, LiveEvent, Positions, ServerMessage, Snapshot } from '../../geo/wire/live.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { appendAnchor, type Anchor } from '../../server/audit/anchors.ts'
import { issueCredential } from '../../server/auth/credentials.ts'
import { openDatabase, type Database } from '../../server/db/database.ts'
import { makePair, type Cluster } from '../helpers/cluster.ts'
import { roundRobin } from '../helpers/round_robin.ts'
import { readLive, type TestReader } from '../helpers/server.ts'
import { endOf, freePort, runCommand, spawnServer, type Spawned } from '../helpers/spawned.ts'

const PASSWORD = 'gajah biru menari 7'
const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const FIGURES = '/api/stats/districts?from=2026-01-01&to=2027-01-01&level=kelurahan'

let pair: Awaited<ReturnType<typeof makePair>>
let primary: Cluster
let other: Cluster
let url: string
let env: Record<string, string>
let db: Database
let servers: Spawned[] = []
let admin: string
let pbx: string
let proxy: Awaited<ReturnType<typeof roundRobin>>
const folders: string[] = []
const children: ChildProcess[] = []

beforeAll(async () => {
  pair = await makePair()
  primary = pair.first
  other = pair.second
  other.copy(primary)
  url = `postgresql://postgres@${primary.host},${other.host}/postgres?target_session_attrs=read-write`
})
afterAll(async () => {
  proxy?.close()
  await Promise.all(children.map((child) => endOf(child, 'SIGKILL')))
  await db?.close()
  pair?.remove()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<Spawned> {
  const folder = mkdtempSync(join(tmpdir(), 'siaga-server-'))
  folders.push(folder)
  const server = await spawnServer({ ...env, SIAGA_DATA: folder }, await freePort())
  children.push(server.process)
  return server
}
async function call<T>(at: string, method: string, path: string, token: string, body?: unknown) {
  const response = await fetch(at + path, {
    method,
    headers: {
      connection: 'close',
      ...(token.startsWith('siaga_session=') ? { cookie: token, origin: at } : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T, headers: response.headers }
}
const ready = async (at: string) => (await (await fetch(`${at}/health/ready`)).json()) as Record<string, unknown>
const ring = (at: string) => call<Call>(at, 'POST', '/api/calls', pbx, { caller_number: '081234000001' })
const isEvent = (message: ServerMessage): message is LiveEvent => message.type === 'event'
const seqs = (reader: TestReader) => reader.messages.filter(isEvent).map(({ seq }) => seq)
const head = async () => (await db.one<{ seq: number }>('live_head')).seq
const hellos = (reader: TestReader) => reader.messages.filter((message): message is Hello => message.type === 'hello')
const snapshots = (reader: TestReader) =>
  reader.messages.filter((message): message is Snapshot => message.type === 'snapshot')
/** Seconds until `holds` does. */
async function until(what: string, holds: () => Promise<boolean>, most_seconds = 10): Promise<number> {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  while (!(await holds().catch(() => false))) {
    if (seconds() > most_seconds) throw new Error(`not within ${most_seconds} s: ${what}`)
    await new Promise((done) => setTimeout(done, 40))
  }
  return seconds()
}
/** Asks again, as every client does, until a server takes it; answers the lines of the log it stands for. */
async function insist(at: string): Promise<string> {
  let id = ''
  await until('a write is taken', async () => {
    const { status, body } = await ring(at)
    id = body.id
    return status === 201
  })
  return id
}
async function desk(login: string): Promise<string> {
  const made = await call<{ id: string }>(proxy.url, 'POST', '/api/accounts', admin, { login, role: 'operator' })
  const { path } = (await call<{ path: string }>(proxy.url, 'POST', `/api/accounts/${made.body.id}/link`, admin)).body
  const used = await fetch(`${proxy.url}/api/links/use`, {
    method: 'POST',
    headers: { connection: 'close', 'content-type': 'application/json', origin: proxy.url },
    body: JSON.stringify({ link: path.split('tautan=')[1], password: PASSWORD }),
  })
  return (used.headers.get('set-cookie') ?? '').split(';')[0]
}

describe('servers of one database', () => {
  it('make an empty one ready, four at once', async () => {
    env = {
      DATABASE_URL: url,
      DATABASE_REPLICA_URL: url,
      DATABASE_SYNCHRONOUS: '1',
      SIAGA_DEMO: '0',
      LOG_LEVEL: 'warn',
    }
    const four = await Promise.all([start(), start(), start(), start()])
    await Promise.all(four.slice(2).map(({ process }) => endOf(process, 'SIGKILL')))
    servers = four.slice(0, 2)
    db = openDatabase({ connection: { url }, embedded: false, log: pino({ level: 'silent' }) })
    await db.look()
    admin = await issueCredential(db, { kind: 'token', role: 'admin', label: 'test' }, new Date())
    pbx = await issueCredential(db, { kind: 'token', role: 'integration', label: 'pbx' }, new Date())
    expect(await primary.query('select count(*)::int as n from event where kind = \'city.imported\'')).toEqual([{ n: 1 }]) // prettier-ignore
    proxy = await roundRobin(servers.map((server) => Number(new URL(server.url).port)))
  })

  it('go on when one of another version puts its functions in the place of theirs', async () => {
    const { functions } = await import('../../server/db/sql.ts')
    const body = functions.map((each) => each.text).join('\n')
    const [own] = await primary.query<{ hash: string }>("select hash from schema_migration where name = 'functions'")
    const apply = (hash: string) => db.value('schema_apply_functions', { hash, body })
    const writes = Promise.all(Array.from({ length: 20 }, (_, i) => ring(servers[i % 2].url)))
    await Promise.all([apply('younger'), apply('older')])
    for (const { status } of await writes) expect([201, 503]).toContain(status)
    await apply(own.hash)
    expect((await ring(servers[0].url)).status).toBe(201)
  })

  it('know a session of each other, and let one desk of two win', async () => {
    const [one, two] = [await desk('agen1'), await desk('agen2')]
    for (const server of servers) {
      const { body } = await call<{ role: string }>(server.url, 'GET', '/api/session', one)
      expect(body.role).toBe('operator')
    }
    const rung = (await ring(servers[0].url)).body
    const both = await Promise.all(
      [one, two].map((cookie, i) => call(servers[i].url, 'POST', `/api/calls/${rung.id}/answer`, cookie, {})),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    // Out at one: out at the other, at the latest when what it remembers is over.
    await call(servers[0].url, 'DELETE', '/api/session', two)
    await until(
      'signed out everywhere',
      async () => (await call(servers[1].url, 'GET', '/api/session', two)).status === 401,
      2.5,
    )
    expect(proxy.took.every((n) => n > 0)).toBe(true)
  })

  it('tell the same lines, closures and positions, each what the other took in, within a second', async () => {
    const readers = await Promise.all(servers.map((server) => readLive(server.url, { token: admin })))
    await Promise.all(readers.map((reader) => reader.until((message) => message.type === 'snapshot')))
    const from = Math.max(...readers.map((reader) => snapshots(reader)[0].seq))
    for (let i = 0; i < 6; i++) await ring(servers[i % 2].url)
    const last = await head()
    await Promise.all(
      readers.map((reader) => reader.until((message) => isEvent(message) && message.seq === last, 1_000)),
    )
    for (const reader of readers)
      expect(seqs(reader)).toEqual(Array.from({ length: last - from }, (_, i) => from + 1 + i))

    const [unit] = (await call<Unit[]>(servers[0].url, 'GET', '/api/units', admin)).body
    const taken = await call(servers[0].url, 'POST', '/api/positions', pbx, [{ unit_id: unit.id, location: POINT }])
    expect(taken.status, JSON.stringify(taken.body)).toBeLessThan(300)
    const moved = (message: ServerMessage): message is Positions =>
      message.type === 'positions' && message.positions.some(({ unit_id }) => unit_id === unit.id)
    await Promise.all(readers.map((reader) => reader.until(moved, 1_000)))

    const shut = { kind: 'area', reason: 'rob', geometry: { type: 'Polygon', coordinates: [[[109.66, -6.9], [109.68, -6.9], [109.68, -6.88], [109.66, -6.88], [109.66, -6.9]]] }, starts_at: new Date().toISOString(), ends_at: new Date(Date.now() + 3_600_000).toISOString() } // prettier-ignore
    const closed = await call<{ id: string }>(servers[0].url, 'POST', '/api/closures', admin, shut)
    expect(closed.status, JSON.stringify(closed.body)).toBe(201)
    await until(
      'closed on the other server',
      async () =>
        (await call<{ id: string }[]>(servers[1].url, 'GET', '/api/closures', admin)).body.some(
          ({ id }) => id === closed.body.id,
        ),
      1,
    )
    for (const reader of readers) reader.close()
  })

  it("take over each other's readers without a gap", async () => {
    const reader = await readLive(servers[0].url, { token: admin })
    await reader.until((message) => message.type === 'snapshot')
    await ring(servers[0].url)
    const held = await head()
    await reader.until((message) => isEvent(message) && message.seq === held)
    await endOf(servers[0].process, 'SIGKILL')
    await ring(proxy.url)
    await ring(proxy.url)
    const back = await readLive(proxy.url, { token: admin, since: held })
    await back.until((message) => isEvent(message) && message.seq === held + 2)
    expect(seqs(back)).toEqual([held + 1, held + 2])
    expect(snapshots(back)).toEqual([])
    expect(hellos(back)[0].log_id).toBe(hellos(reader)[0].log_id)
    back.close()
  })
})

describe('a standby', () => {
  it('answers long reads with all that was written before, and the primary does while it lags or is away', async () => {
    const [server] = (servers = [servers[1]])
    const counts = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text()
      const of = (by: string) =>
        Number(new RegExp(`siaga_standby_reads_total{answered_by="${by}"} (\\d+)`).exec(text)?.[1])
      return { standby: of('standby'), primary: of('primary') }
    }
    const incidents = async () =>
      (await call<{ incidents: number }[]>(server.url, 'GET', FIGURES, admin)).body.reduce(
        (n, row) => n + row.incidents,
        0,
      )
    const incident = () =>
      call(server.url, 'POST', '/api/incidents', admin, { incident_type: 'kebakaran', location: POINT })
    const before = await counts()
    for (let n = 1; n <= 5; n++) {
      expect((await incident()).status).toBe(201)
      expect(await incidents()).toBe(n)
    }
    const after = await counts()
    expect(after.standby - before.standby).toBeGreaterThanOrEqual(5)
    expect(after.primary).toBe(before.primary)
    for (const path of [
      '/api/reports/2026-11',
      '/api/hotspots/study?month=2026-11',
      `/api/replay?at=${new Date().toISOString()}`,
      '/api/stats/performance?from=2026-11-01&to=2026-12-01&by=hour',
      '/api/sla/cells?stage=agent&from=2026-11-01&to=2026-12-01&resolution=9',
      '/ogc/collections/incidents/items',
    ])
      // prettier-ignore
      expect((await call(server.url, 'GET', path, admin)).status, path + server.output()).toBe(200)
    // None of them writes, or was refused by what can only be read.
    expect((await counts()).primary).toBe(before.primary)

    await other.query('select pg_wal_replay_pause()')
    await incident()
    expect(await incidents()).toBe(6)
    expect(await ready(server.url)).toMatchObject({ standby: 'lagging', status: 'ok' })
    await other.query('select pg_wal_replay_resume()')
    await until('the standby is used again', async () => (await ready(server.url)).standby === 'ok')
    other.stop()
    expect(await incidents()).toBe(6)
    expect(await ready(server.url)).toMatchObject({ standby: 'away', status: 'ok' })
    other.start()
    await until('the standby is used again', async () => (await ready(server.url)).standby === 'ok')
  })

  it('that is synchronous loses nothing acknowledged when the primary is killed and it is promoted; readers go on', async () => {
    expect(await ready(servers[0].url)).toMatchObject({ status: 'ok', synchronous: false, schema: 'own' })
    await primary.query("alter system set synchronous_standby_names = '*'")
    await primary.query('select pg_reload_conf()')
    await until('the standby is synchronous', async () =>
      (await primary.query("select 1 from pg_stat_replication where sync_state = 'sync'")).length === 1) // prettier-ignore
    const [server] = servers
    const alone = spawnServer({ ...env, DATABASE_URL: other.url, DATABASE_REPLICA_URL: '' }, await freePort())
    await expect(alone).rejects.toThrow('hanya dapat dibaca')
    expect(server.output()).toContain('tidak ada cadangan sinkron')
    const second = await start()
    servers = [server, second]
    expect(second.output()).not.toContain('tidak ada cadangan sinkron')
    expect(await ready(second.url)).toMatchObject({ status: 'ok', synchronous: true })
    const readers = await Promise.all(servers.map((each) => readLive(each.url, { token: admin })))
    await Promise.all(readers.map((reader) => reader.until((message) => message.type === 'snapshot')))
    const acknowledged: string[] = []
    let writing = true
    const writers = [0, 1, 2, 3].map(async (i) => {
      while (writing) {
        const answer = await ring(servers[i % 2].url).catch(() => null)
        if (answer?.status === 201) acknowledged.push(answer.body.id)
        else await new Promise((done) => setTimeout(done, 50))
      }
    })
    await until('some are written', async () => acknowledged.length > 40)
    await primary.kill()
    const before = acknowledged.length
    // Nobody was promoted yet: what is read may be old, and is not said to be fresh; nothing is taken.
    await until('writes are refused with words', async () => {
      const { status, body } = await call<{ code: string }>(server.url, 'POST', '/api/calls', pbx, {})
      return status === 503 && body.code === 'database_read_only'
    })
    expect((await call(server.url, 'GET', '/api/units', admin)).status).toBe(200)
    other.promote()
    const seconds = await until('writes go on', async () => acknowledged.length > before + 20)
    expect(seconds).toBeLessThan(8)
    writing = false
    await Promise.all(writers)
    const [there] = await other.query<{ n: number }>(
      `select count(*)::int as n from call where id = any ('{${acknowledged.join(',')}}')`,
    )
    expect(there.n).toBe(acknowledged.length)
    const last = await head()
    for (const reader of readers) {
      await reader.until((message) => isEvent(message) && message.seq === last)
      await reader.until((message) => message.type === 'hello' && message !== hellos(reader)[0])
      const told = seqs(reader)
      expect(told).toEqual(Array.from({ length: told.length }, (_, i) => told[0] + i))
      expect(snapshots(reader)).toHaveLength(1)
      const [first, moved] = hellos(reader)
      expect(moved).toMatchObject({ continues: first.log_id })
      expect(moved.log_id).not.toBe(first.log_id)
      reader.close()
    }
    const ids = await Promise.all(servers.map(async (each) => {
      const reader = await readLive(each.url, { token: admin })
      const found = await reader.until((message): message is Hello => message.type === 'hello')
      reader.close()
      return found.log_id
    })) // prettier-ignore
    expect(new Set(ids).size).toBe(1)
    ;[primary, other] = [other, primary]
  })

  it('that never got the last lines is told of as another history: every reader gets a fresh picture', async () => {
    await primary.query("alter system set synchronous_standby_names = ''")
    await primary.query('select pg_reload_conf()')
    other.copy(primary)
    const readers = await Promise.all(servers.map((each) => readLive(each.url, { token: admin })))
    await Promise.all(readers.map((reader) => reader.until((message) => message.type === 'snapshot')))
    const shared = await insist(servers[0].url)
    await until(
      'the copy has it',
      async () => (await other.query(`select 1 from call where id = '${shared}'`)).length === 1,
    )
    await other.query("alter system set primary_conninfo = ''")
    await other.query('select pg_reload_conf()')
    await until(
      'nothing is copied',
      async () => (await primary.query('select 1 from pg_stat_replication')).length === 0,
    )
    const lost = await insist(servers[1].url)
    await insist(servers[1].url)
    const held = await head()
    await Promise.all(readers.map((reader) => reader.until((message) => isEvent(message) && message.seq === held)))
    const noted = await db.one<{ seq: number; log_id: string; hash: string }>('live_head')
    const at = new Date().toISOString()
    await primary.kill()
    other.promote()
    const kept = await insist(servers[0].url)
    for (const reader of readers) {
      const fresh = await reader.until(
        (message): message is Snapshot => message.type === 'snapshot' && message !== snapshots(reader)[0],
        8_000,
      )
      const ids = fresh.calls.map(({ id }) => id)
      expect(ids).toContain(shared)
      expect(ids).not.toContain(lost)
      const [first, moved] = hellos(reader)
      expect(moved.log_id).not.toBe(first.log_id)
      expect(moved.continues).toBeUndefined()
    }
    const last = await head()
    for (const reader of readers) {
      await until('the new lines are told', async () =>
        snapshots(reader)[1].seq >= last || seqs(reader).includes(last)) // prettier-ignore
      reader.close()
    }
    expect((await other.query(`select 1 from call where id = '${kept}'`)).length).toBe(1)
    // The log itself tells where it came from, and what was noted outside says how much did not come along.
    const anchors = join(folders[0], 'anchors.jsonl')
    const verify = (...heads: Anchor[]) => {
      rmSync(anchors, { force: true })
      for (const each of heads) appendAnchor(anchors, each)
      return runCommand('audit-verify', [], { ...env, SIAGA_DATA: folders[0] })
    }
    const honest = verify({ ...noted, at })
    expect(honest.stdout).toMatch(new RegExp(`baris \\d+ sampai ${noted.seq}, .* tidak ikut`))
    expect(honest.status).toBe(0)
    // It is no excuse for lines that were there before: those must be the ones that were noted.
    const forged = verify({ ...noted, at, seq: 10, hash: 'f'.repeat(64) })
    expect(forged.stderr).toContain('catatan ditulis ulang')
    expect(forged.status).toBe(1)
  })
})
