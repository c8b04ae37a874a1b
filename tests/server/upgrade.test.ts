import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { walkChain } from '../../server/audit/chain.ts'
import { startServer, type Running } from '../../server/main.ts'
import { answersOf, LOOKED_AT } from '../golden/backup/answers.ts'
import { fillFrom, GOLDEN, onInstallation } from '../helpers/backups.ts'
import { createInstallation, type TestInstallation } from '../helpers/database.ts'
import { clientOf } from '../helpers/server.ts'

/** Schemas of which an installation with data is kept (npm run golden:backup), by their newest migration. */
const SCHEMAS = readdirSync(GOLDEN).flatMap((name) => /^(\d{4})\.siaga$/.exec(name)?.[1] ?? [])
const unpacked = (name: string) => gunzipSync(readFileSync(join(GOLDEN, name))).toString()

let installation: TestInstallation | undefined
let running: Running | undefined
afterEach(async () => {
  await running?.stop()
  await installation?.remove()
  running = installation = undefined
})

describe('an installation of an older program', () => {
  it.each(SCHEMAS)(
    'at migration %s is brought to today’s schema by a start, and answers as it did',
    async (schema) => {
      installation = await createInstallation({ SIAGA_DEMO: '0' })
      await onInstallation(installation.config, async (session) => {
        await fillFrom(join(GOLDEN, `${schema}.siaga`), session)
        // Its own functions and triggers, which the start replaces.
        await session.execute(
          `begin; set local check_function_bodies = off; ${unpacked(`${schema}.functions.sql.gz`)}; commit`,
        )
      })
      running = await startServer(installation.config, {
        progress: () => undefined,
        clientDir: installation.config.data_dir,
        version: 'test',
        now: () => LOOKED_AT,
      })
      const before = JSON.parse(unpacked(`${schema}.answers.json.gz`)) as Record<string, unknown>
      const now = await answersOf(clientOf(running))
      expect(Object.keys(before).length).toBeGreaterThan(35)
      // Fields may have been added since; what was said is said still.
      for (const [path, answer] of Object.entries(before)) expect(now[path], path).toMatchObject(answer as object)
      expect((await walkChain(running.services.db)).seq).toBeGreaterThanOrEqual(249)
    },
    240_000,
  )
})
