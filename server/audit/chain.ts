import type { Executor } from '../db/database.ts'

interface Head {
  head_seq: number
  head_hash: string
}

interface Line {
  seq: number
  hash: string
  chained: boolean
  differing: string | null
}

/** The log, or what was noted of it outside the database, is not what was written. `message` names the first line that tells so. */
export class BrokenLog extends Error {}

const BATCH = 1_000
export const NO_HASH = '0'.repeat(64)

/**
 * Walks the hash chain of the log from its first line to its head, in short batches. Answers the last line's number and hash (of an empty log 0
 * and zeros). Throws {@link BrokenLog} at the first line that was changed, removed or reordered, the first column that tells something
 * else than its line, and a head that is not the last line.
 */
export async function walkChain(
  db: Executor,
  each?: (seq: number) => Promise<void> | void,
): Promise<{ seq: number; hash: string }> {
  let previous = NO_HASH
  let seq = 0
  for (;;) {
    const rows = await db.rows<Head & (Line | { seq: null })>('audit_lines', { since: seq, previous, limit: BATCH })
    const lines = rows.filter((row) => row.seq !== null)
    for (const line of lines) {
      if (line.seq !== seq + 1)
        throw new BrokenLog(`Baris ${seq + 1} hilang dari catatan (sesudah ${seq} datang ${line.seq}).`)
      if (!line.chained)
        throw new BrokenLog(`Baris ${line.seq} tidak cocok dengan rantai: isinya, atau urutannya, diubah.`)
      if (line.differing !== null)
        throw new BrokenLog(`Baris ${line.seq}: kolom ${line.differing} tidak sama dengan isi yang dirantai.`)
      previous = line.hash
      seq = line.seq
    }
    await each?.(seq)
    if (lines.length === BATCH) continue
    // Read with the last lines in one statement, so that what is appended meanwhile is in both or in neither.
    const head = rows.at(0)
    if (!head) throw new BrokenLog('Kepala catatan tidak ada.')
    if (head.head_seq > seq)
      throw new BrokenLog(`Ujung catatan terpotong: kepala di ${head.head_seq}, baris terakhir ${seq}.`)
    if (head.head_seq < seq)
      throw new BrokenLog(`Kepala catatan tertinggal: kepala di ${head.head_seq}, baris terakhir ${seq}.`)
    if (head.head_hash !== previous)
      throw new BrokenLog(`Hash kepala catatan tidak sama dengan hash baris terakhir, ${seq}.`)
    return { seq, hash: previous }
  }
}
