import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import type { Config } from '../../server/config.ts'
import type { Database } from '../../server/db/database.ts'
import { createJobBook } from '../../server/jobs/job_book.ts'
import { startEraser } from '../../server/privacy/eraser.ts'
import { erasuresFile, noteErasure, notedErasures } from '../../server/privacy/noted_erasures.ts'

const [FIRST, SECOND, THIRD] = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`)
const AT = new Date('2026-07-01T00:00:00.000Z')

const dir = mkdtempSync(join(tmpdir(), 'siaga-'))
const config = { anchors_file: join(dir, 'anchors.jsonl') } as Config
afterEach(() => {
  vi.useRealTimers()
  rmSync(dir, { recursive: true, force: true })
})

it('keeps an erasure that is noted after a line whose writing was cut off', async () => {
  const file = erasuresFile(config)
  await noteErasure(file, FIRST, AT)
  appendFileSync(file, `{"at":"${AT.toISOString()}","incident_`)
  await noteErasure(file, SECOND, AT)
  await noteErasure(file, THIRD, AT)
  await noteErasure(file, FIRST, AT)
  expect(await notedErasures(file)).toEqual([FIRST, SECOND, THIRD])
})

/** A database in which the first noted case cannot be erased; `away` while it does not answer. */
function eraser(asked: string[]) {
  const about = { away: false }
  const ask = (name: string, { id }: { id?: string } = {}) => {
    asked.push(id ?? name)
    if (about.away) return Promise.reject(new Error('Connection terminated unexpectedly'))
    if (name === 'privacy_again') return Promise.resolve([FIRST, SECOND, THIRD].map((id) => ({ id })))
    if (id === FIRST) return Promise.reject(new Error('deadlock'))
    return Promise.resolve(name === 'privacy_erase_due' ? { cases: 0, erased: {}, more: false } : null)
  }
  const db = { rows: ask, value: ask, maybe: (name: string) => ask(name).then(() => ({ mine: true })) }
  return { about, db: db as unknown as Database }
}

it('erases the other cases again where one cannot be, and makes up for a night without a database', async () => {
  await noteErasure(erasuresFile(config), FIRST, AT)
  vi.useFakeTimers({ now: new Date('2026-07-01T19:55:00.000Z') })
  const asked: string[] = []
  const { about, db } = eraser(asked)
  about.away = true
  const now = () => new Date()
  const options = { db, log: pino({ level: 'silent' }), now, jobs: createJobBook(now), config, simulated: false }
  const running = startEraser(options)
  await vi.advanceTimersByTimeAsync(15 * 60_000)
  expect(new Set(asked)).toEqual(new Set(['erasure_claim']))
  about.away = false
  await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(asked).toContain(THIRD))
  await running.stop()
  expect(asked.filter((id) => id.startsWith('0000'))).toEqual([FIRST, SECOND, THIRD])
})
