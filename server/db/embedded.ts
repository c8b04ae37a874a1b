import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from '../folder.ts'

/** A running embedded database: the folder for `host` of a pg connection, and how to end it. */
export interface Embedded {
  socket_dir: string
  /** Flushes and ends the database, as a command only after every other command has; lets go of it when another process owns it. */
  close(): Promise<void>
  /** Settles when the database process ended without being asked. */
  died: Promise<void>
}

const SOCKET = '.s.PGSQL.5432'
const MAX_SOCKET_PATH = 100
const FLUSH_MS = 4_000

/** Databases this process started that still run, and when each is gone. */
const own = new Map<ChildProcess, Promise<void>>()

/** Where the private sockets lie: in the data folder, or, when that path is too long for a socket, in the temporary folder. */
function socketDir(dataDir: string): string {
  const inside = join(dataDir, 'run')
  if (join(inside, SOCKET).length <= MAX_SOCKET_PATH) return inside
  return join(tmpdir(), `siaga-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)}`)
}

function open(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.on('connect', () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}

async function answers(path: string): Promise<boolean> {
  const probe = await open(path)
  probe?.destroy()
  return probe !== null
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export function prepareSockets(dataDir: string): string {
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

/** Where the folder is held, and where its database is spoken to while it runs. */
export const lockIn = (sockets: string): string => join(sockets, 'lock')

/** The running database of this folder, if some other process (the server) owns one: waits while it is still starting. */
export async function attach(sockets: string): Promise<Embedded | null> {
  const lock = lockIn(sockets)
  for (let tries = 0; await answers(lock); tries++) {
    // Held to the end, and silent: by it the owner knows of this process also while no statement is on its way.
    const claim = await open(join(sockets, SOCKET))
    if (claim)
      return { socket_dir: sockets, close: async () => void claim.destroy(), died: new Promise(() => undefined) }
    if (tries > 120)
      throw new Error('Basis data tertanam sedang dinyalakan proses lain dan belum siap setelah 60 detik. Coba lagi.')
    await pause(500)
  }
  return null
}

async function start(
  dataDir: string,
  sockets: string,
  as: 'server' | 'command',
  progress: (text: string) => void,
): Promise<Embedded> {
  const first = !existsSync(join(dataDir, 'pg', 'PG_VERSION'))
  progress(first ? 'membuat basis data tertanam (sekali saja, belasan detik)' : 'membuka basis data tertanam')
  // Bundled, the program lies beside this file; from source it runs through tsx.
  const [script, execArgv] = import.meta.env.PROD
    ? [join(import.meta.dirname, 'embedded.js'), []]
    : [join(import.meta.dirname, '../bin/embedded.ts'), ['--import', 'tsx']]
  const child = fork(script, [join(dataDir, 'pg'), join(sockets, SOCKET), lockIn(sockets)], {
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const errors: string[] = []
  child.stderr?.on('data', (data: Buffer) => errors.push(data.toString()))
  const exited = new Promise<void>((resolve) => {
    const gone = () => resolve(void own.delete(child))
    child.once('exit', gone)
    // Told also of a message or a signal that did not reach it; only one that could not be started has no end.
    child.on('error', () => child.pid === undefined && gone())
  })
  own.set(child, exited)
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
    child.once('error', (error) => reject(new Error(`Basis data tertanam gagal dinyalakan: ${error.message}`)))
  })
  const close = async () => {
    if (as === 'command') await untilUnused(child, exited, progress)
    await end(child, exited)
  }
  return { socket_dir: sockets, close, died: exited }
}

/** Until no other process uses the database that this command started; nobody can come to it after that. */
async function untilUnused(
  child: ChildProcess,
  exited: Promise<void>,
  progress: (text: string) => void,
): Promise<void> {
  const unused = new Promise<void>((resolve) =>
    child.on('message', (message: { unused?: boolean }) => {
      if (message.unused) resolve()
      else progress('menunggu perintah lain yang masih memakai basis data')
    }),
  )
  if (child.connected) child.send('close_when_unused')
  await Promise.race([unused, exited])
}

async function end(child: ChildProcess, exited: Promise<void>, patience_ms = FLUSH_MS): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  // One that is dying cannot be told any more; only its end is waited for.
  if (child.connected) child.send('close', () => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), patience_ms)
  await exited
  clearTimeout(timer)
}

/**
 * Ends the database this process started, also one that is still starting and that nobody holds yet: it may flush for
 * `patience_ms`, then it is killed. Resolves when it is gone.
 */
export async function endOwnEmbedded(patience_ms: number): Promise<void> {
  await Promise.all([...own].map(([child, exited]) => end(child, exited, patience_ms)))
}

/**
 * Opens the embedded database of a folder. `as: 'server'` must own it (waits up to 10 s for a dying owner, then says who
 * is in the way); `as: 'command'` uses a running server's, and starts one only when none runs, for as long as it or another
 * command needs it.
 */
export async function openEmbedded(
  dataDir: string,
  as: 'server' | 'command',
  progress: (text: string) => void,
): Promise<Embedded> {
  const sockets = prepareSockets(dataDir)
  while (as === 'command') {
    const running = await attach(sockets)
    if (running) return running
    try {
      return await start(dataDir, sockets, as, progress)
    } catch (error) {
      // Two commands at the same moment: the other one was first.
      if ((error as Error).message !== 'in_use') throw error
    }
  }
  for (let tries = 0; await answers(lockIn(sockets)); tries++) {
    if (tries === 0) progress('menunggu proses lain melepas folder data')
    if (tries >= 20)
      throw new Error(
        `Folder data ${dataDir} sedang dipakai server lain. Hentikan server itu, atau pakai SIAGA_DATA lain.`,
      )
    await pause(500)
  }
  return start(dataDir, sockets, as, progress)
}
