import type { IncidentType } from '../../geo/wire/masterdata.ts'
import type { Executor } from '../db/database.ts'

type TypeRow = Omit<IncidentType, 'median_on_scene_seconds' | 'median_on_scene_n'>

/** Fewer cases than this give no median worth planning with. */
const ENOUGH = 5

/** Incident types with what each needs, and how long its cases really took on scene over the last twelve months. */
export async function readIncidentTypes(db: Executor, simulated: boolean, now: Date): Promise<IncidentType[]> {
  const types = await db.rows<TypeRow>('incident_types')
  const medians = await db.rows<{ incident_type: string; median_seconds: number; n: number }>('stats_on_scene', {
    now,
    simulated,
  })
  const byType = new Map(medians.map((row) => [row.incident_type, row]))
  return types.map((type) => {
    const known = byType.get(type.code)
    return {
      ...type,
      median_on_scene_n: known?.n ?? 0,
      median_on_scene_seconds: known && known.n >= ENOUGH ? known.median_seconds : null,
    }
  })
}
