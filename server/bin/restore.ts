/**
 * `npm run restore -- FILE [--replace]`: puts a backup in the place of what the database holds, whole or not at all; `-` is standard input. A backup of an
 * older schema is brought to this program's. On the embedded database no server may run.
 */
import { parseArgs } from 'node:util'
import { restoreBackup } from '../backup/restore.ts'
import { program } from '../command.ts'
import { readConfig } from '../config.ts'

await program(async (progress) => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' } } })
  const [path] = positionals
  if (positionals.length !== 1) throw new Error('Pakai: restore -- BERKAS [--replace] (- untuk masukan standar)')
  const { head, last, replaced, seq, ended, stay, erased_again, erased_later } = await restoreBackup(
    readConfig(process.env),
    path,
    { replace: values.replace ?? false, now: new Date(), progress },
  )
  const say = (text: string) => void process.stdout.write(`${text}\n`)
  say(`Dipulihkan: keadaan per ${head.made_at}, ${head.holds.incidents} kejadian, sha256 ${last.sha256}`)
  say(`Catatan dilanjutkan di baris ${seq} (log.restored) dengan log_id baru; cadangan sampai baris ${head.log.seq}`)
  if (replaced && replaced.log_id === head.log.log_id && replaced.seq > head.log.seq)
    say(`${replaced.seq - head.log.seq} baris sesudah cadangan itu tidak ada lagi`)
  say(`${ended} sesi dan tautan diakhiri; kata sandi seperti pada waktu cadangan`)
  if (erased_again > 0) say(`${erased_again} kasus yang dihapus atas permintaan dihapus lagi`)
  if (erased_later > 0)
    say(
      `${erased_later} kasus yang dihapus atas permintaan masih terbuka atau ditahan dalam cadangan: dihapus begitu berakhir`,
    )
  if (stay.length > 0) say(`Yang masih berlaku (cabut yang tidak dikenal: npm run token -- --revoke ID):`)
  for (const { id, kind, role, label, created_at } of stay)
    say(`  ${[id, kind, role, `sejak ${created_at}`, label].join('  ')}`)
})
