import { z } from 'zod'
import { wibMonthRange } from '../../geo/sla/shift.ts'
import { hotspotCell, hotspotPoint, hotspotStudy as studied } from '../../geo/wire/hotspots.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { studiedCells } from '../stats/hotspot_cells.ts'
import { readHistory, type HotspotServices } from '../stats/hotspot_history.ts'
import { hotspotPoints } from '../stats/hotspot_points.ts'
import { hotspotStudy } from '../stats/hotspot_study.ts'

const hotspotsQuery = z.object({
  month: z
    .string('harus bulan seperti 2026-10, satu kali saja')
    .refine((text) => /^(19|20|21)/.test(text) && wibMonthRange(text) !== null, 'bukan bulan seperti 2026-10')
    .describe('Bulan WIB seperti 2026-10; bila kosong, bulan lengkap terakhir')
    .optional(),
  incident_type: z.string('harus kode jenis kejadian, satu kali saja').describe('Kode jenis kejadian').optional(),
})

/** Where a month's incidents gather beyond chance, and what a planner asks of it. */
export const hotspotRoutes = (services: HotspotServices): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/hotspots',
      permission: 'stats.read',
      query: hotspotsQuery,
      response: z.array(hotspotCell),
      summary:
        'Titik rawan satu bulan: setiap sel H3-8 kota (yang nol juga) dengan Gi*, p dan tanda FDR, pola dua belas bulan, dan penilaian peta bulan sebelumnya; bila tanpa bulan, bulan lengkap terakhir',
    },
    async ({ query, now }) => studiedCells(await readHistory(services, query, now), services.city).cells,
  ),
  route(
    {
      method: 'get',
      path: '/api/hotspots/study',
      permission: 'hotspots.study',
      query: hotspotsQuery,
      response: studied,
      summary:
        'Kajian titik rawan satu bulan: sel, pola, nilai peta bulan sebelumnya, kepadatan, jam dan hari, perbandingan bulan dan tahun, tempat berulang, pasang dan hujan',
    },
    ({ query, now }) => hotspotStudy(services, query, now),
  ),
  route(
    {
      method: 'get',
      path: '/api/hotspots/points',
      permission: 'hotspots.study',
      query: hotspotsQuery,
      response: z.array(hotspotPoint),
      summary:
        'Kejadian satu bulan sebagai titik yang digeser sejauh ketidakpastiannya; tanpa identitas, tanpa waktu tepat',
    },
    ({ query, now }) => hotspotPoints(services, query, now),
  ),
]
