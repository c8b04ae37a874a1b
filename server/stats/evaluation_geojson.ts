import type { Evaluation } from '../../geo/wire/evaluation.ts'
import { hotspotPoints } from './hotspot_points.ts'
import type { EvaluationServices } from './evaluation.ts'

interface Area {
  code: string
  name: string
  kecamatan: string
  geometry: object
}

/**
 * The month for a GIS: the kelurahan as areas with their figures, and its incidents as points moved by chance by at least their uncertainty
 * (geo/wire/hotspots.ts `hotspotPoint`), without number, instant or anything of persons. A share under n = 5 is null.
 */
export async function evaluationGeojson(services: EvaluationServices, e: Evaluation, now: Date): Promise<object> {
  const areas = await services.db.rows<Area>('evaluation_areas')
  const figures = new Map(e.by_kelurahan.map((row) => [row.key, row]))
  const points = await hotspotPoints(services, { month: e.month }, now)
  const { month, simulated, complete, generated_at } = e
  return {
    type: 'FeatureCollection',
    ...{ month, simulated, complete, generated_at },
    features: [
      ...areas.map(({ code, name, kecamatan, geometry }) => {
        const row = figures.get(code)
        const clock = (stage: 'agent' | 'opd') => {
          const { n = 0, breached = 0, share = null, low = null, high = null } = row?.[stage] ?? {}
          const few = n < 5
          return {
            [`${stage}_n`]: n,
            [`${stage}_breached`]: breached,
            [`${stage}_share`]: few ? null : share,
            [`${stage}_low`]: few ? null : low,
            [`${stage}_high`]: few ? null : high,
          }
        }
        return {
          ...{ type: 'Feature', id: code, geometry },
          properties: {
            ...{ kind: 'kelurahan', code, name, kecamatan, incidents: row?.incidents ?? 0 },
            ...{ population: row?.population ?? null, population_year: row?.population_year ?? null },
            ...{ per_10000: row?.per_10000 ?? null, ...clock('agent'), ...clock('opd') },
          },
        }
      }),
      ...points.map(({ point, radius_m, incident_type, h3, day, hour }) => ({
        ...{ type: 'Feature', geometry: { type: 'Point', coordinates: point } },
        properties: { kind: 'incident', incident_type, radius_m, h3, day, hour },
      })),
    ],
  }
}
