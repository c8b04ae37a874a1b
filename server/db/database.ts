import pg from 'pg'
import { queries } from './sql.ts'

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

export interface Database extends Executor {
  readonly embedded: boolean
  /** A connection kept for the live feed, which waits behind nobody's question; the embedded database has one session for all. */
  readonly feed: Executor
  /** Runs `work` in one transaction on one client. Inside it use only the executor given: a second client would wait for this one (embedded). */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>
  /** Raw SQL text, for migrations and maintenance only. */
  execute(text: string): Promise<void>
  /** A client of its own, outside the pool (LISTEN). */
  client(): Promise<pg.Client>
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

function executor(client: pg.Pool | pg.PoolClient, alone: boolean): Executor {
  const run = async <T>(name: string, params: Params = {}): Promise<T[]> => {
    const query = queries.get(name)
    if (!query) throw new Error(`no such query: sql/queries/${name}.sql`)
    const values = query.names.map((key) => {
      if (!(key in params)) throw new Error(`query ${name} needs parameter :${key}`)
      return encode(params[key])
    })
    for (let attempt = 1; ; attempt++) {
      try {
        return (await client.query(query.text, values)).rows as T[]
      } catch (error) {
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

/**
 * Opens a pool. `embedded` keeps it small: behind the socket is one session. Errors of idle clients are given to
 * `onError` (the pool replaces them by itself).
 */
export function openDatabase(options: {
  connection: pg.PoolConfig
  embedded: boolean
  onError: (error: Error) => void
}): Database {
  const settings: pg.PoolConfig = {
    ...options.connection,
    max: options.embedded ? 4 : 12,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(options.embedded ? {} : { statement_timeout: 60_000, application_name: 'siaga-112' }),
  }
  const pool = new pg.Pool({
    ...settings,
    // Compiling a statement that counts a million rows takes longer than running it, and its groups fit into this memory.
    ...(options.embedded
      ? {}
      : {
          onConnect: async (client: pg.ClientBase) => void (await client.query(`set jit = off; set work_mem = '24MB'`)),
        }),
  })
  pool.on('error', options.onError)
  const feed = options.embedded ? pool : new pg.Pool({ ...settings, max: 1 })
  if (feed !== pool) feed.on('error', options.onError)
  return {
    embedded: options.embedded,
    feed: executor(feed, true),
    ...executor(pool, true),
    async transaction(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      // Between two statements nobody waits for this client: a connection lost then must not end the process.
      const lost = (error: Error) => (broken = error)
      client.on('error', lost)
      try {
        await client.query('begin')
        const result = await work(executor(client, false))
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
      const client = new pg.Client(options.connection)
      // Without a listener from the very start, a connection lost while it is made would end the process.
      client.on('error', options.onError)
      await client.connect()
      return client
    },
    async close() {
      if (feed !== pool) await feed.end()
      await pool.end()
    },
  }
}
