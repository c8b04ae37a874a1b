import { z } from 'zod'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import { HOTSPOT_RESOLUTION, hotspotsOf } from '../../geo/stats/hotspots.ts'
import { hotspot } from '../../geo/wire/stats.ts'
import type { Hotspot } from '../../geo/wire/stats.ts'
import { cityCells } from '../city/city_cells.ts'
import { invalid } from '../errors.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const hotspotsQuery = z.object({
  month: z
    .string('harus bulan seperti 2026-10, satu kali saja')
    .refine((text) => /^(19|20|21)/.test(text) && wibMonthRange(text) !== null, 'bukan bulan seperti 2026-10')
    .describe('Bulan WIB seperti 2026-10; bila kosong, bulan lengkap terakhir')
    .optional(),
  incident_type: z.string('harus kode jenis kejadian, satu kali saja').describe('Kode jenis kejadian').optional(),
})

/** The WIB month before the one of an instant. */
export function lastFullMonth(now: Date): string {
  const first = Date.parse(`${wibDay(now.getTime()).slice(0, 7)}-01T00:00:00+07:00`)
  return wibDay(first - 1).slice(0, 7)
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** Where a month's incidents gather beyond chance. */
export const hotspotRoutes = ({ db, simulated, city }: Pick<Services, 'db' | 'simulated' | 'city'>): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/hotspots',
      permission: 'stats.read',
      query: hotspotsQuery,
      response: z.array(hotspot),
      summary:
        'Titik rawan satu bulan: setiap sel H3-8 kota (yang nol juga) dengan Gi*, p dan tanda FDR; bila tanpa bulan, bulan lengkap terakhir',
    },
    async ({ query, now }): Promise<Hotspot[]> => {
      const month = query.month ?? lastFullMonth(now)
      const range = wibMonthRange(month)
      if (range === null || range.from > now.getTime()) throw invalid('month', 'bulan itu belum mulai')
      const incident_type = query.incident_type ?? null
      if (incident_type !== null && !city.incident_types.some(({ code }) => code === incident_type))
        throw invalid('incident_type', 'jenis kejadian itu tidak ada')
      const points = await db.rows<{ lon: number; lat: number }>('stats_hotspots', {
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        now,
        simulated,
        incident_type,
      })
      const set = await cityCells(city, HOTSPOT_RESOLUTION)
      const { cells, too_few } = hotspotsOf(points, set)
      return cells.map(({ h3, cell, incidents, lon, lat, z, p, q, significant }) => {
        const area = city.gazetteer.areas.kelurahan[set.area[cell]]
        const near = incidents > 0 ? city.reverse(lon, lat) : null
        return {
          h3,
          month,
          complete: range.to <= now.getTime(),
          incidents,
          kelurahan_code: area.code,
          kelurahan: area.name,
          place: near?.landmark ?? near?.street ?? null,
          z: round(z, 6),
          // Digits by size: a p of 1e-9 is not 0.
          p: Number(p.toPrecision(6)),
          q: Number(q.toPrecision(6)),
          significant,
          too_few,
        }
      })
    },
  ),
]
