/** `npm run audit:verify`: walks the hash chain of the log; names the first line that was changed, removed or reordered. */
import { createHash } from 'node:crypto'
import { command } from '../command.ts'

interface Line {
  seq: number
  line: string
  hash: string
}

const BATCH = 1_000

await command(async ({ db, say, progress }) => {
  let previous = '0'.repeat(64)
  let seq = 0
  for (;;) {
    const lines = await db.rows<Line>('audit_lines', { since: seq, limit: BATCH })
    for (const line of lines) {
      if (line.seq !== seq + 1)
        throw new Error(`Baris ${seq + 1} hilang dari catatan (sesudah ${seq} datang ${line.seq}).`)
      const expected = createHash('sha256')
        .update(previous + line.line)
        .digest('hex')
      if (expected !== line.hash)
        throw new Error(`Baris ${line.seq} tidak cocok dengan rantai: isinya, atau urutannya, diubah.`)
      if ((JSON.parse(line.line) as { seq: number }).seq !== line.seq)
        throw new Error(`Baris ${line.seq} membawa nomor lain di dalamnya: urutannya diubah.`)
      previous = line.hash
      seq = line.seq
    }
    if (lines.length < BATCH) break
    if (seq % 50_000 === 0) progress(`${seq} baris diperiksa`)
  }
  const head = await db.one<{ seq: number }>('live_head')
  if (head.seq > seq && !(await db.rows<Line>('audit_lines', { since: seq, limit: 1 })).length)
    throw new Error(`Ujung catatan terpotong: kepala di ${head.seq}, baris terakhir ${seq}.`)
  say(`Rantai utuh: ${seq} baris, hash terakhir ${previous}`)
})
