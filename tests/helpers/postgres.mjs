import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'
const WANTED = ['postgis', 'pgrouting']

function binaries() {
  if (process.env.PG_BIN) return process.env.PG_BIN
  if (!existsSync(DEBIAN)) return null
  const versions = readdirSync(DEBIAN)
    .filter((v) => existsSync(join(DEBIAN, v, 'bin/initdb')))
    .sort((a, b) => Number(b) - Number(a))
  return versions.length ? join(DEBIAN, versions[0], 'bin') : null
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address()
        probe.close(() => resolve(port))
      })
  })
}

const idOf = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)

/**
 * A temporary PostgreSQL cluster of the run's own on a free port of 127.0.0.1: {url, extensions, stop}. Throws with what is
 * missing. PostgreSQL does not run as root; root runs it as the user postgres that Debian's package makes.
 */
export async function startPostgres() {
  const bin = binaries()
  if (!bin) throw new Error('no PostgreSQL server found (Debian: postgresql-15-postgis-3)')
  const share =
    spawnSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8' }).stdout?.trim() ||
    join('/usr/share/postgresql', bin.split('/').at(-2))
  const extensions = WANTED.filter((name) => existsSync(join(share, 'extension', `${name}.control`)))
  if (!extensions.includes('postgis'))
    throw new Error('PostgreSQL is here, PostGIS is not (Debian: postgresql-15-postgis-3)')
  const dir = mkdtempSync(join(tmpdir(), 'siaga-pg-'))
  const root = process.getuid?.() === 0
  chmodSync(dir, 0o755)
  if (root) chownSync(dir, idOf('-u'), idOf('-g'))
  const as = (command, args) => {
    const full = root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args]
    const result = spawnSync(full[0], full[1], { encoding: 'utf8', cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
    if (result.status !== 0) throw new Error(`${command} failed: ${result.stderr ?? result.error}`)
  }
  const data = join(dir, 'data')
  const port = await freePort()
  as(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'])
  as(join(bin, 'pg_ctl'), [
    '-D',
    data,
    '-w',
    '-l',
    join(dir, 'log'),
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${dir} -c fsync=off -c max_connections=200`,
    'start',
  ])
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    extensions,
    async stop() {
      as(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
