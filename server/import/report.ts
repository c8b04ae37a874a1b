/** One row of a file and what is to be said about it. */
export interface RowNote {
  row: number
  name: string | null
  reason: string
}

/** What became of one file. */
export interface FileReport {
  layer: string
  file: string
  read: number
  taken: number
  /** Taken after a repair. */
  repaired: RowNote[]
  refused: RowNote[]
  /** Left out because the same thing is there already. */
  duplicates: RowNote[]
  notes: string[]
}

export interface ImportReport {
  source: string
  status: 'done' | 'unchanged' | 'failed'
  city: { code: string; name: string } | null
  files: FileReport[]
  /** Why nothing was taken over, when it failed. */
  faults: string[]
  /** What was found about the layers as wholes. */
  notes: string[]
  /** Layers that are new now. */
  layers: { layer: string; row_count: number }[]
  seconds: number
  /** How long the one transaction took that made it the city; 0 when there was none. */
  swap_ms: number
}

/** The report of an import that has taken nothing over yet, or never will for these faults. */
export const failedReport = (source: string, faults: string[] = []): ImportReport => ({
  source,
  status: 'failed',
  city: null,
  files: [],
  faults,
  notes: [],
  layers: [],
  seconds: 0,
  swap_ms: 0,
})

const line = (mark: string, { row, name, reason }: RowNote) =>
  `    ${mark} baris ${row}${name ? ` (${name})` : ''}: ${reason}`

/** The report as lines for people: every row that was not taken as it stood has a line of its own. */
export function printReport(report: ImportReport): string[] {
  const out: string[] = []
  for (const file of report.files) {
    const counts = [
      `${file.taken} dari ${file.read} baris diambil`,
      file.repaired.length ? `${file.repaired.length} diperbaiki` : '',
      file.refused.length ? `${file.refused.length} ditolak` : '',
      file.duplicates.length ? `${file.duplicates.length} ganda` : '',
    ].filter(Boolean)
    out.push(`  ${file.layer.padEnd(10)} ${file.file}: ${counts.join(', ')}`)
    out.push(
      ...file.repaired.map((note) => line('diperbaiki', note)),
      ...file.refused.map((note) => line('ditolak', note)),
    )
    out.push(...file.duplicates.map((note) => line('ganda', note)), ...file.notes.map((note) => `    catatan: ${note}`))
  }
  out.push(...report.notes.map((note) => `  ${note}`))
  if (report.status === 'failed') {
    out.push('Impor GAGAL, tidak ada yang berubah:', ...report.faults.map((fault) => `  ${fault}`))
  } else if (report.status === 'unchanged') {
    out.push(`Tidak ada yang berubah: isi sama dengan yang sudah ada (${report.seconds.toFixed(1)} detik)`)
  } else {
    out.push(
      `Selesai dalam ${report.seconds.toFixed(1)} detik (penukaran ${Math.round(report.swap_ms)} ms): ${report.layers.map(({ layer, row_count }) => `${layer} ${row_count}`).join(', ') || 'data induk'}`,
    )
  }
  return out
}
