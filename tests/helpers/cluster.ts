import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { binaries } from './postgres.mjs'
import { freePort } from './spawned.ts'

/** One PostgreSQL server of a pair. */
export interface Cluster {
  url: string
  host: string
  start(): void
  stop(): void
  /** kill -9 of all its processes; resolves when they are gone. */
  kill(): Promise<void>
  promote(): void
  /** A copy of `of`, made anew and following it, started. */
  copy(of: Cluster): void
  query<T extends pg.QueryResultRow>(sql: string): Promise<T[]>
}

const idOf = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)

const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((each) => {
      try {
        return each > 0 && Number(/^\d+ \(.*\) \w (\d+)/.exec(readFileSync(`/proc/${each}/stat`, 'utf8'))?.[1]) === pid
      } catch {
        return false
      }
    })

/** Two empty places for PostgreSQL servers on ports of their own; the first is made and started. `remove` ends and deletes both. */
export async function makePair(): Promise<{ first: Cluster; second: Cluster; remove(): void }> {
  const bin = binaries()
  if (!bin) throw new Error('no PostgreSQL server found')
  const dir = mkdtempSync(join(tmpdir(), 'siaga-pair-'))
  const root = process.getuid?.() === 0
  chmodSync(dir, 0o755)
  if (root) chownSync(dir, idOf('-u'), idOf('-g'))
  const as = (name: string, args: string[]) => {
    const [command, all] = root
      ? ['runuser', ['-u', 'postgres', '--', join(bin, name), ...args]]
      : [join(bin, name), args]
    const result = spawnSync(command, all, { encoding: 'utf8', cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
    if (result.status !== 0) throw new Error(`${name} failed: ${result.stderr}`)
  }

  async function place(name: string): Promise<Cluster & { make(): void }> {
    const port = await freePort()
    const data = join(dir, name)
    const host = `127.0.0.1:${port}`
    const url = `postgresql://postgres@${host}/postgres`
    const settings = [
      `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${dir} -c fsync=off -c max_connections=100`,
      '-c wal_receiver_status_interval=1s -c wal_retrieve_retry_interval=100ms -c hot_standby_feedback=on',
    ].join(' ')
    const cluster = {
      url,
      host,
      make: () => as('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync']),
      start: () => as('pg_ctl', ['-D', data, '-w', '-l', join(dir, `${name}.log`), '-o', settings, 'start']),
      stop() {
        if (existsSync(join(data, 'postmaster.pid'))) as('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      },
      async kill() {
        const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
        // All at once, as a machine that stops: a process that outlives the main one for a moment shows what it could not yet send to the standby.
        process.kill(pid, 'SIGSTOP')
        for (const child of childrenOf(pid)) process.kill(child, 'SIGKILL')
        process.kill(pid, 'SIGKILL')
        for (let alive = true; alive;) {
          try {
            process.kill(pid, 0)
            await new Promise((done) => setTimeout(done, 20))
          } catch {
            alive = false
          }
        }
      },
      promote: () => as('pg_ctl', ['-D', data, '-w', 'promote']),
      copy(of: Cluster) {
        rmSync(data, { recursive: true, force: true })
        const from = `${of.url.replace(/\/postgres$/, '')}?application_name=siaga_standby`
        as('pg_basebackup', ['-d', from, '-D', data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'])
        cluster.start()
      },
      async query<T extends pg.QueryResultRow>(sql: string) {
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        try {
          return (await client.query<T>(sql)).rows
        } finally {
          await client.end()
        }
      },
    }
    return cluster
  }
  const [first, second] = [await place('first'), await place('second')]
  first.make()
  first.start()
  return {
    first,
    second,
    remove() {
      for (const each of [first, second])
        try {
          each.stop()
        } catch {
          // Killed ones are gone already.
        }
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
