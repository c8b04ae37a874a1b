import type { OgcFeature } from '../../geo/wire/ogc.ts'
import type { Permission } from '../auth/permissions.ts'
import type { Services } from '../services.ts'

export type Bbox = [west: number, south: number, east: number, north: number]

/** What a page of a collection is asked by. */
export interface Asked {
  bbox: Bbox | null
  /** Inclusive; null: open. */
  from: Date | null
  to: Date | null
  limit: number
  offset: number
  now: Date
}

export interface Page {
  features: OgcFeature[]
  /** All that the filters let through. */
  matched: number
}

/** One layer for GIS programs. */
export interface Collection {
  id: string
  title: string
  description: string
  permission: Permission
  /** Whether `datetime` chooses among its features, or the period of its figures. */
  temporal: boolean
  read(services: Services, asked: Asked): Promise<Page>
  /** One of its features; null when there is none. */
  find(services: Services, id: string, now: Date): Promise<OgcFeature | null>
}
