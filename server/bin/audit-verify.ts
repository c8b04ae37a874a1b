/**
 * `npm run audit:verify`: walks the hash chain of the log; names the first line that was changed, removed or reordered, the
 * first column that tells something else than its line, and a head that is not the last line.
 */
import { command } from '../command.ts'

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

const BATCH = 1_000

await command(async ({ db, say, progress }) => {
  let previous = '0'.repeat(64)
  let seq = 0
  for (;;) {
    const rows = await db.rows<Head & (Line | { seq: null })>('audit_lines', { since: seq, previous, limit: BATCH })
    const lines = rows.filter((row) => row.seq !== null)
    for (const line of lines) {
      if (line.seq !== seq + 1)
        throw new Error(`Baris ${seq + 1} hilang dari catatan (sesudah ${seq} datang ${line.seq}).`)
      if (!line.chained) throw new Error(`Baris ${line.seq} tidak cocok dengan rantai: isinya, atau urutannya, diubah.`)
      if (line.differing !== null)
        throw new Error(`Baris ${line.seq}: kolom ${line.differing} tidak sama dengan isi yang dirantai.`)
      previous = line.hash
      seq = line.seq
    }
    if (seq % 50_000 === 0 && lines.length === BATCH) progress(`${seq} baris diperiksa`)
    if (lines.length === BATCH) continue
    // Read with the last lines in one statement, so that what is appended meanwhile is in both or in neither.
    const head = rows.at(0)
    if (!head) throw new Error('Kepala catatan tidak ada.')
    if (head.head_seq > seq)
      throw new Error(`Ujung catatan terpotong: kepala di ${head.head_seq}, baris terakhir ${seq}.`)
    if (head.head_seq < seq)
      throw new Error(`Kepala catatan tertinggal: kepala di ${head.head_seq}, baris terakhir ${seq}.`)
    if (head.head_hash !== previous)
      throw new Error(`Hash kepala catatan tidak sama dengan hash baris terakhir, ${seq}.`)
    break
  }
  say(`Rantai utuh: ${seq} baris, hash terakhir ${previous}`)
})
