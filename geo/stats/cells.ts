import { latLngToCell } from 'h3-js'
import type { SlaCell } from '../wire/stats.ts'
import { codedFigures, stageCode } from './stage_code.ts'
import type { StageRow } from './stage_figures.ts'

/** Under this n a share is not coloured. */
export const COLOUR_MIN_N = 5
/** A level is fine enough to show when this share of its areas can be coloured. */
export const COLOURED_SHARE = 0.1

/** One incident of the period with the stage asked for. Districts are null outside the city. */
export interface CellIncident extends StageRow {
  lon: number
  lat: number
  kelurahan_code: string | null
  kecamatan_code: string | null
  open: boolean
}

export type CellLevel = `h3-${number}` | 'kelurahan' | 'kecamatan'
/** From fine to coarse. */
export const LADDER: readonly CellLevel[] = ['h3-9', 'h3-8', 'kelurahan', 'kecamatan']

/** The area of an incident on a level: an H3 index or a district code; null when it lies in none. */
function areaOf(incident: CellIncident, level: CellLevel): string | null {
  if (level === 'kelurahan') return incident.kelurahan_code
  if (level === 'kecamatan') return incident.kecamatan_code
  return latLngToCell(incident.lat, incident.lon, Number(level.slice('h3-'.length)))
}

/** The incidents of one area, as sql/queries/stats_cells.sql gives them. */
export interface AreaStages {
  /** An H3 index or a district code. */
  area: string
  open: number
  /** The stage of each, as geo/stats/stage_code.ts reads it. */
  codes: Int32Array
}

/** The cells of one level, in order of their id. */
export function cellsOf(areas: readonly AreaStages[], level: CellLevel): SlaCell[] {
  const is_h3 = level.startsWith('h3-')
  return [...areas]
    .sort((a, b) => (a.area < b.area ? -1 : 1))
    .map(({ area, open, codes }) => {
      const { missing: _, ...figures } = codedFigures(codes)
      return { level, h3: is_h3 ? area : null, code: is_h3 ? null : area, ...figures, open }
    })
}

/** Incidents by area on one level; areas without an incident are absent, in order of their id. */
export function cellsAt(incidents: readonly CellIncident[], level: CellLevel, limit_seconds: number): SlaCell[] {
  const areas = new Map<string, CellIncident[]>()
  for (const incident of incidents) {
    const area = areaOf(incident, level)
    if (area === null) continue
    const inside = areas.get(area)
    if (inside) inside.push(incident)
    else areas.set(area, [incident])
  }
  const coded = [...areas].map(([area, inside]) => ({
    area,
    open: inside.reduce((count, incident) => count + Number(incident.open), 0),
    codes: Int32Array.from(inside, (incident) => stageCode(incident, limit_seconds)),
  }))
  return cellsOf(coded, level)
}

/** True when at least a tenth of the areas (those with an incident in them) reach n = 5. */
export function isFineEnough(cells: readonly Pick<SlaCell, 'n'>[]): boolean {
  const coloured = cells.filter((cell) => cell.n >= COLOUR_MIN_N).length
  return coloured > 0 && coloured >= COLOURED_SHARE * cells.length
}

/**
 * The SLA heat. With `resolution` the H3 level asked for, however thin; without, the finest of H3 9, H3 8, kelurahan,
 * kecamatan of which a tenth of the areas reach n = 5, else kecamatan. Each cell names its level.
 */
export function slaCells(incidents: readonly CellIncident[], limit_seconds: number, resolution?: number): SlaCell[] {
  if (resolution !== undefined) return cellsAt(incidents, `h3-${resolution}`, limit_seconds)
  let cells: SlaCell[] = []
  for (const level of LADDER) {
    cells = cellsAt(incidents, level, limit_seconds)
    if (isFineEnough(cells)) break
  }
  return cells
}
