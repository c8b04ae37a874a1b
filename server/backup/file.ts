import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open, rename, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** FILE that stands for standard output or input. */
export const STANDARD = '-'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A name of this process's own beside `path`; what processes left there that were killed goes. */
export function ownBeside(path: string, end: string): string {
  const folder = dirname(path)
  const left = new RegExp(`^${basename(path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.(\\d+)\\.${end}$`)
  for (const name of readdirSync(folder)) {
    const pid = Number(left.exec(name)?.[1] ?? 0)
    if (pid > 0 && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
  return `${path}.${process.pid}.${end}`
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Writes what comes, packed, to a file that only its owner may read, or to standard output. The file is there whole, on the disk, or not at all: it is
 * written beside under another name, and a file of that name is replaced in one step. Answers its bytes.
 */
export async function writePacked(path: string, parts: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0
  const packed = (write: (part: Buffer) => Promise<unknown>) =>
    pipeline(Readable.from(parts), createGzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const part of source) {
        await write(part)
        bytes += part.length
      }
    })
  if (path === STANDARD) {
    if (process.stdout.isTTY) throw new Error('Cadangan tidak ditulis ke terminal: alihkan keluarannya (… | age -r …).')
    await packed(
      (part) =>
        new Promise((done, failed) => process.stdout.write(part, (error) => (error ? failed(error) : done(null)))),
    )
    return bytes
  }
  const whole = resolve(path)
  const part = ownBeside(whole, 'part')
  let file: FileHandle | null = null
  try {
    const opened = (file = await open(part, 'wx', 0o600))
    await packed((bytes) => opened.writeFile(bytes))
    await file.sync()
    await file.close()
    await rename(part, whole)
    await syncFolder(dirname(whole))
  } catch (error) {
    await file?.close().catch(() => undefined)
    rmSync(part, { force: true })
    throw error
  }
  return bytes
}

/** A backup to read, as often as needed from its beginning. */
export interface Packed {
  stream(): AsyncIterable<Buffer>
  close(): Promise<void>
}

/**
 * Opens a file, or keeps what comes by standard input in one that has no name any more, so that whoever is killed leaves nothing behind.
 */
export async function openPacked(path: string): Promise<Packed> {
  let file: FileHandle
  if (path === STANDARD) {
    const folder = mkdtempSync(join(tmpdir(), 'siaga-'))
    file = await open(join(folder, 'in'), 'wx+', 0o600)
    rmSync(folder, { recursive: true })
    for await (const part of process.stdin as AsyncIterable<Buffer>) await file.writeFile(part)
  } else file = await open(resolve(path), 'r')
  return {
    stream: () => createReadStream('', { fd: file, start: 0, autoClose: false }),
    close: () => file.close(),
  }
}
