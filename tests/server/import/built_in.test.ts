import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedBuiltIn } from '../../../server/import/built_in.ts'
import { openTestDatabase } from './open.ts'
import type { TestDatabase } from './open.ts'

let test: TestDatabase
beforeAll(async () => void (test = await openTestDatabase()))
afterAll(() => test.close())

describe('the built-in city', () => {
  it('fills an empty database once', async () => {
    const t0 = performance.now()
    expect(await seedBuiltIn(test.db, () => undefined)).toBe(true)
    console.info(`seed ${Math.round(performance.now() - t0)} ms`)
    const t1 = performance.now()
    expect(await seedBuiltIn(test.db, () => undefined)).toBe(false)
    console.info(`again ${Math.round(performance.now() - t1)} ms`)
    const live = await test.db.rows<{ layer: string; built_in: boolean; row_count: number }>('import_live')
    console.table(live)
  })
})
