import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What a server leaves in its folder that means nothing elsewhere. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts'])
/** Some file systems tell times by the second: what was written within one before it was copied may have been written after. */
const SETTLED_MS = 1_000

/** Files copied so far, by path: size and time as they were before. */
export type Copied = Map<string, { size: number; mtime_ms: number; at_ms: number }>

interface Listed {
  folders: string[]
  files: Map<string, { size: number; mtime_ms: number }>
}

function list(folder: string): Listed {
  const [folders, files]: [string[], Listed['files']] = [[], new Map()]
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) folders.push(relative(folder, path))
    if (!entry.isFile() || LEFT_OUT.has(entry.name)) continue
    // One that went meanwhile is none.
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat) files.set(relative(folder, path), { size: stat.size, mtime_ms: stat.mtimeMs })
  }
  return { folders, files }
}

/**
 * Brings the copy of a folder up to what the folder is now: files that changed since they were copied are copied again, those that went go, empty folders
 * too. Answers false when it is not done at `until_ms` (epoch); the next call goes on.
 */
export function refreshCopy(from: string, to: string, copied: Copied, until_ms: number): boolean {
  mkdirSync(to, { recursive: true })
  const now = list(from)
  for (const folder of now.folders) mkdirSync(join(to, folder), { recursive: true })
  for (const path of copied.keys())
    if (!now.files.has(path)) {
      rmSync(join(to, path), { force: true })
      copied.delete(path)
    }
  for (const [path, { size, mtime_ms }] of now.files) {
    const known = copied.get(path)
    if (known && known.size === size && known.mtime_ms === mtime_ms && known.at_ms - mtime_ms > SETTLED_MS) continue
    const at_ms = Date.now()
    if (at_ms > until_ms) return false
    try {
      // Where the file system can, nothing is copied: both share the blocks until one is written.
      copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE)
      copied.set(path, { size, mtime_ms, at_ms })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(join(from, path))) throw error
    }
  }
  return true
}
