import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A running embedded database: the folder for `host` of a pg connection, and how to end it. */
export interface Embedded {
  socket_dir: string
  /** Flushes and ends the database; a no-op when another process owns it. */
  close(): Promise<void>
  /** Settles when the database process ended without being asked. */
  died: Promise<void>
}

const SOCKET = '.s.PGSQL.5432'
const MAX_SOCKET_PATH = 100

/** Where the private sockets lie: in the data folder, or, when that path is too long for a socket, in the temporary folder. */
function socketDir(dataDir: string): string {
  const inside = join(dataDir, 'run')
  if (join(inside, SOCKET).length <= MAX_SOCKET_PATH) return inside
  return join(tmpdir(), `siaga-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)}`)
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.on('connect', () => (probe.destroy(), resolve(true)))
    probe.on('error', () => resolve(false))
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Like mkdir -p. Node's own recursive mkdir never returns where a file system answers ENOENT to a mkdir (as /proc does). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

function prepare(dataDir: string): string {
  try {
    makeFolder(dataDir)
    accessSync(dataDir, constants.W_OK)
    const sockets = socketDir(dataDir)
    mkdirSync(sockets, { recursive: true, mode: 0o700 })
    return sockets
  } catch (error) {
    throw new Error(
      `Folder data ${dataDir} tidak dapat ditulis (${(error as NodeJS.ErrnoException).code}). Beri izin tulis, atau arahkan SIAGA_DATA ke folder lain.`,
    )
  }
}

/** The running database of this folder, if some other process (the server) owns one: waits while it is still starting. */
async function attach(sockets: string): Promise<Embedded | null> {
  const lock = join(sockets, 'lock')
  for (let tries = 0; await answers(lock); tries++) {
    if (await answers(join(sockets, SOCKET)))
      return { socket_dir: sockets, close: async () => undefined, died: new Promise(() => undefined) }
    if (tries > 120)
      throw new Error('Basis data tertanam sedang dinyalakan proses lain dan belum siap setelah 60 detik. Coba lagi.')
    await pause(500)
  }
  return null
}

async function start(dataDir: string, sockets: string, progress: (text: string) => void): Promise<Embedded> {
  const first = !existsSync(join(dataDir, 'pg', 'PG_VERSION'))
  progress(first ? 'membuat basis data tertanam (sekali saja, belasan detik)' : 'membuka basis data tertanam')
  // Bundled, the program lies beside this file; from source it runs through tsx.
  const [script, execArgv] = import.meta.env.PROD
    ? [join(import.meta.dirname, 'embedded.js'), []]
    : [join(import.meta.dirname, '../bin/embedded.ts'), ['--import', 'tsx']]
  const child = fork(script, [join(dataDir, 'pg'), join(sockets, SOCKET), join(sockets, 'lock')], {
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const errors: string[] = []
  child.stderr?.on('data', (data: Buffer) => errors.push(data.toString()))
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('message', (message: { ready?: boolean; error?: string }) =>
      message.ready
        ? resolve()
        : reject(
            new Error(message.error === 'in_use' ? 'in_use' : `Basis data tertanam gagal dinyalakan: ${message.error}`),
          ),
    )
    child.once('exit', (code) =>
      reject(new Error(`Basis data tertanam gagal dinyalakan (kode ${code}): ${errors.join('').slice(-500)}`)),
    )
  })
  return { socket_dir: sockets, close: () => end(child, exited), died: exited }
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (child.connected) child.send('close')
  const timer = setTimeout(() => child.kill('SIGKILL'), 4_000)
  await exited
  clearTimeout(timer)
}

/**
 * Opens the embedded database of a folder. `as: 'server'` must own it (waits up to 10 s for a dying owner, then says who
 * is in the way); `as: 'command'` uses a running server's, and starts one for its own duration only when none runs.
 */
export async function openEmbedded(
  dataDir: string,
  as: 'server' | 'command',
  progress: (text: string) => void,
): Promise<Embedded> {
  const sockets = prepare(dataDir)
  if (as === 'command') return (await attach(sockets)) ?? start(dataDir, sockets, progress)
  for (let tries = 0; await answers(join(sockets, 'lock')); tries++) {
    if (tries === 0) progress('menunggu proses lain melepas folder data')
    if (tries >= 20)
      throw new Error(
        `Folder data ${dataDir} sedang dipakai server lain. Hentikan server itu, atau pakai SIAGA_DATA lain.`,
      )
    await pause(500)
  }
  return start(dataDir, sockets, progress)
}
