import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connected } from '../../../server/db/connect.ts'
import { printReport } from '../../../server/import/report.ts'
import type { ImportReport } from '../../../server/import/report.ts'
import { importFolder } from '../../../server/import/run.ts'
import { openTestDatabase } from '../../helpers/database.ts'

const dir = resolve(process.env.GEODATA_DIR ?? resolve(import.meta.dirname, '../../../../shared/geodata'))
const present = existsSync(resolve(dir, 'layers.json'))
if (!present) console.warn(`skipped: no geodata in ${dir} (set GEODATA_DIR)`)

describe.skipIf(!present)('import of the real city', () => {
  let test: Connected
  let report: ImportReport
  const options = { progress: () => undefined, now: () => new Date(), actor: 'test' }
  beforeAll(async () => {
    test = await openTestDatabase()
    report = await importFolder(test.db, dir, options)
    if (process.env.SHOW) console.log(printReport(report).join('\n'))
  })
  afterAll(() => test.close())

  it('takes over', () => {
    expect(report.faults).toEqual([])
    expect(report.status).toBe('done')
  })
})
