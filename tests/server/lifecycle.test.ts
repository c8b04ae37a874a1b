import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { onPostgres } from '../helpers/database.ts'
import { processesInGroup, processesThat } from '../helpers/kills/processes.ts'
import { endOf, freePort, installationEnv, runCommand, spawnServer, tokenOf, type Spawned } from '../helpers/spawned.ts'

const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const ENDED_WITHIN_MS = 5_000
const SERVE = resolve(import.meta.dirname, '../../dist/server/serve.js')
/** When a first start is interrupted: on PostgreSQL it is over at once, the embedded database is made for some ten seconds. */
const INTERRUPTED_AFTER_MS = onPostgres() ? [0] : [1_000, 3_000]
const LATE_INTERRUPTION_MS = onPostgres() ? 100 : 6_000

const started: Spawned[] = []
const removals: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const server of started.splice(0)) await endOf(server.process, 'SIGKILL')
  for (const remove of removals.splice(0)) await remove()
})

async function install(): Promise<Record<string, string>> {
  const { env, remove } = await installationEnv()
  removals.push(remove)
  return env
}

async function start(env: Record<string, string>, port: number): Promise<Spawned> {
  const server = await spawnServer(env, port)
  started.push(server)
  return server
}

/** Environment of an installation that has never been started; on PostgreSQL of one that is migrated and seeded. */
async function installNothing(): Promise<Record<string, string>> {
  if (onPostgres()) return install()
  const dir = mkdtempSync(join(tmpdir(), 'siaga-first-'))
  removals.push(async () => rmSync(dir, { recursive: true, force: true }))
  return { SIAGA_DATA: dir, SIAGA_DEMO: '0', LOG_LEVEL: 'warn' }
}

async function create(url: string, token: string, key: string): Promise<Incident> {
  const response = await fetch(`${url}/api/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ incident_type: 'kebakaran', location: POINT }),
  })
  if (!response.ok) throw new Error(String(response.status))
  return ((await response.json()) as { incident: Incident }).incident
}

/** Ids of processes whose command line names this folder. */
const processesOf = (folder: string) => processesThat((command) => command.includes(`${folder}/pg`))

/** Starts a server, sends it SIGTERM some time after the first line it says, and holds it to the contract about that. */
async function interrupt(env: Record<string, string>, after_ms: number): Promise<void> {
  const main = spawn(process.execPath, [SERVE], {
    env: { PATH: process.env.PATH, ...env, PORT: String(await freePort()) },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const group = main.pid ?? 0
  const left = new Promise<number[]>((done) => main.once('exit', () => done(processesInGroup(group))))
  try {
    await new Promise((done) => main.stdout.once('data', done))
    await new Promise((done) => setTimeout(done, after_ms))
    expect(processesInGroup(group)).toHaveLength(onPostgres() ? 1 : 2)
    expect(await endOf(main, 'SIGTERM')).toBeLessThan(ENDED_WITHIN_MS)
    expect(await left).toEqual([])
    expect(main.exitCode).toBe(0)
  } finally {
    if (processesInGroup(group).length) process.kill(-group, 'SIGKILL')
    await expect.poll(() => processesInGroup(group).length, { timeout: 5_000 }).toBe(0)
  }
}

describe('the life of the server', () => {
  it('ends within 5 s of SIGTERM, and its folder can be opened again', async () => {
    const env = await install()
    const port = await freePort()
    const first = await start(env, port)
    const token = tokenOf(env, 'operator')
    expect(token).toMatch(/^siaga_t_/)
    const made = await create(first.url, token, 'a')
    expect(await endOf(first.process, 'SIGTERM')).toBeLessThan(ENDED_WITHIN_MS)
    expect(first.process.exitCode).toBe(0)
    if (!onPostgres()) {
      expect(processesOf(env.SIAGA_DATA)).toEqual([])
      expect(readdirSync(join(env.SIAGA_DATA, 'run'))).toEqual([])
    }
    const second = await start(env, port)
    const list = (await (
      await fetch(`${second.url}/api/incidents`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as Incident[]
    expect(list.map((incident) => incident.id)).toEqual([made.id])
    const audit = runCommand('audit-verify', [], env)
    expect(audit.stdout).toContain('Rantai utuh')
    expect(audit.status).toBe(0)
  })

  it.each(INTERRUPTED_AFTER_MS)(
    'ends within 5 s of a SIGTERM %i ms into its first start, its database before it',
    (ms) => installNothing().then((env) => interrupt(env, ms)),
  )

  it('leaves a database that opens when its first start is interrupted late', async () => {
    const env = await installNothing()
    await interrupt(env, LATE_INTERRUPTION_MS)
    const audit = runCommand('audit-verify', [], env)
    expect(audit.status, audit.stderr).toBe(0)
  }, 180_000)
})

/** One server for all: none of these does anything to it before the last. */
describe('a server that runs', () => {
  let env: Record<string, string>
  let remove: () => Promise<void>
  let server: Spawned
  const port = freePort()
  beforeAll(async () => {
    ;({ env, remove } = await installationEnv())
    server = await spawnServer(env, await port)
  })
  afterAll(async () => {
    if (server) await endOf(server.process, 'SIGKILL')
    await remove?.()
  })

  it('keeps others out, each told in one line why it cannot start and what to do', async () => {
    const line = (more: Record<string, string>) => {
      const result = runCommand('serve', [], { ...env, ...more })
      expect(result.status).toBe(1)
      expect(result.stderr.trim().split('\n')).toHaveLength(1)
      return result.stderr
    }
    expect(line({ PORT: String(await port) })).toMatch(new RegExp(`Port ${await port} sudah dipakai`))
    expect(line({ PORT: 'delapan' })).toMatch(/PORT=delapan/)
    expect(line({ PORT: '0', DATABASE_URL: 'postgresql://siapa@127.0.0.1:1/tidak_ada' })).toMatch(/tidak terjangkau/)
    expect(line({ PORT: '0', DATABASE_URL: 'mysql://x/y' })).toMatch(/DATABASE_URL/)
    if (existsSync('/proc/self') && !onPostgres())
      expect(line({ PORT: '0', SIAGA_DATA: '/proc/siaga' })).toMatch(/tidak dapat ditulis/)
    if (!onPostgres()) expect(line({ PORT: '0' })).toMatch(/sedang dipakai server lain/)
  })

  it('prints the road graph alone in one last line', () => {
    const graph = JSON.parse(runCommand('roads-export', [], env).stdout.trim().split('\n').at(-1) ?? '') as {
      nodes: number[][]
      edges: [number, number, number, number, string][]
    }
    expect(graph.nodes.length).toBeGreaterThan(50)
    for (const [from, to, seconds, metres] of graph.edges) {
      expect(from).toBeLessThan(graph.nodes.length)
      expect(to).toBeLessThan(graph.nodes.length)
      expect(seconds).toBeGreaterThan(0)
      expect(metres).toBeGreaterThan(0)
    }
  })

  // On PostgreSQL there is no database of ours to leave behind.
  if (!onPostgres())
    it('leaves no database behind when only its main process is killed', async () => {
      expect(processesOf(env.SIAGA_DATA).length).toBe(1)
      await endOf(server.process, 'SIGKILL')
      await expect.poll(() => processesOf(env.SIAGA_DATA).length, { timeout: 5_000 }).toBe(0)
    })
})
