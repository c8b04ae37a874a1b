import type { Position } from 'geojson'
import { distanceM, type LonLat } from '../earth.ts'
import { aliasOf } from './alias.ts'
import { distanceToEntry, isAliasEntry, soundOf, type AliasTarget } from './aliases.ts'
import { isArea } from './area_entries.ts'
import { kelurahanAt } from './areas.ts'
import { readCoordinates } from './coordinates.ts'
import { likeness } from './distance.ts'
import { geocode, LONGEST_QUESTION } from './geocode.ts'
import type { GazetteerIndex } from './index.ts'
import { readLink } from './links.ts'
import { findPlusCode } from './pluscode.ts'
import { inPolygon, nearestOnLines } from './shapes.ts'
import { nameTokens } from './tokens.ts'
import type { EntryType, GazetteerEntry, GeocodeResult } from './types.ts'

export interface Correction {
  alias: string
  target: AliasTarget
}

export interface Pinned {
  point: LonLat
  accuracy_m: number
}

/** A pin this near to an answer says the same as it. */
const AGREES_M = 150
/** A pin this near to a thing stands on it. */
const ON_IT_M = 40
/** Two names this alike are one, misspelt. */
const ONE_NAME = 0.82
const MOST_ANSWERS = 10
const ENTRY_TYPES: ReadonlySet<string> = new Set(['kelurahan', 'kecamatan', 'street', 'place', 'facility'])

/**
 * What an operator's pin teaches about what a caller said: that these words are another name of that place. Null where the
 * pin only says what the gazetteer answered already, where it is a choice between namesakes, where the words are no name
 * (coordinates, links, plus codes, talk), and outside the city. Proposes; decides nothing.
 */
export function correctionOf(index: GazetteerIndex, said: string, pin: Pinned): Correction | null {
  const { point } = pin
  const area = kelurahanAt(index.areas, point)
  if (!area || said.length > LONGEST_QUESTION || isPosition(index, said)) return null
  const alias = aliasOf(said)
  if (alias === null) return null
  const [first, ...others] = geocode(index, said, { limit: MOST_ANSWERS }).results
  if (first && agrees(first, pin)) return null
  const to = (type: AliasTarget['type'], name: string | null, kelurahan_code: string | null, at: Position) => ({
    alias,
    target: { type, name, kelurahan_code: kelurahan_code ?? area.code, lon: at[0], lat: at[1] },
  })

  const chosen = nearest(
    others.filter((other) => other.inside_city),
    (other) => distanceM(other.point, point),
  )
  // What the answers offered and is called so already was picked out of namesakes; a crossing has no name of its own.
  if (chosen && (chosen.type === 'crossing' || saysName(alias, chosen.name) || saysArea(said, chosen))) return null
  if (chosen && ENTRY_TYPES.has(chosen.type) && !chosen.id?.startsWith('alias:'))
    return to(chosen.type as EntryType, ownName(index, chosen), chosen.kelurahan_code, chosen.point)

  const place = nearest(
    index.entries.filter((entry) => isClose(entry, point) && !isAliasEntry(entry)),
    (entry) => distanceToEntry(point, entry),
  )
  if (place && saysName(alias, place.name)) return null
  return place
    ? to(place.type, place.name, place.kelurahan_code, (place.geometry as { coordinates: Position }).coordinates)
    : to('point', null, null, point)
}

/** Whether the words are a position rather than a name. */
function isPosition(index: GazetteerIndex, said: string): boolean {
  const { centre } = index.areas
  return readLink(said, centre) !== null || findPlusCode(said) !== null || readCoordinates(said, centre) !== null
}

/** Whether a pin lies where an answer is: within its circle, by its street, in its area. */
function agrees(answer: GeocodeResult, { point, accuracy_m }: Pinned): boolean {
  const near = Math.max(AGREES_M, answer.accuracy_m, accuracy_m)
  if (distanceM(answer.point, point) <= near) return true
  const { area } = answer
  if (area?.type === 'MultiPolygon') return inPolygon(point, area)
  return area !== undefined && (nearestOnLines(point, area.coordinates)?.distance_m ?? Infinity) <= AGREES_M
}

/** A point in the box around a pin; all others are too far to be measured. */
const isClose = ({ geometry }: GazetteerEntry, [lon, lat]: LonLat): boolean =>
  geometry.type === 'Point' &&
  Math.abs(geometry.coordinates[0] - lon) < 0.001 &&
  Math.abs(geometry.coordinates[1] - lat) < 0.001

/** The thing nearest to a pin that stands on it. */
function nearest<T>(things: readonly T[], distanceOf: (thing: T) => number): T | null {
  let best: T | null = null
  let least = ON_IT_M
  for (const thing of things) {
    const distance_m = distanceOf(thing)
    if (distance_m > least) continue
    best = thing
    least = distance_m
  }
  return best
}

/** Whether the words are that name already, misspelt, written apart, or without saying what sort of thing it is. */
function saysName(alias: string, name: string): boolean {
  const said = soundOf(alias)
  const own = soundOf(name)
  if (own.length > 0 && (said.includes(own) || likeness(said, said, own, own) >= ONE_NAME)) return true
  const [words, ownWords] = [tellingWords(alias), tellingWords(name)]
  return ownWords.length > 0 && isWithin(ownWords, words) && isWithin(words, ownWords)
}

/** Whether an answer is an area that the words only limited the place by ("jl ... kel ..."). */
function saysArea(said: string, answer: GeocodeResult): boolean {
  return isArea(answer) && isWithin(tellingWords(answer.name), tellingWords(said))
}

const isWithin = (some: readonly string[], all: readonly string[]): boolean =>
  some.every((word) => all.some((other) => likeness(word, word, other, other) >= ONE_NAME))

/** The sounds of the words that tell one place from another. */
const tellingWords = (name: string): string[] =>
  nameTokens(name)
    .filter((token) => token.kind === 'word' || token.kind === 'number')
    .map((token) => token.sound)

/** The name of an answer's entry as the gazetteer has it (an answer's own is for people: "Jl. ..."). */
const ownName = (index: GazetteerIndex, answer: GeocodeResult): string =>
  index.entries.find((entry: GazetteerEntry) => entry.id === answer.id)?.name ?? answer.name
