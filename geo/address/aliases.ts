import type { Position } from 'geojson'
import { distanceM, type LonLat } from '../earth.ts'
import { aliasOf } from './alias.ts'
import { inPolygon, nearestOnLines } from './shapes.ts'
import { nameTokens } from './tokens.ts'
import type { EntryType, GazetteerEntry } from './types.ts'

/** What another name stands for: told by type, name and place, so that it outlives the layer it was found in. */
export interface AliasTarget {
  type: EntryType | 'point'
  /** Null for a bare point. */
  name: string | null
  kelurahan_code: string | null
  lon: number
  lat: number
}

export interface AcceptedAlias extends AliasTarget {
  id: string
  alias: string
}

/** A target is what bears its name within this of where it was. */
const SAME_PLACE_M = 500
const OWN_ENTRY = 'alias:'

/** Whether an entry is a place that only an accepted name made. */
export const isAliasEntry = (entry: GazetteerEntry): boolean => entry.id.startsWith(OWN_ENTRY)

/** How a name sounds, whatever its spelling: equal for names people take as one. */
export const soundOf = (name: string): string =>
  nameTokens(name)
    .map((token) => token.sound)
    .join('')

/** Metres from p to the nearest part of an entry, 0 inside an area. */
export function distanceToEntry(p: Position, { geometry }: GazetteerEntry): number {
  if (geometry.type === 'Point') return distanceM(p, geometry.coordinates)
  if (geometry.type === 'MultiLineString') return nearestOnLines(p, geometry.coordinates)?.distance_m ?? Infinity
  return inPolygon(p, geometry) ? 0 : (nearestOnLines(p, geometry.coordinates.flat())?.distance_m ?? Infinity)
}

/** The nearest entry within 500 m that sounds so; of one type, or of any. */
export function entryNamed(
  entries: readonly GazetteerEntry[],
  name: string,
  p: LonLat,
  type: EntryType | null = null,
): GazetteerEntry | null {
  const sound = soundOf(name)
  let best: { entry: GazetteerEntry; distance_m: number } | null = null
  for (const entry of entries) {
    if ((type && entry.type !== type) || isAliasEntry(entry) || soundOf(entry.name) !== sound) continue
    const distance_m = distanceToEntry(p, entry)
    if (distance_m <= SAME_PLACE_M && (!best || distance_m < best.distance_m)) best = { entry, distance_m }
  }
  return best?.entry ?? null
}

/**
 * The gazetteer with accepted names: beside the own name of what they stand for, or as an entry of their own for a bare
 * point and for what is not there any more (`missing` has the ids of these). Entries given are not changed.
 */
export function withAliases(
  entries: readonly GazetteerEntry[],
  accepted: readonly AcceptedAlias[],
): { entries: GazetteerEntry[]; missing: Set<string> } {
  const added = new Map<GazetteerEntry, string[]>()
  const own: GazetteerEntry[] = []
  const missing = new Set<string>()
  for (const each of accepted) {
    const { type, name } = each
    const target = type === 'point' || name === null ? null : entryNamed(entries, name, [each.lon, each.lat], type)
    if (target) {
      added.set(target, [...(added.get(target) ?? []), each.alias])
      continue
    }
    if (type !== 'point') missing.add(each.id)
    own.push({
      id: `${OWN_ENTRY}${each.id}`,
      type: 'place',
      name: name ?? each.alias,
      aliases: name === null ? [] : [each.alias],
      category: null,
      address: null,
      kelurahan_code: each.kelurahan_code,
      kelurahan: null,
      kecamatan: null,
      geometry: { type: 'Point', coordinates: [each.lon, each.lat] },
    })
  }
  const named = entries.map((entry) => {
    const more = added.get(entry)
    return more ? { ...entry, aliases: [...(entry.aliases ?? []), ...more] } : entry
  })
  return { entries: [...named, ...own], missing }
}

/** Why a name cannot be given to a place; null when it can. */
export function aliasFault(
  entries: readonly GazetteerEntry[],
  alias: string,
  target: Pick<AliasTarget, 'lon' | 'lat'>,
): string | null {
  if (/\d(?:[\s().-]*\d){5}/.test(alias)) return 'memuat nomor telepon'
  if (aliasOf(alias) === null) return 'hanya kata umum: sebutkan nama yang membedakan tempat ini'
  const there = entryNamed(entries, alias, [target.lon, target.lat])
  return there ? `tempat ini sudah bernama ${there.name}` : null
}
