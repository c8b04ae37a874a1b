import type { OgcFeature } from '../../geo/wire/ogc.ts'
import type { District, StageFigures } from '../../geo/wire/stats.ts'
import { periodAsked } from './period.ts'
import { wholeCollection } from './whole.ts'

interface Shape {
  code: string
  kecamatan: string
  geometry: OgcFeature['geometry']
}

const stage = (name: string, figures: StageFigures) => ({
  [`${name}_n`]: figures.n,
  [`${name}_breached`]: figures.breached,
  [`${name}_running`]: figures.running,
  [`${name}_missing`]: figures.missing,
  [`${name}_share`]: figures.share,
  [`${name}_low`]: figures.low,
  [`${name}_high`]: figures.high,
  [`${name}_median_seconds`]: figures.median_seconds,
})

export const districts = wholeCollection({
  id: 'districts',
  title: 'Kelurahan',
  description:
    'Kelurahan dengan kejadian, panggilan dan kepatuhan kedua tahap (share: bagian yang lewat batas, Wilson 95 %) menurut received_at; datetime memilih periodenya, tanpa itu 30 hari terakhir.',
  permission: 'stats.read',
  temporal: true,
  async all({ db, simulated }, asked) {
    const period = periodAsked(asked, { days: 30 })
    if (period === null) return []
    const rows = await db.rows<District>('stats_districts', {
      ...period,
      level: 'kelurahan',
      now: asked.now,
      simulated,
    })
    const shapes = new Map((await db.rows<Shape>('ogc_district_shapes')).map((shape) => [shape.code, shape]))
    return rows.map((row) => ({
      type: 'Feature' as const,
      id: row.code,
      geometry: shapes.get(row.code)?.geometry ?? null,
      properties: {
        code: row.code,
        name: row.name,
        kecamatan: shapes.get(row.code)?.kecamatan ?? null,
        ...period,
        incidents: row.incidents,
        calls: row.calls,
        open: row.open,
        ...stage('agent', row.agent),
        ...stage('opd', row.opd),
        population: row.population,
        population_year: row.population_year,
        per_10000: row.per_10000,
        simulated,
      },
    }))
  },
})
