import type { Coverage } from '../../../geo/wire/coverage.ts'
import type { CoverageChange, WhatIf } from '../../../geo/wire/coverage_what_if.ts'
import type { Theme } from '../../theme/colours.ts'
import { placeOf } from '../state/scenario.svelte.ts'
import { changeWords } from '../whatif/change_words.ts'
import type { Painting } from './coverage_map.ts'
import type { Mark } from './marks.ts'
import { changeShades, reachShades } from './shades.ts'

export const VIEWS = ['before', 'after', 'difference'] as const
export type View = (typeof VIEWS)[number]

/** So many signs can have their names beside them. */
const MOST_NAMED = 9

export interface CellTimes {
  before: readonly (number | null)[]
  after: readonly (number | null)[]
}

/** Seconds to every cell before and after; a what-if tells those that changed. */
export function cellTimes({ cells }: Coverage, result: WhatIf | null): CellTimes {
  if (!result) return { before: cells.seconds, after: cells.seconds }
  const at = new Map(cells.h3.map((h3, i) => [h3, i]))
  const before = cells.seconds.slice()
  const after = cells.seconds.slice()
  for (const [k, h3] of result.cells.h3.entries()) {
    const i = at.get(h3)
    if (i === undefined) continue
    before[i] = result.cells.before[k]
    after[i] = result.cells.after[k]
  }
  return { before, after }
}

export function paintingOf({ cells, minutes }: Coverage, times: CellTimes, view: View, theme: Theme): Painting {
  const { h3 } = cells
  if (view === 'difference') return { h3, shades: changeShades(times.before, times.after, theme), lines: null }
  const seconds = times[view]
  return { h3, shades: reachShades(seconds, minutes, theme), lines: { seconds, minutes } }
}

/** Posts, units and what a what-if does to them. `chosen`: id of the sign that keys act on. */
export function marksOf({ sources }: Coverage, changes: readonly CoverageChange[], chosen: string | null): Mark[] {
  const gone = new Set(
    changes.flatMap((change) =>
      'station_id' in change ? [change.station_id] : 'unit_id' in change ? [change.unit_id] : [],
    ),
  )
  const named = sources.length + changes.length <= MOST_NAMED
  const [of_sources, of_changes] = [
    sources.map(({ id, kind, name, location }): Mark => ({
      id,
      kind: kind === 'added' ? 'added' : kind,
      at: location.coordinates,
      name,
      chosen: id === chosen,
      closed: gone.has(id),
      movable: false,
      named,
    })),
    changes.flatMap((change, i): Mark[] => {
      const at = placeOf(change)
      if (!at) return []
      return [
        {
          id: changeMark(i),
          kind: change.kind === 'close_road' ? 'closed_road' : 'added',
          at,
          name: changeWords(change, sources),
          chosen: changeMark(i) === chosen,
          closed: false,
          movable: true,
          named,
        },
      ]
    }),
  ]
  return [...of_sources, ...of_changes]
}

const CHANGE = 'change-'
export const changeMark = (i: number): string => `${CHANGE}${i}`
/** Position of the change that a sign stands for; null: it stands for a post or unit. */
export const changeOf = (mark_id: string): number | null =>
  mark_id.startsWith(CHANGE) ? Number(mark_id.slice(CHANGE.length)) : null
