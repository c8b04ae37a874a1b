import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import { readConfig, type Config } from '../../server/config.ts'
import { connectDatabase, type Connected } from '../../server/db/connect.ts'

export const onPostgres = (): boolean => inject('postgresUrl') !== null

export interface TestInstallation {
  config: Config
  /** Deletes it; whatever runs on it must have ended. */
  remove(): Promise<void>
}

/** A seeded database of the test's own, embedded or PostgreSQL as the run says, and the configuration that leads to it. */
export async function createInstallation(env: Record<string, string> = {}): Promise<TestInstallation> {
  const url = inject('postgresUrl')
  if (url === null) {
    const dir = mkdtempSync(join(tmpdir(), 'siaga-'))
    cpSync(inject('template'), dir, { recursive: true })
    return {
      config: readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...env, SIAGA_DATA: dir }),
      remove: async () => rmSync(dir, { recursive: true, force: true }),
    }
  }
  const name = `siaga_test_${randomBytes(6).toString('hex')}`
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await admin(`create database ${name} template ${inject('template')}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  // What is kept beside the database is its own too: copies of one template share the log's id, and would read each other's anchors.
  const dir = mkdtempSync(join(tmpdir(), 'siaga-'))
  return {
    config: readConfig({ PORT: '0', LOG_LEVEL: 'silent', SIAGA_DATA: dir, ...env, DATABASE_URL: target.href }),
    async remove() {
      await admin(`drop database if exists ${name} with (force)`)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The database alone, opened, without a server. */
export async function openTestDatabase(): Promise<Connected> {
  const installation = await createInstallation()
  const connected = await connectDatabase(installation.config, 'command', pino({ level: 'silent' }), () => undefined)
  return {
    ...connected,
    async close() {
      await connected.close()
      await installation.remove()
    },
  }
}
