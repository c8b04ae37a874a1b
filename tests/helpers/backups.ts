import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { onFolder } from '../../server/backup/embedded.ts'
import { openPacked } from '../../server/backup/file.ts'
import { loadUnchanged } from '../../server/backup/load.ts'
import { onPostgres } from '../../server/backup/postgres.ts'
import { verifyBackup } from '../../server/backup/read.ts'
import { readConfig, type Config } from '../../server/config.ts'
import type { Session } from '../../server/db/database.ts'
import { PROGRAMS } from './built.ts'

const ROOT = resolve(import.meta.dirname, '../..')
export const GOLDEN = join(ROOT, 'tests/golden/backup')

/** A connection of the test's own to an installation whose embedded database nobody uses, or to PostgreSQL. */
export const onInstallation = <T>(
  { database_url, data_dir }: Pick<Config, 'database_url' | 'data_dir'>,
  work: (session: Session) => Promise<T>,
): Promise<T> => (database_url === null ? onFolder(data_dir, () => undefined, work) : onPostgres(database_url, work))

/** Fills an installation with a backup as it was: the schema of then, without functions. */
export async function fillFrom(path: string, session: Session): Promise<void> {
  const packed = await openPacked(path)
  try {
    const { head } = await verifyBackup(packed)
    await loadUnchanged(session, { packed, head, progress: () => undefined })
  } finally {
    await packed.close()
  }
}

/** A place to restore to that has never been started: a folder, or a PostgreSQL database without anything in it. */
export async function nowhere(
  on: 'embedded' | 'postgres',
): Promise<{ config: Config; env: Record<string, string>; remove: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-restored-'))
  const url = inject('postgresUrl')
  const env: Record<string, string> = { SIAGA_DATA: dir, SIAGA_DEMO: '0', LOG_LEVEL: 'silent', PORT: '0' }
  const name = `siaga_restored_${randomBytes(6).toString('hex')}`
  if (on === 'postgres' && url !== null) {
    await asAdmin(url, `create database ${name}`)
    const target = new URL(url)
    target.pathname = `/${name}`
    env.DATABASE_URL = target.href
  }
  return {
    env,
    config: readConfig(env),
    async remove() {
      if (env.DATABASE_URL !== undefined && url !== null)
        await asAdmin(url, `drop database if exists ${name} with (force)`)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** Runs one of the built commands beside the test; `kill_after_ms` ends it by kill -9. */
export function runBeside(
  program: string,
  args: string[],
  env: Record<string, string>,
  kill_after_ms?: number,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(PROGRAMS, `${program}.js`), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const timer = kill_after_ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), kill_after_ms)
  return new Promise((done) =>
    child.once('close', (status) => {
      clearTimeout(timer)
      done({ status, stdout, stderr })
    }),
  )
}

/**
 * What every table holds, read without anything of the program's: rows and a sum over their texts, whatever their order. `only`: of some tables the rows
 * for which this holds, or another text of them.
 */
export async function sumsOf(
  session: Session,
  only: Record<string, { where?: string; row?: string }> = {},
): Promise<Record<string, string>> {
  await session.execute(`set timezone = 'UTC'`)
  const tables = await session.execute<{ name: string }>(
    `select c.relname::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in ('spatial_ref_sys', 'schema_migration') order by 1`,
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const { where = 'true', row = 't::text' } = only[name] ?? {}
    const [{ sum }] = await session.execute<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '') as sum from (select md5(${row}) as h from ${name} t where ${where}) sums`,
    )
    sums[name] = sum
  }
  return sums
}
