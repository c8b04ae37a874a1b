import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openBadProxy, type BadProxy } from '../bad_proxy.ts'
import { freePort } from '../free_port.mjs'
import { makeDurablePostgres } from '../postgres.mjs'
import { openClock, type FalseClock } from './clock.ts'
import { openDisk, type Disk } from './disk.ts'
import { childrenOf, processesInGroup, signal } from './processes.ts'

export type DatabaseKind = 'postgres' | 'embedded'

/** As systemd's RestartSec, much shortened. */
const RESTART_MS = 200
/** A server is not ready on a disk with less than 100 MB left (server/health/probe.ts). */
const DISK_MB = { postgres: 260, embedded: 400 }

/** The built server and its database as processes under a supervisor that starts them again whenever they end, on a disk of their own. */
export interface Installation {
  kind: DatabaseKind
  /** Through a proxy that can break connections: what clients ask. */
  url: string
  clients: BadProxy
  /** Between server and PostgreSQL; null with the embedded database. */
  wire: BadProxy | null
  disk: Disk
  clock: FalseClock
  /** The server's main process; null while it is being started again. */
  server(): number | null
  /** Processes of the database: the embedded one, or the postmaster and its backends. */
  database(): number[]
  /** Backends that serve the server's connections. PostgreSQL only. */
  backends(): Promise<number[]>
  /** Connections to the database, without the one that asks. PostgreSQL only. */
  connections(): Promise<number>
  /** What `/health/ready` of the server itself, past the proxy, answers: null when that is nothing in `patience_ms`. */
  readiness(patience_ms?: number): Promise<number | null>
  untilReady(limit_ms?: number): Promise<void>
  /** How often the server was started so far. */
  starts(): number
  /** Nothing that ended is started again until it is let. */
  hold(on: boolean): void
  /** A client of the harness's own, past every proxy. */
  sql(): Promise<pg.Client>
  token(role: string): string
  run(program: string, args: string[]): { status: number | null; text: string }
  close(): Promise<void>
}

/** A program that is started again when it ends. */
function supervise(launch: () => ChildProcess, hear: (text: string) => void) {
  let child: ChildProcess | null = null
  let stopping = false
  let held = false
  let starts = 0
  const start = () => {
    if (stopping || held || child) return
    starts++
    const mine = launch()
    child = mine
    mine.stdout?.on('data', (data: Buffer) => hear(data.toString()))
    mine.stderr?.on('data', (data: Buffer) => hear(data.toString()))
    mine.once('exit', () => {
      child = null
      if (!stopping) setTimeout(start, RESTART_MS)
    })
  }
  start()
  return {
    starts: () => starts,
    pid: () => child?.pid ?? null,
    hold(on: boolean) {
      held = on
      if (!on) start()
    },
    async stop(name: NodeJS.Signals, patience_ms: number) {
      stopping = true
      const last = child
      if (!last || last.exitCode !== null || last.signalCode !== null) return
      const gone = new Promise((done) => last.once('exit', done))
      last.kill(name)
      const timer = setTimeout(() => last.pid && signal([-last.pid], 'SIGKILL'), patience_ms)
      await gone
      clearTimeout(timer)
    },
  }
}

/**
 * Opens a fresh installation, real (SIAGA_DEMO=0), of the built `programs`; `template`: a seeded folder of an embedded database, so that it need not be made
 * first. `false_clock`: its clock can be set, which makes an embedded database start twice as slowly.
 */
export async function openInstallation(
  kind: DatabaseKind,
  { template, programs, false_clock }: { template: string | null; programs: string; false_clock: boolean },
): Promise<Installation> {
  const disk = openDisk(DISK_MB[kind])
  const beside = mkdtempSync(join(tmpdir(), 'siaga-kills-'))
  const clock = openClock(join(beside, 'clock'))
  let said = ''
  const hear = (text: string) => void (said = (said + text).slice(-6_000))

  const cluster = kind === 'postgres' ? await makeDurablePostgres(disk.dir) : null
  const postmaster = cluster
    ? supervise(
        () => cluster.launch(),
        () => undefined,
      )
    : null
  const wire = cluster ? await openBadProxy(cluster.url) : null
  const folder = join(disk.dir, 'siaga')
  if (kind === 'embedded' && template) cpSync(template, folder, { recursive: true })
  const plain: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    SIAGA_DATA: kind === 'embedded' ? folder : join(beside, 'data'),
    SIAGA_ANCHORS: join(beside, 'anchors.jsonl'),
    SIAGA_DEMO: '0',
    LOG_LEVEL: 'warn',
  }
  const direct: Record<string, string> = cluster ? { ...plain, DATABASE_URL: cluster.url } : plain
  const through = new URL(cluster?.url ?? 'postgresql://localhost')
  if (wire) through.port = new URL(wire.url).port
  const connection: pg.ClientConfig = cluster
    ? { connectionString: cluster.url }
    : { host: join(folder, 'run'), user: 'postgres', database: 'postgres' }
  const sql = async () => {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  for (let tries = 0; cluster && tries < 100; tries++) {
    const client = await sql().catch(() => null)
    await client?.end()
    if (client) break
    await new Promise((done) => setTimeout(done, 200))
  }

  const port = await freePort()
  const own = `http://127.0.0.1:${port}`
  const main = supervise(
    () =>
      spawn(process.execPath, [join(programs, 'serve.js')], {
        env: {
          ...plain,
          ...(wire ? { DATABASE_URL: through.href } : {}),
          ...(false_clock ? clock.env : {}),
          PORT: String(port),
        },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    hear,
  )
  const clients = await openBadProxy(own)

  const readiness = (patience_ms = 4_000) =>
    fetch(`${own}/health/ready`, { signal: AbortSignal.timeout(patience_ms) }).then(
      ({ status }) => status,
      () => null,
    )
  const run = (program: string, args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(programs, `${program}.js`), ...args], {
      env: direct,
      encoding: 'utf8',
      timeout: 120_000,
    })
    return { status, text: `${stdout}${stderr}` }
  }
  return {
    kind,
    url: clients.url,
    clients,
    wire,
    disk,
    clock,
    server: main.pid,
    database() {
      const parent = postmaster ? postmaster.pid() : main.pid()
      if (parent === null) return []
      return postmaster ? [parent, ...childrenOf(parent)] : childrenOf(parent)
    },
    async backends() {
      const client = await sql()
      try {
        const { rows } = await client.query<{ pid: number }>(
          `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() order by query_start desc`,
        )
        return rows.map(({ pid }) => pid)
      } finally {
        await client.end()
      }
    },
    async connections() {
      const client = await sql()
      try {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
        )
        return rows[0].n
      } finally {
        await client.end()
      }
    },
    readiness,
    async untilReady(limit_ms = 90_000) {
      const until = Date.now() + limit_ms
      while ((await readiness()) !== 200) {
        if (Date.now() > until) throw new Error(`the server was not ready in ${limit_ms / 1000} s: ${said}`)
        await new Promise((done) => setTimeout(done, 50))
      }
    },
    starts: main.starts,
    hold(on) {
      ;(postmaster ?? main).hold(on)
    },
    sql,
    token(role) {
      const { status, text } = run('token', [role])
      if (status !== 0) throw new Error(`no token for ${role}: ${text}`)
      return text.trim().split('\n').at(-1) ?? ''
    },
    run,
    async close() {
      const groups = [main.pid(), postmaster?.pid() ?? null].flatMap((pid) => pid ?? [])
      await main.stop('SIGTERM', 6_000)
      await postmaster?.stop('SIGINT', 6_000)
      for (const group of groups) signal(processesInGroup(group), 'SIGKILL')
      await clients.close()
      await wire?.close()
      clock.remove()
      disk.remove()
      rmSync(beside, { recursive: true, force: true })
    },
  }
}
