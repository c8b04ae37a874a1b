import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { onPostgres } from '../helpers/database.ts'
import { endOf, freePort, installationEnv, runCommand, spawnServer, tokenOf, type Spawned } from '../helpers/spawned.ts'

const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const ENDED_WITHIN_MS = 5_000

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
const processesOf = (folder: string) =>
  readdirSync('/proc').filter(
    (id) =>
      /^\d+$/.test(id) &&
      spawnSync('cat', [`/proc/${id}/cmdline`], { encoding: 'utf8' }).stdout.includes(`${folder}/pg`),
  )

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

  it('loses no acknowledged write and doubles none over three kills', async () => {
    const env = await install()
    const port = await freePort()
    const acknowledged = new Set<string>()
    let token = ''
    let key = 0
    for (let round = 0; round < 3; round++) {
      const server = await start(env, port)
      token ||= tokenOf(env, 'operator')
      let killed = false
      const writer = (async () => {
        while (!killed) {
          const mine = `k${key++}`
          // What fails while the server dies is sent again with its key, as the console does; it may have been written.
          await create(server.url, token, mine).then(
            (incident) => acknowledged.add(incident.number),
            () => undefined,
          )
        }
      })()
      await new Promise((done) => setTimeout(done, 700 + 300 * round))
      process.kill(-(server.process.pid ?? 0), 'SIGKILL')
      killed = true
      await writer
      if (!onPostgres()) expect(processesOf(env.SIAGA_DATA)).toEqual([])
    }
    const server = await start(env, port)
    const list = (await (
      await fetch(`${server.url}/api/incidents?limit=5000`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as Incident[]
    const numbers = list.map((incident) => incident.number)
    expect(acknowledged.size).toBeGreaterThan(5)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect([...acknowledged].filter((number) => !numbers.includes(number))).toEqual([])
    // Numbers of the day have no gaps.
    expect(numbers.map((number) => Number(number.slice(-4))).sort((a, b) => a - b)).toEqual(
      numbers.map((_, i) => i + 1),
    )
    expect(runCommand('audit-verify', [], env).status).toBe(0)
  }, 180_000)

  it('leaves no database behind when only its main process is killed', async () => {
    if (onPostgres()) return
    const env = await install()
    const server = await start(env, await freePort())
    expect(processesOf(env.SIAGA_DATA).length).toBe(1)
    await endOf(server.process, 'SIGKILL')
    await expect.poll(() => processesOf(env.SIAGA_DATA).length, { timeout: 5_000 }).toBe(0)
  })

  it('says in one line why it cannot start, and what to do', async () => {
    const env = await install()
    const port = await freePort()
    await start(env, port)
    const line = (more: Record<string, string>) => {
      const result = runCommand('serve', [], { ...env, ...more })
      expect(result.status).toBe(1)
      expect(result.stderr.trim().split('\n')).toHaveLength(1)
      return result.stderr
    }
    expect(line({ PORT: String(port) })).toMatch(new RegExp(`Port ${port} sudah dipakai`))
    expect(line({ PORT: 'delapan' })).toMatch(/PORT=delapan/)
    expect(line({ PORT: '0', DATABASE_URL: 'postgresql://siapa@127.0.0.1:1/tidak_ada' })).toMatch(/tidak terjangkau/)
    expect(line({ PORT: '0', DATABASE_URL: 'mysql://x/y' })).toMatch(/DATABASE_URL/)
    if (existsSync('/proc/self') && !onPostgres())
      expect(line({ PORT: '0', SIAGA_DATA: '/proc/siaga' })).toMatch(/tidak dapat ditulis/)
    if (!onPostgres()) expect(line({ PORT: '0' })).toMatch(/sedang dipakai server lain/)
  })

  it('prints the road graph alone in one last line', async () => {
    const env = await install()
    await start(env, await freePort())
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
})
