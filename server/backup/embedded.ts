import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { sessionOn, type Session } from '../db/database.ts'
import { attach, lockIn, openEmbedded, prepareSockets } from '../db/embedded.ts'
import { holdFolder, IN_USE } from '../db/folder_lock.ts'
import { comingTo, settleSwap } from '../db/folder_swap.ts'
import { ownBeside } from './file.ts'
import { refreshCopy, type Copied } from './folder_copy.ts'

type Progress = (text: string) => void

/** What changed is copied for this long while requests wait; what is left then is gone through again without holding them. */
const HOLD_MS = 150
const TRIES = 8

async function onSocket<T>(host: string, work: (session: Session) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(sessionOn(client))
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Runs `work` on the embedded database that lies in `folder`/pg and that nobody else uses. */
export async function onFolder<T>(
  folder: string,
  progress: Progress,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { socket_dir, close } = await openEmbedded(folder, 'command', progress)
  try {
    return await onSocket(socket_dir, work)
  } finally {
    await close()
  }
}

/**
 * Copies the folder of a running database as it is between two transactions. A transaction of our own holds the one session (db/wire_mux.ts), all is written
 * out, and what changed since a first copy is copied again; a killed holder is rolled back. Answers the milliseconds others waited at most.
 */
async function copyRunning(from: string, to: string, session: Session): Promise<number> {
  const copied: Copied = new Map()
  let held_ms = 0
  for (let tries = 1; ; tries++) {
    await session.execute('checkpoint')
    refreshCopy(from, to, copied, Infinity)
    await session.execute('begin')
    const since = Date.now()
    try {
      await session.execute('checkpoint')
      if (refreshCopy(from, to, copied, tries < TRIES ? since + HOLD_MS : Infinity))
        return Math.max(held_ms, Date.now() - since)
    } finally {
      await session.execute('rollback')
      held_ms = Math.max(held_ms, Date.now() - since)
    }
  }
}

export interface Read<T> {
  result: T
  /** Milliseconds that requests of a running server waited; null: none runs. */
  held_ms: number | null
}

/** Runs `work` on a copy of the embedded database of a data folder, beside a running server or without one. */
export async function onEmbeddedCopy<T>(
  dataDir: string,
  progress: Progress,
  work: (session: Session) => Promise<T>,
): Promise<Read<T>> {
  const pgFolder = join(dataDir, 'pg')
  if (!existsSync(join(pgFolder, 'PG_VERSION')) && !existsSync(comingTo(pgFolder)))
    throw new Error(`Tidak ada basis data di ${dataDir}. Periksa SIAGA_DATA atau DATABASE_URL.`)
  const copy = ownBeside(pgFolder, 'copy')
  const to = join(copy, 'pg')
  mkdirSync(to, { recursive: true, mode: 0o700 })
  try {
    const sockets = prepareSockets(dataDir)
    const running = await attach(sockets)
    let held_ms: number | null = null
    progress('menyalin basis data tertanam')
    if (running) {
      try {
        held_ms = await onSocket(running.socket_dir, (session) => copyRunning(pgFolder, to, session))
      } finally {
        await running.close()
      }
    } else {
      const letGo = await holdFolder(lockIn(sockets))
      try {
        settleSwap(pgFolder)
        refreshCopy(pgFolder, to, new Map(), Infinity)
      } finally {
        letGo()
      }
    }
    return { result: await onFolder(copy, progress, work), held_ms }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/**
 * Makes a database beside that of a data folder and puts it in its place when it is whole: killed at any moment, the folder holds the one or the other. It
 * begins as a copy of what is there, which `fill` may look at and refuse; `anew`: where that cannot be opened any more, or nothing is there, as an empty
 * one (`fill` hears it). Throws while a server runs on the folder.
 */
export async function replaceEmbedded<T>(
  dataDir: string,
  { anew, progress }: { anew: boolean; progress: Progress },
  fill: (session: Session, there: boolean) => Promise<T>,
): Promise<T> {
  const sockets = prepareSockets(dataDir)
  const letGo = await holdFolder(lockIn(sockets)).catch((error: unknown) => {
    throw error instanceof Error && error.message === IN_USE
      ? new Error(`Server masih berjalan di ${dataDir}. Hentikan dahulu; cadangan tidak dipulihkan di bawahnya.`)
      : error
  })
  const pgFolder = join(dataDir, 'pg')
  const beside = ownBeside(pgFolder, 'restoring')
  const coming = join(beside, 'pg')
  try {
    settleSwap(pgFolder)
    const there = existsSync(join(pgFolder, 'PG_VERSION'))
    mkdirSync(beside, { mode: 0o700 })
    let opened = false
    const filled = (was_there: boolean) =>
      onFolder(beside, progress, (session) => {
        opened = true
        return fill(session, was_there)
      })
    if (there) refreshCopy(pgFolder, coming, new Map(), Infinity)
    const result = await filled(there).catch((error: unknown) => {
      if (opened || !there || !anew) throw error
      progress('basis data lama tidak dapat dibuka; dibuat baru')
      rmSync(coming, { recursive: true })
      return filled(false)
    })
    renameSync(coming, comingTo(pgFolder))
    settleSwap(pgFolder)
    return result
  } finally {
    rmSync(beside, { recursive: true, force: true })
    letGo()
  }
}
