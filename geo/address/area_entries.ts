import type { MultiPolygon } from 'geojson'
import { lettersOf } from './distance.ts'
import { FORMER_NAMES } from './former_names.ts'
import { fold } from './normalise.ts'
import { nameTokens } from './tokens.ts'
import type { CityAreas, GazetteerEntry, ResultType } from './types.ts'

export interface AreaName {
  text: string
  sound: string
  letters: number
  kelurahan: number[]
  kecamatan: boolean
  former: boolean
}

/** Of an entry or an answer: a kelurahan or a kecamatan. */
export const isArea = ({ type }: { type: ResultType }): boolean => type === 'kelurahan' || type === 'kecamatan'

/** The city's areas as entries, with the ids and aliases that `given` has for them, and their former names. */
export function areaEntries(given: readonly GazetteerEntry[], areas: CityAreas): GazetteerEntry[] {
  const named = new Map(given.filter(isArea).map((entry) => [`${entry.type}/${entry.name.toLowerCase()}`, entry]))
  return plainEntries(areas).map((entry) => {
    const known = named.get(`${entry.type}/${entry.name.toLowerCase()}`)
    if (!known) return entry
    return { ...entry, id: known.id, aliases: [...(entry.aliases ?? []), ...(known.aliases ?? [])] }
  })
}

function plainEntries(areas: CityAreas): GazetteerEntry[] {
  const out: GazetteerEntry[] = areas.kelurahan.map((each) => ({
    id: `kelurahan/${each.code}`,
    type: 'kelurahan',
    name: each.name,
    category: null,
    address: null,
    aliases: FORMER_NAMES.filter(([, now]) => now.toLowerCase() === each.name.toLowerCase()).map(([former]) => former),
    kelurahan_code: each.code,
    kelurahan: each.name,
    kecamatan: each.kecamatan,
    geometry: each.geometry,
  }))
  for (const kecamatan of new Set(areas.kelurahan.map((each) => each.kecamatan))) {
    const parts = areas.kelurahan.filter((each) => each.kecamatan === kecamatan)
    const geometry: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: parts.flatMap((each) => each.geometry.coordinates),
    }
    out.push({
      id: `kecamatan/${kecamatan}`,
      type: 'kecamatan',
      name: kecamatan,
      category: null,
      address: null,
      kelurahan_code: null,
      kelurahan: null,
      kecamatan,
      geometry,
    })
  }
  return out
}

/** The telling words of the names of kelurahan, of today and of former days. */
export function arealWords({ kelurahan }: CityAreas): ReadonlySet<string> {
  const now = kelurahan.map((each) => each.name)
  const former = FORMER_NAMES.filter(([, name]) => now.some((own) => own.toLowerCase() === name.toLowerCase()))
  const words = [...now, ...former.map(([name]) => name)].flatMap((name) => nameTokens(name))
  return new Set(words.filter((each) => each.kind === 'word').map((each) => each.text))
}

/** Names of areas as one word each, and the kelurahan they stand for. */
export function areaNamesOf(areas: CityAreas): AreaName[] {
  const out: AreaName[] = []
  const add = (name: string, kelurahan: number[], kecamatan: boolean, former: boolean) => {
    const text = nameTokens(name)
      .map((each) => each.text)
      .join('')
    if (text && kelurahan.length > 0)
      out.push({ text, sound: fold(text), letters: lettersOf(fold(text)), kelurahan, kecamatan, former })
  }
  areas.kelurahan.forEach((each, i) => add(each.name, [i], false, false))
  for (const [former, now] of FORMER_NAMES) {
    add(
      former,
      areas.kelurahan.flatMap((each, i) => (each.name.toLowerCase() === now.toLowerCase() ? [i] : [])),
      false,
      true,
    )
  }
  for (const kecamatan of new Set(areas.kelurahan.map((each) => each.kecamatan))) {
    add(
      kecamatan,
      areas.kelurahan.flatMap((each, i) => (each.kecamatan === kecamatan ? [i] : [])),
      true,
      false,
    )
  }
  return out
}
