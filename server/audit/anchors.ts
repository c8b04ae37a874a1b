import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { instant, uuid } from '../../geo/wire/primitives.ts'
import type { Executor } from '../db/database.ts'
import { makeFolder } from '../folder.ts'
import { BrokenLog } from './chain.ts'
import type { Restore } from './restores.ts'

/** What the head of the log was at some moment, noted outside the database. */
export const anchor = z.object({
  at: instant,
  log_id: uuid,
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Anchor = z.infer<typeof anchor>

/**
 * The anchors of a file, one JSON line each, oldest first; none when there is no file yet. A last line without its end is one whose writing was
 * cut off, and is no anchor. Throws {@link BrokenLog} at any other line that is none.
 */
export function readAnchors(path: string): Anchor[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  lines.pop()
  return lines.map((line, index) => {
    const read = anchor.safeParse(parse(line))
    if (!read.success) throw new BrokenLog(`Berkas jangkar, baris ${index + 1}: bukan jangkar.`)
    return read.data
  })
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Appends one anchor and has it on the disk when it returns; what an interrupted writing left behind is ended before it. */
export function appendAnchor(path: string, added: Anchor): void {
  makeFolder(dirname(path))
  const torn = existsSync(path) && readFileSync(path, 'utf8').split('\n').pop() !== ''
  if (torn) dropTail(path)
  const file = openSync(path, 'a', 0o600)
  try {
    writeSync(file, `${JSON.stringify(added)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function dropTail(path: string): void {
  const text = readFileSync(path, 'utf8')
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, text.slice(0, text.lastIndexOf('\n') + 1))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Where the log went on in another cluster or on another timeline (sql/functions/log_follow.sql): of log `log_id` it has the lines up to `seq`. */
interface Move {
  log_id: string
  seq: number
  at: string
}

export interface Held {
  /** Heads that the log was held against. */
  anchors: number
  /** Lines that were noted and that the copy never got which was promoted, or the backup: for people, one sentence each. */
  lost: string[]
}

/**
 * Holds the log against what was noted of it: a log that was cut, or written anew with a chain that fits, is not the one of the anchors. Anchors of
 * a log that this one says it continues (a backup restored, a copy promoted) hold up to where it does; what lay beyond is told, not called tampering:
 * of a restore by restoresOf, of a promotion as `lost`. Anchors of any other log say nothing. Throws {@link BrokenLog}.
 */
export async function holdAgainst(
  db: Executor,
  anchors: readonly Anchor[],
  restores: readonly Restore[],
): Promise<Held> {
  const { log_id, seq: head } = await db.one<{ seq: number; log_id: string }>('live_head')
  const moves = new Map((await db.rows<Move>('audit_moves')).map((move) => [move.log_id, move]))
  const until = new Map(restores.map(({ former_log_id, seq }) => [former_log_id, seq]))
  for (const move of moves.values()) until.set(move.log_id, move.seq)
  const noted = anchors.filter((each) => each.seq > 0)
  const last = noted.filter((each) => each.log_id === log_id).at(-1)
  if (last && last.seq > head)
    throw new BrokenLog(`Ujung catatan terpotong: pada ${last.at} kepalanya sudah di ${last.seq}, kini di ${head}.`)
  const own = noted.filter((each) => each.log_id === log_id || each.seq <= (until.get(each.log_id) ?? 0))
  const rows = await db.rows<{ seq: number; hash: string }>('audit_hashes', { seqs: own.map(({ seq }) => seq) })
  const hashes = new Map(rows.map(({ seq, hash }) => [seq, hash]))
  for (const each of own)
    if (hashes.get(each.seq) !== each.hash)
      throw new BrokenLog(
        `Baris ${each.seq} bukan yang tercatat di luar basis data pada ${each.at}: catatan ditulis ulang.`,
      )
  const lost = [...moves.values()].flatMap((move) => {
    const beyond = noted.filter((each) => each.log_id === move.log_id && each.seq > move.seq).at(-1)
    return beyond
      ? `Basis data berpindah pada ${move.at} (cadangan diangkat atau salinan dipulihkan): baris ${move.seq + 1} sampai ${beyond.seq}, tercatat di luar pada ${beyond.at}, tidak ikut.`
      : []
  })
  return { anchors: own.length, lost }
}
