import type { LonLat } from '../../geo/earth.ts'
import { placeTurns, type RoadTurn } from '../../geo/roads/turns.ts'
import type { RoadEdge, RoadNode } from '../../geo/roads/types.ts'
import type { FileRows } from './duplicates.ts'
import type { LayerRow } from './read_layer.ts'

/** Nobody waits longer for a turn; a larger number is in another unit. */
const LONGEST_S = 600

/** Refuses by row what is no turn: not one line of three points, or seconds that nobody waits. */
export function checkTurns(files: readonly FileRows[]): void {
  for (const file of files) {
    file.rows = file.rows.filter((row) => {
      const reason = faultOf(row)
      if (reason !== null) file.report.refused.push({ row: row.row, name: row.name, reason })
      return reason === null
    })
    file.report.refused.sort((a, b) => a.row - b.row)
  }
}

function faultOf({ lines, fields: { seconds } }: LayerRow): string | null {
  if (lines?.length !== 1 || lines[0].length !== 3)
    return 'belokan harus garis tiga titik: jalan asal, simpang, jalan tujuan'
  if (typeof seconds === 'number' && (seconds < 0 || seconds > LONGEST_S))
    return `seconds ${seconds} di luar 0 sampai ${LONGEST_S}`
  return null
}

const roadTurn = ({ fields, lines }: LayerRow, source_row: number): RoadTurn => {
  const [from, via, to] = (lines ?? [])[0] as [LonLat, LonLat, LonLat]
  return {
    source_row,
    from,
    via,
    to,
    seconds: typeof fields.seconds === 'number' ? fields.seconds : null,
    only: fields.only === true,
  }
}

/** Says of every turn that no junction of these roads has, by its row, that it will not count. */
export function noteUnplaced(
  rows: readonly LayerRow[],
  { nodes, edges }: { nodes: readonly RoadNode[]; edges: readonly RoadEdge[] },
): void {
  const { dropped } = placeTurns(nodes, edges, rows.map(roadTurn))
  for (const { source_row, reason } of dropped) {
    const { row, name, report } = rows[source_row]
    report.repaired.push({ row, name, reason: `tidak berlaku: ${inIndonesian(reason)}` })
  }
}

const inIndonesian = (reason: string): string =>
  reason
    .replace(/^no junction within (\d+) m$/, 'tidak ada simpang dalam $1 m')
    .replace('no road leaves the junction towards from', 'tidak ada jalan ke arah titik pertama')
    .replace('no road leaves the junction towards to', 'tidak ada jalan ke arah titik ketiga')
