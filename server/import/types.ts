import type { LayerName, UndrawnLayer } from './layers.ts'

/** Tables that hold one layer; a road layer has two. */
export type StageTable = Exclude<LayerName, UndrawnLayer | 'road'> | 'outline' | 'road_node' | 'road_edge'

/** A row as the table has it, without version_id; `geom` is hex EWKB or GeoJSON text in WGS84. */
export type StageRow = Record<string, string | number | boolean | null>

/** A whole layer ready to be staged. */
export interface LayerContent {
  layer: Exclude<LayerName, UndrawnLayer> | 'outline'
  tables: { table: StageTable; rows: StageRow[] }[]
  source: string | null
  attribution: string | null
}

/** Master data as functions/import_master.sql takes it; a kind left out stays as it is. */
export interface MasterContent {
  agencies?: { code: string; name: string; kind: string; phone: string | null; tracked: boolean }[]
  stations?: { code: string; agency_code: string; name: string; address: string | null; geom: string }[]
  units?: {
    callsign: string
    agency_code: string
    station_code: string | null
    kind: string
    capabilities: string[]
    crew: number | null
    turnout_seconds: number | null
  }[]
  incident_types?: object[]
  agency_kinds?: object[]
  /** Of the built-in facts these rows come from. */
  hash?: string
}

/** A live layer as the database knows it. */
export interface LiveLayer {
  id: number
  layer: string
  built_in: boolean
  source: string | null
  attribution: string | null
  row_count: number
  content_hash: string | null
}
