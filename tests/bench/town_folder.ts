import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AGENCIES } from '../../geo/city/agencies.ts'
import type { LonLat } from '../../geo/earth.ts'
import { at } from '../geo/roads/cases.ts'
import { gridTown, TOWN_M } from './grid_town.ts'

/** Kinds that a fire asks for, with what it asks of them: three units in four are of these. */
const WANTED = [
  ['damkar', 'pump;rescue'],
  ['polres', 'patrol;traffic'],
  ['psc119', 'ambulance'],
] as const
const OTHERS = ['bpbd', 'satpol', 'dishub', 'dlh', 'dpupr', 'pmi'] as const
const POSTS = 60

export interface TownFolder {
  dir: string
  callsigns: string[]
  /** Anywhere in the town. */
  anywhere: () => LonLat
}

/** The generated town as a folder for `npm run import`: its roads, 60 posts, and so many units. */
export function townFolder(random: () => number, units: number): TownFolder {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-bench-town-'))
  const { nodes, edges } = gridTown(random)
  const anywhere = (): LonLat => at(random() * TOWN_M, random() * TOWN_M)
  const features = edges.map((edge) => ({
    type: 'Feature',
    properties: { class: edge.class, name: edge.name, oneway: edge.oneway, speed_kmh: edge.speed_kmh },
    geometry: { type: 'LineString', coordinates: [nodes[edge.from_node].position, nodes[edge.to_node].position] },
  }))
  const callsigns = Array.from({ length: units }, (_, i) => `Unit ${String(i).padStart(4, '0')}`)
  const csv = (rows: (string | number)[][]): string => `${rows.map((row) => row.join(',')).join('\n')}\n`
  const kinds = [...WANTED, ...OTHERS.map((kind) => [kind, 'general'] as const)]
  const files: Record<string, string> = {
    'jalan.geojson': JSON.stringify({ type: 'FeatureCollection', features }),
    'instansi.csv': csv([
      ['code', 'name', 'kind'],
      ...AGENCIES.map(({ code, kind }) => [code, `Instansi ${kind}`, kind]),
    ]),
    'pos.csv': csv([
      ['code', 'agency_code', 'name', 'lon', 'lat'],
      ...Array.from({ length: POSTS }, (_, i) => [`pos-${i}`, kinds[i % kinds.length][0], `Pos ${i}`, ...anywhere()]),
    ]),
    'satuan.csv': csv([
      ['callsign', 'agency_code', 'station_code', 'kind', 'capabilities', 'crew', 'turnout_seconds'],
      ...callsigns.map((callsign, i) => {
        const [agency, skills] = i % 4 < 3 ? WANTED[i % 4] : kinds[WANTED.length + (i % OTHERS.length)]
        return [callsign, agency, `pos-${i % POSTS}`, 'Mobil', skills, 4, 60 + (i % 60)]
      }),
    ]),
    'layers.json': JSON.stringify({
      city: { code: '99.02', name: 'Kota Petak' },
      layers: [
        { file: 'jalan.geojson', as: 'road' },
        { file: 'instansi.csv', as: 'agency' },
        { file: 'pos.csv', as: 'station' },
        { file: 'satuan.csv', as: 'unit' },
      ],
    }),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return { dir, callsigns, anywhere }
}
