import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { endOwnEmbedded, openEmbedded } from '../../server/db/embedded.ts'
import { createProbe } from '../../server/health/probe.ts'
import { printPage } from '../../server/print/chromium.ts'

const dir = mkdtempSync(join(tmpdir(), 'siaga-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
afterEach(() => void vi.restoreAllMocks())

describe('what does not come', () => {
  it('is no disk to wait for: the probe answers, and says so', async () => {
    const file = join(dir, `.writable-${process.pid}`)
    // Opened for writing it waits for who reads it, as a disk that hangs does for ever.
    execFileSync('mkfifo', [file])
    const parts = {
      db: { embedded: true, one: () => Promise.reject(new Error('away')) },
      now: () => new Date(),
      config: { data_dir: dir },
      hub: { checked_at: new Date(), readers: 0 },
      city: { router: { graph: { node_count: 1 } } },
      map: { hash: () => 'x' },
    }
    const probe = createProbe(parts as unknown as Parameters<typeof createProbe>[0])
    const disk = async () => (await probe.check()).parts.find(({ id }) => id === 'disk')
    try {
      expect(await disk()).toMatchObject({ state: 'unknown' })
      const later = performance.now() + 41_000
      vi.spyOn(performance, 'now').mockImplementation(() => later)
      expect(await disk()).toMatchObject({ state: 'down' })
    } finally {
      probe.stop()
      await readFile(file)
    }
  })

  it('is a browser that cannot be started, and printing says so', async () => {
    const chromium = join(dir, 'chromium')
    writeFileSync(chromium, 'no program', { mode: 0o644 })
    await expect(printPage(chromium, 'http://127.0.0.1/', {})).rejects.toThrow(/tidak dapat dijalankan/)
  })

  it('is an embedded database whose process cannot be started, and nobody waits for its end', async () => {
    const node = process.execPath
    process.execPath = join(dir, 'gone')
    const opened = openEmbedded(join(dir, 'data'), 'server', () => undefined)
    await expect(opened.finally(() => (process.execPath = node))).rejects.toThrow(/gagal dinyalakan/)
    await endOwnEmbedded(100)
  })
})
