import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where the pages and the programs are built. */
export const BUILT = resolve(import.meta.dirname, '../../dist')
export const PROGRAMS = join(BUILT, 'server')

/** What the built pages call themselves; null where none are built. A server that calls itself otherwise makes each wall load itself anew. */
export function builtVersion(): string | null {
  const worker = join(BUILT, 'client/wall-worker.js')
  if (!existsSync(worker)) return null
  const [, version] = /"version":"([0-9a-f]{8,})"/.exec(readFileSync(worker, 'utf8')) ?? []
  if (!version) throw new Error('the build does not say which version it is')
  return version
}
