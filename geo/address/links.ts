import type { LonLat } from '../earth.ts'
import { readCoordinates, resolve, type ReadPosition } from './coordinates.ts'

/**
 * What a map link in a text says: a position, words to look up, or nothing that can be read without the network (`short`), or a
 * kind of address that nobody but its owner can read (`words3`). `beside`: what was said around it.
 */
export type Link = (
  | { kind: 'point'; position: ReadPosition }
  | { kind: 'text'; text: string }
  | { kind: 'short' }
  | { kind: 'words3' }
  | { kind: 'invalid' }
) & { beside: string }
type Read = Link extends infer L ? (L extends unknown ? Omit<L, 'beside'> : never) : never

const N = '([-+]?\\d{1,3}(?:\\.\\d+)?)'
const PAIR = new RegExp(`^\\s*(?:loc:)?\\s*${N}\\s*[,~ +_]\\s*${N}(?![\\d.])`)
/** Where the point itself stands goes before where the map was looked at. */
const PATHS: readonly [RegExp, 'latlon' | 'lonlat'][] = [
  [new RegExp(`!3d${N}!4d${N}`), 'latlon'],
  [new RegExp(`!2d${N}!3d${N}`), 'lonlat'],
  [new RegExp(`/(?:place|dir|search)/(?:[^/@]*/)*${N},\\+?${N}`), 'latlon'],
  [new RegExp(`/l/${N},${N}`), 'latlon'],
  [new RegExp(`@${N},${N}`), 'latlon'],
  [new RegExp(`#(?:map=)?\\d+(?:\\.\\d+)?/${N}/${N}`), 'latlon'],
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
  'viewpoint',
  'pin',
]
/** Web links, links without their scheme, and the schemes of apps. */
const LINK =
  /(?:\bhttps?:\/\/|\b(?:comgooglemaps|waze|osmand\.api|maps|om|ge0):\/\/|\bgoogle\.(?:navigation|streetview):|\b(?:www\.|maps\.|m\.|ul\.)?(?:google|goo|waze|openstreetmap|osm|osmand|apple|bing|here|yandex|w3w|what3words)\.[a-z.]+\/)\S+/i
const WORDS3 = /(?:^|[\s(])\/{3}\p{L}+\.\p{L}+\.\p{L}+|\bw(?:3w\.co|hat3words\.com)\/\S+/iu
/** The middle of the map that somebody looked at, where no pin was set. */
const LOOKED_AT_M = 100

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

function at(first: string, second: string, centre: LonLat, why: string, lonFirst = false): Read {
  const [lat, lon] = lonFirst ? [second, first] : [first, second]
  const step = (value: string) => 10 ** -(value.split('.')[1]?.length ?? 0) / 2
  const position = resolve(
    { value: Number(lat), axis: null, step: step(lat) },
    { value: Number(lon), axis: null, step: step(lon) },
    centre,
  )
  return pointOf(position, why)
}

function pointOf(position: ReadPosition | 'invalid', why: string): Read {
  return position === 'invalid'
    ? { kind: 'invalid' }
    : { kind: 'point', position: { ...position, why: [why, ...position.why.slice(1)] } }
}

/** As good as it says ("u=35", metres), and never better than its digits. */
function within(read: Read, metres: string | undefined): Read {
  const stated = Number(metres)
  if (read.kind !== 'point' || !metres || !Number.isFinite(stated)) return read
  const accuracy_m = Math.min(20_000, Math.max(read.position.accuracy_m, stated))
  return { ...read, position: { ...read.position, accuracy_m } }
}

/** Reads the first link (or geo: URI) of a text; null when it holds none. No network: short links stay closed. */
export function readLink(text: string, centre: LonLat): Link | null {
  const geo = new RegExp(`\\bgeo:\\s*${N},${N}([^\\s?]*)(\\?\\S*)?`, 'i').exec(text)
  if (geo) return { ...readGeo(geo, centre), beside: besides(text, geo[0]) }
  const words3 = WORDS3.exec(text)
  if (words3) return { kind: 'words3', beside: besides(text, words3[0]) }
  const found = LINK.exec(text)
  return found && { ...readUrl(found[0], centre), beside: besides(text, found[0]) }
}

const besides = (text: string, link: string) => text.replace(link, ' ').replace(/\s+/g, ' ').trim()

/** geo:lat,lon[,height][;crs=..][;u=metres] (RFC 5870); Android writes geo:0,0?q=lat,lon(label) for a pin. */
function readGeo([, lat, lon, parameters, search]: RegExpExecArray, centre: LonLat): Read {
  const crs = /;crs=([^;?]+)/i.exec(parameters ?? '')?.[1]
  if (crs && !/^wgs-?84$/i.test(crs)) return { kind: 'invalid' }
  const pin = /[?&]q=([^&\s]+)/i.exec(search ?? '')
  const pair = pin && PAIR.exec(decode(pin[1]))
  if (pair) return at(pair[1], pair[2], centre, 'tautan geo')
  if (pin && Number(lat) === 0 && Number(lon) === 0) return { kind: 'text', text: decode(pin[1]) }
  return within(at(lat, lon, centre, 'tautan geo'), /;u=([\d.]+)/i.exec(parameters ?? '')?.[1])
}

function readUrl(url: string, centre: LonLat): Read {
  const why = 'tautan peta'
  const plain = decode(url)
  const query = new Map<string, string>()
  for (const part of url.split(/[?&#]/).slice(1)) {
    const [key, value] = part.split(/=(.*)/s)
    if (value) query.set(key.toLowerCase(), decode(value))
  }
  const [lat, lon] = [query.get('mlat') ?? query.get('lat'), query.get('mlon') ?? query.get('lon') ?? query.get('lng')]
  if (lat && lon && !Number.isNaN(Number(lat)) && !Number.isNaN(Number(lon))) return at(lat, lon, centre, why)
  const pinned = PATHS.slice(0, 2)
    .map(([pattern, order]) => ({ hit: pattern.exec(plain), order }))
    .find(({ hit }) => hit)
  if (pinned?.hit) return at(pinned.hit[1], pinned.hit[2], centre, why, pinned.order === 'lonlat')
  const lonFirst = /yandex\./i.test(url)
  const path = /\/maps\/(?:place|search|dir\/(?:[^/@]*\/)*)\/?([^/@?]+)/.exec(plain)?.[1]
  for (const value of [...POINT_KEYS.map((key) => query.get(key)), path]) {
    const bare = value?.replace(/^(?:ll\.|point\.|icon:[^|]*\|)/, '')
    const pair = bare && PAIR.exec(bare)
    if (pair) return at(pair[1], pair[2], centre, why, lonFirst)
    // Google writes a pin's degrees, minutes and seconds where a name would stand
    const signed = bare?.includes('°') ? readCoordinates(bare, centre) : null
    if (signed) return pointOf(signed, why)
  }
  const words = query.get('q') ?? query.get('query') ?? query.get('daddr') ?? query.get('destination') ?? path
  for (const [pattern, order] of PATHS) {
    const hit = pattern.exec(plain)
    if (!hit) continue
    const view = /@|#/.test(pattern.source)
    const read = at(hit[1], hit[2], centre, view ? `${why}: tengah peta, bukan pin` : why, order === 'lonlat')
    return view ? within(read, String(LOOKED_AT_M)) : read
  }
  if (words && /[a-z]{3}/i.test(words)) return { kind: 'text', text: words }
  const other = readCoordinates(plain, centre)
  return other ? pointOf(other, why) : { kind: 'short' }
}
