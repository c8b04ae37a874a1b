import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free_port.mjs'

const DEBIAN = '/usr/lib/postgresql'
const WANTED = ['postgis', 'pgrouting']

/** The folder of PostgreSQL's programs, null when there is none. */
export function binaries() {
  if (process.env.PG_BIN) return process.env.PG_BIN
  if (!existsSync(DEBIAN)) return null
  const versions = readdirSync(DEBIAN)
    .filter((v) => existsSync(join(DEBIAN, v, 'bin/initdb')))
    .sort((a, b) => Number(b) - Number(a))
  return versions.length ? join(DEBIAN, versions[0], 'bin') : null
}

const idOf = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)

/** Programs and extensions of the PostgreSQL that is here; throws with what is missing. */
function found() {
  const bin = binaries()
  if (!bin) throw new Error('no PostgreSQL server found (Debian: postgresql-15-postgis-3)')
  const share =
    spawnSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8' }).stdout?.trim() ||
    join('/usr/share/postgresql', bin.split('/').at(-2))
  const extensions = WANTED.filter((name) => existsSync(join(share, 'extension', `${name}.control`)))
  if (!extensions.includes('postgis'))
    throw new Error('PostgreSQL is here, PostGIS is not (Debian: postgresql-15-postgis-3)')
  return { bin, extensions }
}

/**
 * A cluster made in a folder and not started yet. `as` runs a program as whom PostgreSQL runs as (it does not run as root; root runs it as the
 * user postgres that Debian's package makes); `launch` starts the postmaster in the foreground, a child of this process.
 * `durable`: it waits for the disk, in WAL segments of 1 MB, so that a small disk holds it.
 */
async function makeCluster({ dir, durable }) {
  const { bin, extensions } = found()
  const root = process.getuid?.() === 0
  const owner = root ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  chmodSync(dir, 0o755)
  if (root) chownSync(dir, owner.uid, owner.gid)
  const as = (command, args) => {
    const full = root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args]
    const result = spawnSync(full[0], full[1], { encoding: 'utf8', cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
    if (result.status !== 0) throw new Error(`${command} failed: ${result.stderr ?? result.error}`)
  }
  const data = join(dir, 'data')
  const port = await freePort()
  const segments = durable ? ['--wal-segsize=1'] : []
  as(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync', ...segments])
  const settings = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    max_connections: 200,
    ...(durable ? { fsync: 'on', min_wal_size: '4MB', max_wal_size: '32MB' } : { fsync: 'off' }),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    extensions,
    bin,
    data,
    as,
    options: ['-p', String(port), ...settings],
    launch: () =>
      spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
        ...owner,
        cwd: dir,
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
  }
}

/** A temporary PostgreSQL cluster of the run's own on a free port of 127.0.0.1: {url, extensions, stop}. Throws with what is missing. */
export async function startPostgres() {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-pg-'))
  const { url, extensions, bin, data, as, options } = await makeCluster({ dir, durable: false })
  as(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(dir, 'log'), '-o', options.join(' '), 'start'])
  return {
    url,
    extensions,
    async stop() {
      as(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A cluster in a folder of the caller's, which waits for its disk as one in operation does: {url, launch}. Starting and ending it is the caller's. */
export async function makeDurablePostgres(dir) {
  const { url, launch } = await makeCluster({ dir, durable: true })
  return { url, launch }
}
