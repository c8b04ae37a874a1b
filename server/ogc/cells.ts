import { slaCellsOf } from '../stats/sla_cells.ts'
import { hexagon } from './hexagon.ts'
import { periodAsked } from './period.ts'
import { wholeCollection } from './whole.ts'

const RESOLUTION = 9

export const cells = wholeCollection({
  id: 'cells',
  title: 'Kepatuhan OPD per sel',
  description:
    'Sel H3-9 yang ada kejadiannya dengan tahap OPD (35 menit): n, lewat batas, bagian dengan Wilson 95 %, median Kaplan-Meier. n kecil tidak berkata apa-apa: beri warna mulai n = 5. datetime memilih periodenya, tanpa itu 12 bulan terakhir.',
  permission: 'stats.read',
  temporal: true,
  async all(services, asked) {
    const period = periodAsked(asked, { months: 12 })
    if (period === null) return []
    const rows = await slaCellsOf(services, { ...period, stage: 'opd', resolution: RESOLUTION }, asked.now)
    return rows.flatMap(({ h3, n, breached, running, share, low, high, median_seconds, open }) =>
      h3 === null
        ? []
        : [
            {
              type: 'Feature' as const,
              id: h3,
              geometry: hexagon(h3),
              properties: {
                ...{ ...period, n, breached, running, share, low, high, median_seconds, open },
                simulated: services.simulated,
              },
            },
          ],
    )
  },
})
