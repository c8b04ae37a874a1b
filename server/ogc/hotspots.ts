import { wibDay } from '../../geo/sla/shift.ts'
import { studiedCells } from '../stats/hotspot_cells.ts'
import { readHistory } from '../stats/hotspot_history.ts'
import { hexagon } from './hexagon.ts'
import { wholeCollection } from './whole.ts'

export const hotspots = wholeCollection({
  id: 'hotspots',
  title: 'Titik rawan',
  description:
    'Sel H3-8 kota dengan Gi*, p, tanda FDR dan pola dua belas bulan. datetime memilih bulannya (bulan WIB dari awalnya); tanpa itu bulan lengkap terakhir.',
  permission: 'stats.read',
  temporal: true,
  async all(services, { from, to, now }) {
    const at = from ?? to
    // What has not begun has no map.
    if (at !== null && at > now) return []
    const month = at === null ? undefined : wibDay(at.getTime()).slice(0, 7)
    const { cells } = studiedCells(await readHistory(services, { month }, now), services.city)
    return cells.map((cell) => ({
      type: 'Feature' as const,
      id: cell.h3,
      geometry: hexagon(cell.h3),
      properties: {
        month: cell.month,
        complete: cell.complete,
        incidents: cell.incidents,
        around: cell.around,
        kelurahan_code: cell.kelurahan_code,
        kelurahan: cell.kelurahan,
        place: cell.place,
        z: cell.z,
        p: cell.p,
        q: cell.q,
        significant: cell.significant,
        too_few: cell.too_few,
        trend_class: cell.trend?.class ?? null,
        last_year: cell.last_year,
        previous_z: cell.previous?.z ?? null,
        simulated: services.simulated,
      },
    }))
  },
})
