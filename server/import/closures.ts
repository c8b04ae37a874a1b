import type { Database } from '../db/database.ts'
import { inBatches } from './batches.ts'
import type { FileRows } from './duplicates.ts'
import { depthCm } from './fields.ts'
import type { LayerName } from './layers.ts'
import type { LayerRow } from './read_layer.ts'
import { ALREADY_OVER } from './refused.ts'

/** A closure as functions/closure_import.sql takes it. */
export interface ImportedClosure {
  kind: string
  reason: string
  geom: string
  depth_cm: number | null
  speed_factor: number
  /** ISO 8601. */
  starts_at: string
  ends_at: string
}

const KINDS: Readonly<Record<string, string>> = {
  ...{ road: 'road', jalan: 'road', ruas: 'road', area: 'area', bidang: 'area', kawasan: 'area' },
  ...{ rob: 'rob', banjir: 'rob', genangan: 'rob' },
}
const LONGEST_REASON = 200
const DEEPEST_CM = 500
const DAY_MS = 86_400_000

/**
 * An instant as offices write it: ISO 8601, in WIB where it names no offset, with a blank for the T. A day alone is its midnight, or as an
 * end the midnight after it. null for anything else.
 */
export function instantOf(text: string, end: boolean): number | null {
  const [, day, time, offset] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:?\d{2})?$/.exec(text.trim()) ?? []
  if (day === undefined || (time === undefined && offset !== undefined)) return null
  const at = Date.parse(`${day}T${time ?? '00:00'}${offset ?? '+07:00'}`)
  if (Number.isNaN(at) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null
  return time === undefined && end ? at + DAY_MS : at
}

/** Rows of layer `closure` with everything worked out (`fields` as {@link ImportedClosure} has them), or refused by row and field. */
export async function judgeClosures(db: Database, files: ReadonlyMap<LayerName, FileRows[]>, now: Date): Promise<void> {
  for (const file of files.get('closure') ?? []) {
    const kept: LayerRow[] = []
    await inBatches(file.rows, async (batch) => {
      const shapes = await db.rows<{ fault: string | null; area: boolean }>('import_closure_faults', {
        rows: batch.map(({ geom }, i) => ({ i, geom })),
        // The city it is judged by comes with this very import.
        anywhere: files.has('kelurahan'),
      })
      for (const [i, row] of batch.entries()) {
        const { fault, area } = shapes[i]
        const reason = readClosure(row, area, now.getTime()) ?? fault
        if (reason === null) kept.push(row)
        else file.report.refused.push({ row: row.row, name: row.name, reason })
      }
    })
    file.rows = kept
    file.report.refused.sort((a, b) => a.row - b.row)
  }
}

/** Works out the fields of a row in place; answers why it cannot be taken. */
function readClosure({ fields }: LayerRow, area: boolean, now: number): string | null {
  const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : '')
  const number = (field: string) => (typeof fields[field] === 'number' ? fields[field] : null)
  const depth_cm = number('depth_cm') ?? depthCm(text('depth') || null)
  const factor = number('speed_factor')
  const kind =
    text('kind') === '' ? (depth_cm === null ? (area ? 'area' : 'road') : 'rob') : KINDS[text('kind').toLowerCase()]
  if (kind === undefined) return `kind '${text('kind')}' bukan jalan, area, atau rob`
  if (text('reason').length > LONGEST_REASON) return `reason lebih dari ${LONGEST_REASON} huruf`
  if (factor !== null && (factor < 0 || factor > 1)) return `speed_factor bukan 0 sampai 1: ${factor}`
  if (depth_cm !== null && depth_cm > DEEPEST_CM) return `depth_cm di atas ${DEEPEST_CM}: ${depth_cm}`
  if (factor === null && depth_cm === null)
    return 'speed_factor dan depth_cm kosong: tertutup (0), melambat, atau sedalam apa?'
  const [starts, ends] = [instantOf(text('starts_at'), false), instantOf(text('ends_at'), true)]
  if (starts === null) return `starts_at bukan waktu: '${text('starts_at')}'`
  if (ends === null) return `ends_at bukan waktu: '${text('ends_at')}'`
  if (ends <= starts) return 'ends_at tidak sesudah starts_at'
  if (ends <= now) return ALREADY_OVER
  Object.assign(fields, { kind, depth_cm, speed_factor: factor ?? 1 })
  Object.assign(fields, { starts_at: new Date(starts).toISOString(), ends_at: new Date(ends).toISOString() })
  return null
}

export const closureContent = (rows: readonly LayerRow[]): ImportedClosure[] =>
  rows.map(({ fields, geom }) => ({
    kind: String(fields.kind),
    reason: String(fields.reason),
    geom: geom ?? '',
    depth_cm: typeof fields.depth_cm === 'number' ? fields.depth_cm : null,
    speed_factor: Number(fields.speed_factor),
    starts_at: String(fields.starts_at),
    ends_at: String(fields.ends_at),
  }))
