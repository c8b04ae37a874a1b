import type { Database } from '../db/database.ts'

/** Slivers from rounding; real boundaries differ by more. */
const TOLERANCE_M2 = 10

/** What is to be said about a staged kelurahan layer: its size, where two overlap, where nobody is responsible. */
export async function checkKelurahan(db: Database, version_id: number, codes: readonly string[]): Promise<string[]> {
  const { n, km2 } = await db.one<{ n: number; km2: number }>('import_check_area', { version_id })
  const notes = [`kelurahan: ${n} bidang, ${km2.toFixed(2)} km²`]
  for (const code of codes) {
    const overlaps = await db.rows<{ name: string; other: string; m2: number }>('import_check_overlap', {
      version_id,
      code,
      tolerance_m2: TOLERANCE_M2,
    })
    notes.push(
      ...overlaps.map(({ name, other, m2 }) => `kelurahan: ${name} dan ${other} tumpang tindih ${Math.round(m2)} m²`),
    )
  }
  const gaps = await db.rows<{ m2: number; lon: number; lat: number }>('import_check_gaps', {
    version_id,
    tolerance_m2: TOLERANCE_M2,
  })
  notes.push(
    ...gaps.map(({ m2, lon, lat }) => `kelurahan: celah ${Math.round(m2)} m² di ${lon.toFixed(5)}, ${lat.toFixed(5)}`),
  )
  if (notes.length === 1) notes[0] += ', tanpa celah dan tanpa tumpang tindih di atas 10 m²'
  return notes
}
