import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk of the harness's own for a database. */
export interface Disk {
  dir: string
  /** False where this machine lets nobody mount: then it is a plain folder, and the disk's own faults cannot be shown. */
  mounted: boolean
  /** Fills it to the last byte, and gives the room back. */
  fill(): void
  empty(): void
  /** Answers whether it is so now: the kernel refuses while a file is open for writing. */
  readOnly(on: boolean): boolean
  /** Whoever had files open there must have ended. */
  remove(): void
}

const CHUNK = Buffer.alloc(1 << 20)

/** Mounts a tmpfs of so many MB where root may, else makes a folder. */
export function openDisk(mb: number): Disk {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-disk-'))
  const mounted =
    process.getuid?.() === 0 &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mb}m`, 'siaga-kills', dir], { stdio: 'ignore' }).status === 0
  chmodSync(dir, 0o755)
  const filler = join(dir, 'filler')
  return {
    dir,
    mounted,
    fill() {
      const file = openSync(filler, 'w')
      try {
        for (let size = CHUNK.length; size > 0;)
          try {
            writeSync(file, CHUNK, 0, size)
          } catch {
            size >>= 1
          }
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(filler, { force: true }),
    readOnly: (on) => spawnSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, dir], { stdio: 'ignore' }).status === 0,
    remove() {
      if (mounted) spawnSync('umount', ['-l', dir], { stdio: 'ignore' })
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
