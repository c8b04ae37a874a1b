import { latLngToCell } from 'h3-js'
import { cellsOf, isFineEnough, LADDER, type AreaStages, type CellLevel } from '../../geo/stats/cells.ts'
import type { SlaCell } from '../../geo/wire/stats.ts'
import type { Services } from '../services.ts'

export interface CellsQuery {
  /** Instants, `to` exclusive. */
  from: string
  to: string
  stage: 'agent' | 'opd' | 'fire'
  /** H3 7 to 10, however thin; without it the finest level that is fine enough (geo/stats/cells.ts). */
  resolution?: number
}

interface AreaRow {
  area: string | null
  lon: number | null
  lat: number | null
  open: number
  codes: Buffer
}

function stagesOf(rows: readonly AreaRow[], level: CellLevel): AreaStages[] {
  const resolution = Number(level.slice('h3-'.length))
  const found = new Map<string, { open: number; parts: Buffer[] }>()
  for (const { area, lon, lat, open, codes } of rows) {
    const at = area ?? latLngToCell(lat ?? 0, lon ?? 0, resolution)
    const known = found.get(at)
    if (known) {
      known.open += open
      known.parts.push(codes)
    } else found.set(at, { open, parts: [codes] })
  }
  return [...found].map(([area, { open, parts }]) => {
    // Most significant byte first, as SQL wrote them: turned in place, 4 bytes at a time.
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    Buffer.from(bytes.buffer).swap32()
    return { area, open, codes: new Int32Array(bytes.buffer) }
  })
}

/** The SLA heat of a period, for wall, page and files. */
export async function slaCellsOf(
  { db, simulated }: Pick<Services, 'db' | 'simulated'>,
  { from, to, stage, resolution }: CellsQuery,
  now: Date,
): Promise<SlaCell[]> {
  const at = async (level: CellLevel) =>
    cellsOf(stagesOf(await db.rows<AreaRow>('stats_cells', { from, to, stage, level, now, simulated }), level), level)
  if (resolution !== undefined) return at(`h3-${resolution}`)
  let cells: SlaCell[] = []
  for (const level of LADDER) {
    cells = await at(level)
    if (isFineEnough(cells)) break
  }
  return cells
}
