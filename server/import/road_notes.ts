import type { RoadNetwork } from '../../geo/roads/types.ts'
import type { LayerRow } from './read_layer.ts'

const km = (metres: number) => `${(metres / 1000).toFixed(metres < 10_000 ? 2 : 1)} km`

/** What is to be said about a road network: its size, every part that cannot be reached from the rest. */
export function roadNotes({ edges, nodes, components }: RoadNetwork): string[] {
  const total = components.reduce((sum, { metres }) => sum + metres, 0)
  const named = edges.filter((edge) => edge.name !== null).reduce((sum, { metres }) => sum + metres, 0)
  const crossings = nodes.filter((node) => node.level_crossing).length
  const notes = [
    `jalan: ${edges.length} ruas, ${nodes.length} simpul, ${km(total)}, ${Math.round((named / total) * 100)} % bernama, ${crossings} perlintasan kereta; bagian terbesar ${km(components[0].metres)}`,
  ]
  for (const { component, metres, edge_count } of components.slice(1)) {
    const spot = edges.find((edge) => edge.component === component)?.coordinates[0] ?? [0, 0]
    notes.push(
      `jalan: bagian terputus dari jaringan: ${km(metres)}, ${edge_count} ruas, dekat ${spot[0].toFixed(5)}, ${spot[1].toFixed(5)}`,
    )
  }
  return notes
}

/** What noding took out of a row, or that it took all, to the report of the row's file; one line a row. */
export function noteDropped(roads: readonly LayerRow[], { dropped }: RoadNetwork): void {
  const reasons = new Map<number, string[]>()
  for (const { source_row, reason } of dropped)
    reasons.set(source_row, [...(reasons.get(source_row) ?? []), inIndonesian(reason, roads)])
  for (const [source_row, said] of reasons) {
    const { row, name, report } = roads[source_row]
    report.repaired.push({ row, name, reason: said.join('; ') })
  }
}

/** The reasons of geo/roads/node.ts in the words of the report, row numbers those of the file. */
function inIndonesian(reason: string, roads: readonly LayerRow[]): string {
  return reason
    .replace(/^piece of ([\d.]+) m merged into a junction$/, 'potongan $1 m menyatu dengan simpang')
    .replace(
      /^piece of ([\d.]+) m is a double of row (\d+)/,
      (_, metres: string, other: string) =>
        `potongan ${metres} m sama dengan baris ${roads[Number(other)]?.row ?? other}`,
    )
    .replace(/, one-way by one of them and so kept$/, ', yang satu searah: arahnya dipakai')
    .replace(/, one-way in opposite directions and so two-way$/, ', arahnya berlawanan: dijadikan dua arah')
    .replace(/^zero length$/, 'tanpa panjang')
}
