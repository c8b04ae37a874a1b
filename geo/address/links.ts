import type { LonLat } from '../earth.ts'
import { resolve, type ReadPosition } from './coordinates.ts'

/** What a map link in a text says: a position, words to look up, or nothing that can be read without the network. */
export type Link =
  { kind: 'point'; position: ReadPosition } | { kind: 'text'; text: string } | { kind: 'short' } | { kind: 'invalid' }

const N = '([-+]?\\d{1,3}(?:\\.\\d+)?)'
const PAIR = new RegExp(`^\\s*(?:loc:)?\\s*${N}\\s*[,~ +_]\\s*${N}(?![\\d.])`)
/** Where the point itself stands goes before where the map was looked at. */
const PATHS: readonly [RegExp, 'latlon' | 'lonlat'][] = [
  [new RegExp(`!3d${N}!4d${N}`), 'latlon'],
  [new RegExp(`!2d${N}!3d${N}`), 'lonlat'],
  [new RegExp(`/(?:place|dir|search)/(?:[^/@]*/)*${N},\\+?${N}`), 'latlon'],
  [new RegExp(`/l/${N},${N}`), 'latlon'],
  [new RegExp(`@${N},${N}`), 'latlon'],
  [new RegExp(`#map=\\d+(?:\\.\\d+)?/${N}/${N}`), 'latlon'],
]
const POINT_KEYS = [
  'q',
  'query',
  'll',
  'sll',
  'daddr',
  'destination',
  'to',
  'coordinate',
  'markers',
  'center',
  'cp',
  'sp',
  'map',
  'point',
  'loc',
  'cbll',
]
const SHORT =
  /\b(?:maps\.app\.goo\.gl|goo\.gl\/maps|g\.co|bit\.ly|osm\.org\/go|her\.is|s\.id|tinyurl\.com|waze\.com\/ul\/h)/i

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

function at(first: string, second: string, centre: LonLat, why: string, lonFirst = false): Link {
  const [lat, lon] = lonFirst ? [second, first] : [first, second]
  const step = (value: string) => 10 ** -(value.split('.')[1]?.length ?? 0) / 2
  const position = resolve(
    { value: Number(lat), axis: null, step: step(lat) },
    { value: Number(lon), axis: null, step: step(lon) },
    centre,
  )
  return position === 'invalid'
    ? { kind: 'invalid' }
    : { kind: 'point', position: { ...position, why: [why, ...position.why.slice(1)] } }
}

/** Reads the first link (or geo: URI) of a text; null when it holds none. No network: short links stay closed. */
export function readLink(text: string, centre: LonLat): Link | null {
  const geo = new RegExp(`\\bgeo:\\s*${N},${N}[^\\s?]*(\\?\\S*)?`, 'i').exec(text)
  if (geo) {
    // Android writes geo:0,0?q=lat,lon(label) for a pin
    const pin = /[?&]q=([^&\s]+)/i.exec(geo[3] ?? '')
    const pair = pin && PAIR.exec(decode(pin[1]))
    if (pair) return at(pair[1], pair[2], centre, 'tautan geo')
    if (pin && Number(geo[1]) === 0 && Number(geo[2]) === 0) return { kind: 'text', text: decode(pin[1]) }
    return at(geo[1], geo[2], centre, 'tautan geo')
  }
  const found =
    /(?:https?:\/\/|\b(?:www\.|maps\.|m\.)?(?:google|goo|waze|openstreetmap|osm|apple|bing|here|yandex)\.[a-z.]+\/)\S+/i.exec(
      text,
    )
  if (!found) return null
  const url = found[0]
  const plain = decode(url)
  const query = new Map<string, string>()
  for (const part of url.split(/[?&#]/).slice(1)) {
    const [key, value] = part.split(/=(.*)/s)
    if (value) query.set(key.toLowerCase(), decode(value))
  }
  const [lat, lon] = [query.get('mlat') ?? query.get('lat'), query.get('mlon') ?? query.get('lon') ?? query.get('lng')]
  if (lat && lon && !Number.isNaN(Number(lat)) && !Number.isNaN(Number(lon))) return at(lat, lon, centre, 'tautan peta')
  const pinned = PATHS.slice(0, 2)
    .map(([pattern, order]) => ({ hit: pattern.exec(plain), order }))
    .find(({ hit }) => hit)
  if (pinned?.hit) return at(pinned.hit[1], pinned.hit[2], centre, 'tautan peta', pinned.order === 'lonlat')
  const lonFirst = /yandex\./i.test(url)
  for (const key of POINT_KEYS) {
    const value = query.get(key)?.replace(/^(?:ll\.|point\.|icon:[^|]*\|)/, '')
    const pair = value && PAIR.exec(value)
    if (pair) return at(pair[1], pair[2], centre, 'tautan peta', lonFirst)
  }
  for (const [pattern, order] of PATHS) {
    const hit = pattern.exec(plain)
    if (hit) return at(hit[1], hit[2], centre, 'tautan peta', order === 'lonlat')
  }
  const words =
    query.get('q') ?? query.get('query') ?? query.get('daddr') ?? /\/maps\/(?:place|search)\/([^/@?]+)/.exec(plain)?.[1]
  if (words && /[a-z]{3}/i.test(words)) return { kind: 'text', text: words }
  return SHORT.test(url) ? { kind: 'short' } : null
}
