/**
 * `npm run audit:verify`: walks the hash chain of the log; names the first line that was changed, removed or reordered, the
 * first column that tells something else than its line, a head that is not the last line, and a log that is not the one
 * whose heads were noted outside the database. A restore from a backup is told, with the lines it cost.
 */
import { checkLog } from '../audit/check.ts'
import { restoreWords } from '../audit/restores.ts'
import { command } from '../command.ts'

await command(async ({ config, db, say, progress }) => {
  const { seq, hash, anchors, restores, lost } = await checkLog(db, config.anchors_file, (at) => {
    if (at > 0 && at % 50_000 === 0) progress(`${at} baris diperiksa`)
  })
  for (const each of restores) say(restoreWords(each))
  for (const each of lost) say(each)
  say(`Cocok dengan ${anchors} jangkar di luar basis data`)
  say(`Rantai utuh: ${seq} baris, hash terakhir ${hash}`)
})
