import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { instant, uuid } from '../../geo/wire/primitives.ts'
import type { Config } from '../config.ts'

const line = z.object({ at: instant, incident_id: uuid })

/** Beside the heads of the log, outside the database: ids of cases that were erased on request, nothing of what they held. */
export const erasuresFile = ({ anchors_file }: Pick<Config, 'anchors_file'>): string =>
  join(dirname(anchors_file), 'erasures.jsonl')

/** Notes an erasure where a restored database does not take it back, on a line of its own whatever a writing that was cut off left. Throws when the file cannot be written. */
export async function noteErasure(file: string, incident_id: string, at: Date): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `\n${JSON.stringify({ at: at.toISOString(), incident_id })}\n`, { mode: 0o600, flush: true })
}

/** Every case noted, once. A line half written when the power went is left out. */
export async function notedErasures(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const ids = text.split('\n').flatMap((each) => {
    try {
      return [line.parse(JSON.parse(each)).incident_id]
    } catch {
      return []
    }
  })
  return [...new Set(ids)]
}
