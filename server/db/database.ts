import pg from 'pg'
import type { Logger } from 'pino'
import { isDatabaseAway, isReadOnly } from '../errors.ts'
import { createHosts } from './hosts.ts'
import type { OnQuery } from './slow.ts'
import { queries } from './sql.ts'
import { createStandby, cut, mayBeElsewhere, type Standby } from './standby.ts'

/** Values a query takes; objects and arrays of objects go as JSON text when the SQL casts them to jsonb. */
export type Params = Record<string, unknown>
type Row = Record<string, unknown>

/** What a statement can be run on: the pool, or one transaction. */
export interface Executor {
  rows<T = Row>(query: string, params?: Params): Promise<T[]>
  /** Exactly one row, or an error: for statements that always answer. */
  one<T = Row>(query: string, params?: Params): Promise<T>
  maybe<T = Row>(query: string, params?: Params): Promise<T | null>
  /** The first column of the only row. */
  value<T>(query: string, params?: Params): Promise<T>
}

/** One connection of the caller's own, whose transactions it begins and ends itself. */
export interface Session extends Executor {
  /** Raw SQL text: several statements, or one with values. */
  execute<T = Row>(text: string, values?: unknown[]): Promise<T[]>
}

export interface Database extends Executor {
  readonly embedded: boolean
  /** A connection kept for the live feed, which waits behind nobody's question; the embedded database has one session for all. */
  readonly feed: Executor
  /** The copy that takes long reads off this database; null without one. */
  readonly standby: Standby | null
  /** It did not answer as it should: another host of its URL may be the one now. */
  doubt(): void
  /** Finds the host to use before the first question, where there are several. */
  look(): Promise<void>
  /** Runs `work` in one transaction on one client. Inside it use only the executor given: a second client would wait for this one (embedded). */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>
  /** Raw SQL text, for migrations and maintenance only. */
  execute(text: string): Promise<void>
  /** A client of its own, outside the pool (LISTEN). */
  client(): Promise<pg.Client>
  /** Of the pool: connections at work, at rest, and questions that wait for one. */
  connections(): { in_use: number; idle: number; waiting: number }
  close(): Promise<void>
}

// Times leave PostgreSQL as text with offset and stay text: JSON in SQL already carries ISO 8601. bigint fits a double here.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1700, Number)

const encode = (value: unknown): unknown =>
  value !== null &&
  typeof value === 'object' &&
  !(value instanceof Date) &&
  !Buffer.isBuffer(value) &&
  !isPlainArray(value)
    ? JSON.stringify(value)
    : value

/** Arrays of scalars become SQL arrays; arrays of objects become JSON. */
const isPlainArray = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')

/** Two transactions waited for each other and this one was undone: nothing of it is left, so it may be run again. */
const UNDONE = new Set(['40P01', '40001'])
const TRIES = 3

interface Around {
  /** Given what went wrong, before it is thrown on; true when nothing of it reached a database, and another host is the one now. */
  failed(error: unknown): boolean | Promise<boolean>
  /** Asked first for what may be answered elsewhere. */
  standby: Standby | null
  /** Told of each statement that ended; waiting for a connection counts too. */
  onQuery?: OnQuery
}

function executor(client: pg.Pool | pg.ClientBase, alone: boolean, around: Around): Executor {
  const run = async <T>(name: string, params: Params = {}): Promise<T[]> => {
    const query = queries.get(name)
    if (!query) throw new Error(`no such query: sql/queries/${name}.sql`)
    const values = query.names.map((key) => {
      if (!(key in params)) throw new Error(`query ${name} needs parameter :${key}`)
      return encode(params[key])
    })
    if (around.standby && mayBeElsewhere(name)) {
      const rows = await around.standby.rows({ text: query.text, values })
      if (rows) return rows as T[]
    }
    for (let attempt = 1; ; attempt++) {
      try {
        const started = performance.now()
        const { rows } = await client.query(query.text, values).catch((error: unknown) => {
          around.onQuery?.(name, performance.now() - started, null)
          throw error
        })
        around.onQuery?.(name, performance.now() - started, rows.length)
        return rows as T[]
      } catch (error) {
        if ((await around.failed(error)) && alone && attempt < TRIES) continue
        // Inside a transaction what came before is undone too: only its owner can start again.
        if (!alone || attempt >= TRIES || !UNDONE.has((error as { code?: string }).code ?? '')) throw error
      }
    }
  }
  const one = async <T>(name: string, params?: Params): Promise<T> => {
    const rows = await run<T>(name, params)
    if (rows.length !== 1) throw new Error(`query ${name} answered ${rows.length} rows, one expected`)
    return rows[0]
  }
  return {
    rows: run,
    one,
    maybe: async <T>(name: string, params?: Params) => (await run<T>(name, params))[0] ?? null,
    value: async <T>(name: string, params?: Params) => Object.values(await one<Row>(name, params))[0] as T,
  }
}

export const sessionOn = (client: pg.ClientBase): Session => ({
  ...executor(client, false, { failed: () => false, standby: null }),
  execute: async <T>(text: string, values?: unknown[]) =>
    // Several statements at once answer a result each, and nobody wants those.
    ((await client.query(text, values)).rows ?? []) as T[],
})

/**
 * Told to PostgreSQL with the connection. Compiling a statement that counts a million rows takes longer than running it, and its groups fit
 * into this memory. PgBouncer is to ignore them; the role has them then (README, "Operation").
 */
const SESSION = '-c jit=off -c work_mem=64MB -c statement_timeout=60000'

/** A host that takes a connection and says nothing is given up on. */
const CONNECT_MS = 5_000
/**
 * A way to the host that fell silent without a word (a firewall forgot it): the kernel asks after so long, then each second, and gives up after ten.
 * Without it the first question would be two hours on.
 */
const ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }
/** The feed asks each second and is answered in milliseconds. A question that hangs would hold the one connection, and all walls, until the kernel gives up. */
const FEED_MS = 10_000

export interface DatabaseOptions {
  /** A URL, which may name several hosts, or the folder of the embedded database's socket. */
  connection: { url: string } | { host: string; user: string; database: string }
  standby_url?: string | null
  /** Past a pooler, for what a session keeps (LISTEN, locks); null: as `connection`. */
  direct_url?: string | null
  embedded: boolean
  log: Logger
  onQuery?: OnQuery
}

/**
 * Opens a pool. `embedded` keeps it small: behind the socket is one session. Errors of idle clients are told to the
 * log (the pool replaces them by itself). Of several hosts the writable one is used, also after a promotion.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { connection, standby_url, direct_url, embedded, log, onQuery } = options
  const onError = (error: Error) =>
    log.warn({ err: error }, 'database connection lost; it is replaced when next needed')
  const hosts = 'url' in connection ? createHosts(connection.url, 'primary') : null
  const direct = direct_url ? createHosts(direct_url, 'primary') : hosts
  const sockets = new Set<pg.Client>()
  const where = (): pg.ClientConfig =>
    hosts ? { connectionString: hosts.url() } : 'url' in connection ? {} : connection
  /** Connects to whichever host is the one when it is made. */
  class HostClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super({ ...(typeof config === 'object' ? config : {}), ...where() })
      sockets.add(this)
      this.once('end', () => sockets.delete(this))
    }
  }
  hosts?.onMove(() => {
    // The one in use too: this is said only of one that is silent, or when it is another now.
    for (const client of sockets) cut(client)
  })
  const settings: pg.PoolConfig = {
    Client: HostClient,
    max: embedded ? 4 : 12,
    connectionTimeoutMillis: CONNECT_MS,
    ...ALIVE,
    ...(embedded ? {} : { options: SESSION, application_name: 'siaga-112' }),
  }
  const around: Around = {
    failed(error) {
      if (!hosts || !(isDatabaseAway(error) || isReadOnly(error))) return false
      if (hosts.several && (error as { code?: string }).code === 'ECONNREFUSED') return hosts.look()
      hosts.doubt()
      return false
    },
    standby: null,
    onQuery,
  }
  const pool = new pg.Pool(settings)
  pool.on('error', onError)
  const feed = embedded ? pool : new pg.Pool({ ...settings, max: 1, query_timeout: FEED_MS })
  if (feed !== pool) feed.on('error', onError)
  const standby = standby_url
    ? createStandby({
        url: standby_url,
        settings: { ...settings, application_name: 'siaga-112 figures' },
        primary: async ({ text, values }) => (await pool.query<Row>(text, values)).rows,
        log,
      })
    : null
  return {
    embedded,
    standby,
    feed: executor(feed, true, around),
    ...executor(pool, true, { ...around, standby }),
    doubt: () => hosts?.doubt(),
    connections: () => ({
      in_use: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => {
        void around.failed(error)
        throw error
      })
      let broken: Error | undefined
      // Between two statements nobody waits for this client: a connection lost then must not end the process.
      const lost = (error: Error) => (broken = error)
      client.on('error', lost)
      try {
        await client.query('begin')
        const result = await work(executor(client, false, around))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError))
        throw error
      } finally {
        client.removeListener('error', lost)
        client.release(broken)
      }
    },
    execute: async (text) => void (await pool.query(text)),
    async client() {
      if (direct !== hosts) await direct?.look()
      const to: pg.ClientConfig = direct ? { connectionString: direct.url() } : where()
      const about = { connectionTimeoutMillis: CONNECT_MS, application_name: 'siaga-112 listen' }
      const client = new pg.Client({ ...to, ...ALIVE, ...about })
      if (direct === hosts) sockets.add(client)
      client.once('end', () => sockets.delete(client))
      // Without a listener from the very start, a connection lost while it is made would end the process.
      client.on('error', onError)
      await client.connect()
      return client
    },
    look: async () => void (await Promise.all([hosts?.look(), standby?.look()])),
    async close() {
      hosts?.stop()
      direct?.stop()
      await standby?.close()
      if (feed !== pool) await feed.end()
      await pool.end()
    },
  }
}
