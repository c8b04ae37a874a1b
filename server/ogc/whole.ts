import type { OgcFeature } from '../../geo/wire/ogc.ts'
import type { Services } from '../services.ts'
import type { Asked, Bbox, Collection, Page } from './types.ts'

type Spec = Omit<Collection, 'read' | 'find'> & {
  /** All of its features, in an order that stays; some hundreds. */
  all(services: Services, asked: Pick<Asked, 'from' | 'to' | 'now'>): Promise<OgcFeature[]>
}

/** A collection so small that it is read whole; bbox, page and single features are found in that. */
export const wholeCollection = ({ all, ...spec }: Spec): Collection => ({
  ...spec,
  async read(services, asked): Promise<Page> {
    const { bbox, limit, offset } = asked
    const found = (await all(services, asked)).filter((feature) => bbox === null || touches(feature, bbox))
    return { features: found.slice(offset, offset + limit), matched: found.length }
  },
  async find(services, id, now) {
    return (await all(services, { from: null, to: null, now })).find((feature) => feature.id === id) ?? null
  },
})

/** By the box around its geometry; what has none touches nothing. */
function touches({ geometry }: OgcFeature, [west, south, east, north]: Bbox): boolean {
  if (geometry === null) return false
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  const grow = (part: unknown): void => {
    if (!Array.isArray(part)) return
    const [lon, lat] = part as unknown[]
    if (typeof lon !== 'number' || typeof lat !== 'number') return part.forEach(grow)
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  grow(geometry.coordinates)
  return box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south
}
