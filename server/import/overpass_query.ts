/** A city as OpenStreetMap knows it: by name ("Kota Semarang") or by the ministry's code ("33.74"). */
export interface CityWish {
  name?: string
  code?: string
}

export const OVERPASS_URL = 'https://overpass-api.de/api/interpreter'

/** Roads that a fire engine may use. */
export const HIGHWAYS = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'road',
  'pedestrian',
  'track',
]
export const WATERWAYS = ['river', 'canal', 'stream', 'drain']
/** Tags that make a named thing a place people speak of. */
export const PLACE_KEYS = [
  'amenity',
  'place',
  'tourism',
  'leisure',
  'shop',
  'office',
  'healthcare',
  'historic',
  'man_made',
  'public_transport',
  'building',
]

const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/**
 * Overpass QL for everything the import draws from a city: its boundary (Indonesian admin_level 5), kecamatan (6) and
 * kelurahan (7) in it, roads, waterways, railways, turn restrictions, named places. Answer it with `out geom` JSON.
 */
export function overpassQuery({ name, code }: CityWish): string {
  const which =
    code !== undefined
      ? `[~"^(ref|ref:.*|.*kemendagri.*|.*:code)$"~${quote(`^${code.split('.').map(literal).join('[.]?')}$`)}]`
      : `[~"^(name|official_name|alt_name|name:id)$"~${quote(`^${literal(name ?? '')}$`)},i]`
  const named = PLACE_KEYS.map((key) => `  nwr(area.inside)["${key}"]["name"];`).join('\n')
  return `[out:json][timeout:300];
rel["boundary"="administrative"]["admin_level"="5"]${which}->.city;
.city map_to_area->.inside;
(
  .city;
  rel(area.inside)["boundary"="administrative"]["admin_level"~"^[67]$"];
  way(area.inside)["highway"~"^(${HIGHWAYS.join('|')})(_link)?$"];
  way(area.inside)["waterway"~"^(${WATERWAYS.join('|')})$"];
  way(area.inside)["railway"="rail"];
  rel(area.inside)["type"="restriction"]["restriction"];
${named}
);
out geom;
`
}
