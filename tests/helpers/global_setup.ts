import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { readConfig } from '../../server/config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A seeded database to copy from: a folder (embedded) or the name of a template database. */
    template: string
    /** The server of temporary clusters; null on the embedded one. */
    postgresUrl: string | null
  }
}

const ROOT = resolve(import.meta.dirname, '../..')
const TEMPLATE = 'siaga_template'
const KEPT_TEMPLATES = 3

/** Hash of what a fresh database is made from: another schema or another built-in city makes another template. */
function recipeHash(): string {
  const hash = createHash('sha256')
  for (const folder of ['sql', 'geo/city', 'geo/roads', 'server/import', 'server/db']) {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((e) => e.isFile())
      .sort((a, b) => (a.name < b.name ? -1 : 1))) {
      hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

async function fill(env: Record<string, string>): Promise<void> {
  const { connectDatabase } = await import('../../server/db/connect.ts')
  const { seedBuiltIn } = await import('../../server/import/built_in.ts')
  const { db, close } = await connectDatabase(readConfig(env), 'server', pino({ level: 'silent' }), () => undefined)
  try {
    await seedBuiltIn(db, () => undefined)
  } finally {
    await close()
  }
}

async function embeddedTemplate(): Promise<string> {
  const cache = join(ROOT, 'node_modules/.siaga/templates')
  const done = join(cache, recipeHash())
  if (existsSync(done)) return done
  mkdirSync(cache, { recursive: true })
  // Older recipes' templates go, but not the newest few: another run may be copying one.
  const old = readdirSync(cache)
    .map((name) => join(cache, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const path of old.slice(KEPT_TEMPLATES)) rmSync(path, { recursive: true, force: true })
  const making = join(cache, `making-${process.pid}`)
  await fill({ SIAGA_DATA: making, LOG_LEVEL: 'silent' })
  try {
    renameSync(making, done)
  } catch (error) {
    // Another run made the same one meanwhile: that is as good.
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(done)) throw error
  }
  return done
}

async function postgresTemplate(url: string): Promise<string> {
  const { default: pg } = await import('pg')
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`)
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  const target = new URL(url)
  target.pathname = `/${TEMPLATE}`
  await fill({ DATABASE_URL: target.href, LOG_LEVEL: 'silent' })
  return TEMPLATE
}

/** Makes the seeded template once a run; every test file then works on a copy of its own (helpers/database.ts). */
export default async function setup(project: TestProject): Promise<void> {
  const url = project.name === 'browser_embedded' ? null : (process.env.TEST_DATABASE_URL ?? null)
  project.provide('postgresUrl', url)
  project.provide('template', url === null ? await embeddedTemplate() : await postgresTemplate(url))
}
