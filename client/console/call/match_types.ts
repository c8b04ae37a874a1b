import type { IncidentType } from '../../../geo/wire/masterdata.ts'

const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').trim()

/**
 * Types that fit what was typed, best first: its letter alone, then a name that begins so, a word that begins so, then anywhere. Nothing typed
 * gives all, in the order of the city's list.
 */
export function matchingTypes(
  types: readonly IncidentType[],
  typed: string,
  nameOf: (type: IncidentType) => string,
): IncidentType[] {
  const words = plain(typed)
  if (words === '') return [...types]
  const rank = (type: IncidentType) => {
    const name = plain(nameOf(type))
    if (words === plain(type.letter)) return 0
    if (name.startsWith(words)) return 1
    if (name.split(/[^\p{L}\d]+/u).some((word) => word.startsWith(words))) return 2
    return name.includes(words) || type.code.includes(words) ? 3 : 4
  }
  return types
    .map((type, i) => ({ type, i, rank: rank(type) }))
    .filter((item) => item.rank < 4)
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ type }) => type)
}
