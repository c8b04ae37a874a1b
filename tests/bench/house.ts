import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { freePort } from '../helpers/free_port.mjs'
import { startPostgres } from '../helpers/postgres.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const READY_WITHIN_MS = 180_000

export type DatabaseKind = 'postgres' | 'embedded'

/** A built server on a fresh, seeded database of its own, real (SIAGA_DEMO=0), and who may speak to it. */
export interface Room {
  kind: DatabaseKind
  url: string
  connection: pg.ClientConfig
  token(role: string): string
  /** Starts one of the built commands against the same database. */
  program(name: string, args: string[]): ChildProcess
  /** Ends the server; database and programs stay. */
  stop(): Promise<void>
  /** A client of the bench's own, ended with the section. */
  sql(): Promise<pg.Client>
}

export interface House {
  /** Folder of the real city's layers, or null where there is none. */
  geodata: string | null
  /** Folder of the built programs, which nobody builds anew meanwhile. */
  programs: string
  /** Why there is no PostgreSQL here; null when there is. */
  postgres_missing: string | null
  /** Extensions of that PostgreSQL, of those the bench asks for. */
  extensions: readonly string[]
  room(kind: DatabaseKind): Promise<Room>
  /** The plain counterpart (bare.mjs) in a process of its own, on the room's database. Answers its address. */
  bare(room: Room): Promise<string>
  /** Something to be undone when the section ends. */
  later(undo: () => unknown): void
  /** Ends everything the section started. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** Ends a child by its id and waits for it: SIGTERM, and after 8 s SIGKILL. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 8_000)
  await gone
  clearTimeout(timer)
}

const IMPORT_WITHIN_MS = 300_000

/** Imports a folder into the room's database by the built command, to its end. */
export async function importCity(room: Room, geodata: string): Promise<void> {
  const child = room.program('import', [geodata])
  let errors = ''
  child.stdout?.resume()
  child.stderr?.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-2_000)))
  const timer = setTimeout(() => child.kill('SIGKILL'), IMPORT_WITHIN_MS)
  const code = await new Promise((done) => child.once('exit', done))
  clearTimeout(timer)
  if (code !== 0) throw new Error(`the import ended with ${String(code)}: ${errors}`)
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output()}`)
    if (
      await fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error(`the server was not ready in ${READY_WITHIN_MS / 1000} s: ${output()}`)
}

/** Opens what sections share: a copy of the build (so that all measure the same one) and, if it is here, a PostgreSQL. */
export async function openHouse(): Promise<House> {
  const undone: (() => unknown)[] = []
  const forSection: (() => unknown)[] = []
  const undo = async (steps: (() => unknown)[]): Promise<void> => {
    for (const step of steps.splice(0).reverse())
      await Promise.resolve(step()).catch((error: unknown) => console.warn('undoing:', error))
  }
  const close = async (): Promise<void> => {
    await undo(forSection)
    await undo(undone)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(130)))

  // Where the copy finds PGlite, and not below a folder with a dot, from which pages are not served.
  const build = mkdtempSync(join(ROOT, 'node_modules', 'siaga-bench-'))
  undone.push(() => rmSync(build, { recursive: true, force: true }))
  cpSync(join(ROOT, 'dist'), build, { recursive: true, filter: (path) => !path.endsWith('.map') })

  const postgres = await startPostgres().catch((error: Error) => ({ missing: error.message }))
  if ('url' in postgres) undone.push(() => postgres.stop())
  let seeded: string | null = null
  let databases = 0

  /** A database of the section's own: its environment for programs and its connection for clients. */
  async function install(kind: DatabaseKind): Promise<{ env: Record<string, string>; connection: pg.ClientConfig }> {
    if (kind === 'postgres') {
      if (!('url' in postgres)) throw new Error(postgres.missing)
      const name = `bench_${++databases}`
      const admin = new pg.Client({ connectionString: postgres.url })
      await admin.connect()
      await admin.query(`create database ${name}`)
      await admin.end()
      const url = new URL(postgres.url)
      url.pathname = `/${name}`
      return { env: { DATABASE_URL: url.href }, connection: { connectionString: url.href } }
    }
    const dir = mkdtempSync(join(tmpdir(), 'siaga-bench-'))
    forSection.push(() => rmSync(dir, { recursive: true, force: true }))
    if (seeded) cpSync(seeded, dir, { recursive: true })
    return {
      env: { SIAGA_DATA: dir },
      connection: { host: join(dir, 'run'), port: 5432, user: 'postgres', database: 'postgres' },
    }
  }

  async function serve(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const child = spawn(process.execPath, [join(build, 'server/serve.js')], {
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    forSection.push(() => end(child))
    let text = ''
    const hear = (data: Buffer): void => void (text = (text + data.toString()).slice(-4_000))
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    await untilReady(child, url, () => text)
    return { child, url }
  }

  async function room(kind: DatabaseKind): Promise<Room> {
    const { env: own, connection } = await install(kind)
    const env = { PATH: process.env.PATH ?? '', SIAGA_DEMO: '0', LOG_LEVEL: 'warn', ...own }
    let { url, child } = await serve(env)
    if (kind === 'embedded' && !seeded) {
      // The first seeding takes long: what it made is the template of the later ones.
      await end(child)
      seeded = mkdtempSync(join(tmpdir(), 'siaga-bench-seeded-'))
      const template = seeded
      undone.push(() => rmSync(template, { recursive: true, force: true }))
      cpSync(own.SIAGA_DATA, seeded, { recursive: true })
      ;({ url, child } = await serve(env))
    }
    const program = (name: string): string => join(build, 'server', `${name}.js`)
    return {
      kind,
      url,
      connection,
      token(role) {
        const { status, stdout, stderr } = spawnSync(process.execPath, [program('token'), role], {
          env,
          encoding: 'utf8',
          timeout: 60_000,
        })
        if (status !== 0) throw new Error(`no token for ${role}: ${stderr}`)
        return stdout.trim().split('\n').at(-1) ?? ''
      },
      stop: () => end(child),
      program(name, args) {
        const child = spawn(process.execPath, [program(name), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
        forSection.push(() => end(child))
        return child
      },
      async sql() {
        const client = new pg.Client(connection)
        client.on('error', () => undefined)
        await client.connect()
        forSection.push(() => client.end())
        return client
      },
    }
  }

  return {
    geodata:
      [process.env.GEODATA_DIR, resolve(ROOT, '../shared/geodata')].find(
        (dir) => dir && existsSync(join(dir, 'layers.json')),
      ) ?? null,
    programs: join(build, 'server'),
    postgres_missing: 'url' in postgres ? null : postgres.missing,
    extensions: 'url' in postgres ? postgres.extensions : [],
    room,
    async bare({ connection }) {
      const child = fork(join(import.meta.dirname, 'bare.mjs'), [], {
        env: { ...process.env, BENCH_CONNECTION: JSON.stringify(connection) },
        execArgv: [],
      })
      forSection.push(() => end(child))
      return new Promise((done, failed) => {
        child.once('message', (port) => done(`http://127.0.0.1:${String(port)}`))
        child.once('exit', (code) => failed(new Error(`the bare server ended with ${code}`)))
      })
    },
    later: (step) => void forSection.push(step),
    clear: () => undo(forSection),
    close,
  }
}

/** The caller utterances that lie beside the geodata, or null. */
export function casesBeside(geodata: string): string | null {
  const path = join(dirname(geodata), 'geocoding/dev.json')
  return existsSync(path) ? path : null
}

/** What to say where a section cannot run without the real city. */
export const NO_GEODATA = 'not run: no geodata here (set GEODATA_DIR, or put it at ../shared/geodata)'
