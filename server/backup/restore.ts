import { appendAnchor } from '../audit/anchors.ts'
import type { Config } from '../config.ts'
import type { Session } from '../db/database.ts'
import { erasuresFile, notedErasures } from '../privacy/noted_erasures.ts'
import { replaceEmbedded } from './embedded.ts'
import { openPacked } from './file.ts'
import { worldOf, type Head, type LastLine, type World } from './format.ts'
import { checkSchema, loadBackup, type Replaced, type Restored } from './load.ts'
import { onPostgres } from './postgres.ts'
import { verifyBackup } from './read.ts'

interface There extends Replaced {
  incidents: number
  calls: number
  accounts: number
  real: boolean
  simulated: boolean
}

const WORDS: Record<World, string> = { real: 'kejadian sungguhan', simulated: 'simulasi', none: 'tanpa kejadian' }

/** What a restore takes the place of; refuses to mix worlds, and to take the place of somebody's work unasked. */
async function lookAt(there: Session, head: Head, replace: boolean): Promise<Replaced | null> {
  if (!(await there.value<boolean>('restore_target'))) return null
  const { incidents, calls, accounts, real, simulated, ...replaced } = await there.one<There>('restore_replaced')
  const [coming, here] = [worldOf(head.holds), worldOf({ real, simulated })]
  if (coming !== here && coming !== 'none' && here !== 'none')
    throw new Error(
      `Cadangan ini memuat ${WORDS[coming]}, basis data ini ${WORDS[here]}: keduanya tidak dicampur. Pakai SIAGA_DATA atau DATABASE_URL lain.`,
    )
  if (!replace && incidents + calls + accounts > 0)
    throw new Error(
      `Basis data ini memuat ${incidents} kejadian, ${calls} panggilan, ${accounts} akun. Tambahkan --replace untuk menggantinya; yang ada kini hilang.`,
    )
  return replaced
}

export interface RestoreOptions {
  replace: boolean
  now: Date
  progress: (text: string) => void
}

export interface Outcome extends Restored {
  head: Head
  last: LastLine
  replaced: Replaced | null
}

/**
 * Puts a backup in the place of what the configured database holds: whole, or nothing at all. All of the file is verified before anything is touched. The
 * new head of the log is then noted outside the database. Throws an Error with one line that says why not.
 */
export async function restoreBackup(
  config: Pick<Config, 'database_url' | 'data_dir' | 'anchors_file'>,
  path: string,
  { replace, now, progress }: RestoreOptions,
): Promise<Outcome> {
  const packed = await openPacked(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cadangan ${path} tidak dapat dibaca (${error.code}).`, { cause: error })
  })
  try {
    progress('memeriksa berkas')
    const { head, last } = await verifyBackup(packed)
    checkSchema(head)
    const erasures = await notedErasures(erasuresFile(config))
    const fill = async (session: Session, there: boolean): Promise<Outcome> => {
      const replaced = there ? await lookAt(session, head, replace) : null
      const simulated = worldOf(head.holds) === 'simulated'
      const restored = await loadBackup(session, { packed, head, last, replaced, erasures, simulated, now, progress })
      return { ...restored, head, last, replaced }
    }
    const outcome =
      config.database_url === null
        ? await replaceEmbedded(config.data_dir, { anew: replace, progress }, fill)
        : await onPostgres(config.database_url, (session) => fill(session, true))
    const { log_id, seq, hash } = outcome
    appendAnchor(config.anchors_file, { at: now.toISOString(), log_id, seq, hash })
    return outcome
  } finally {
    await packed.close()
  }
}
