import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Like mkdir -p. Node's own recursive mkdir never returns where a file system answers ENOENT to a mkdir (as /proc does). */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}
