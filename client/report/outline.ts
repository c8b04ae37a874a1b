import { z } from 'zod'
import { mapManifest } from '../../geo/wire/masterdata.ts'

export interface DistrictShape {
  code: string
  /** An SVG path, and where its number stands. */
  path: string
  at: { x: number; y: number }
}
export interface CityShape {
  width: number
  height: number
  districts: readonly DistrictShape[]
}

const position = z.tuple([z.number(), z.number()]).rest(z.number())
const polygon = z.array(z.array(position))
const collection = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string() }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: polygon }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
      ]),
    }),
  ),
})
const WIDTH = 320

/** The kelurahan as the base map has them, flat (a city is small: longitudes are shortened by one cosine). Null when they do not come. */
export async function loadCity(): Promise<CityShape | null> {
  try {
    const manifest = mapManifest.parse(await (await fetch('/api/map')).json())
    const layer = manifest.layers.find((each) => each.layer === 'kelurahan')
    if (!layer) return null
    return shapeOf(collection.parse(await (await fetch(layer.url)).json()))
  } catch {
    return null
  }
}

function shapeOf({ features }: z.infer<typeof collection>): CityShape | null {
  const areas = features.map(({ properties: { code }, geometry }) => ({
    code,
    rings: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat(),
  }))
  const all = areas.flatMap(({ rings }) => rings.flat())
  if (all.length === 0) return null
  const [west, east] = [Math.min(...all.map(([lon]) => lon)), Math.max(...all.map(([lon]) => lon))]
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = WIDTH / ((east - west) * shrink)
  const x = (lon: number) => (lon - west) * shrink * scale
  const y = (lat: number) => (north - lat) * scale
  return {
    ...{ width: WIDTH, height: (north - south) * scale },
    districts: areas.map(({ code, rings }) => ({
      code,
      path: rings
        .map((ring) => `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)},${y(lat).toFixed(1)}`).join('L')}Z`)
        .join(''),
      at: middleOf(rings.map((ring) => ring.map(([lon, lat]) => ({ x: x(lon), y: y(lat) })))),
    })),
  }
}

interface Spot {
  x: number
  y: number
}
const areaOf = (ring: readonly Spot[]) =>
  ring.reduce((sum, p, i) => sum + p.x * ring[(i + 1) % ring.length].y - ring[(i + 1) % ring.length].x * p.y, 0) / 2

/** In the largest ring, the middle of its widest stretch at the height of its centre of gravity: always inside. */
function middleOf(rings: readonly (readonly Spot[])[]): Spot {
  const ring = [...rings].sort((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)))[0]
  const area = areaOf(ring)
  const y =
    ring.reduce((sum, p, i) => {
      const q = ring[(i + 1) % ring.length]
      return sum + (p.y + q.y) * (p.x * q.y - q.x * p.y)
    }, 0) /
    (6 * area)
  const crossings = ring
    .flatMap((p, i) => {
      const q = ring[(i + 1) % ring.length]
      return p.y > y === q.y > y ? [] : [p.x + ((y - p.y) / (q.y - p.y)) * (q.x - p.x)]
    })
    .sort((a, b) => a - b)
  let best = { x: ring[0].x, width: -1 }
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1] - crossings[i]
    if (width > best.width) best = { x: (crossings[i] + crossings[i + 1]) / 2, width }
  }
  return { x: best.x, y }
}
