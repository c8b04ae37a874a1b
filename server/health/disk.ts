import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a look at the disk found; `free_bytes` null: it could not be read. */
export interface DiskLook {
  /** When it ended, by a clock that nobody sets (performance.now). */
  at_ms: number
  writable: boolean
  free_bytes: number | null
  free_share: number | null
  fault: string | null
}

/** Writes a small file into the folder, takes it away, and reads what room is left. Never rejects. */
export async function lookAtDisk(folder: string): Promise<DiskLook> {
  const probe = join(folder, `.writable-${process.pid}`)
  let fault: string | null = null
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, '112')
    await rm(probe)
  } catch (error) {
    fault = (error as NodeJS.ErrnoException).code ?? String(error)
  }
  const room = await statfs(folder).catch(() => null)
  return {
    at_ms: performance.now(),
    writable: fault === null,
    free_bytes: room ? room.bavail * room.bsize : null,
    free_share: room && room.blocks > 0 ? room.bavail / room.blocks : null,
    fault,
  }
}
