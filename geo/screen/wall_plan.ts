import { arcminOf, CAPITALS_EM, capitalsPx } from './legibility.ts'
import type { Screen } from './legibility.ts'

/**
 * Every size of the wall is in rem. What must be read from the last row is set in FAR_REM (theme/wall.css, --t-far), so how large
 * a rem is decides whether the wall can be read, and how many rem the screen holds decides what has room on it.
 */
export const FAR_REM = 3.8125

/** What stands on the live scene, richest first. `list`: the open incidents alone, no map and no other scene. */
const LAYOUTS = ['full', 'map_list', 'list'] as const
export type Layout = (typeof LAYOUTS)[number]

/** Least room of each layout, rem across and down. */
const ROOM: Record<Shape, Record<Layout, readonly [number, number]>> = {
  landscape: { full: [117, 46], map_list: [92, 28], list: [44, 29] },
  portrait: { full: [66, 104], map_list: [56, 78], list: [44, 29] },
}
/** The room the wall was drawn for: a larger screen has larger type, not emptier space. */
const DRAWN: Record<Shape, readonly [number, number]> = { landscape: [120, 67.5], portrait: [67.5, 120] }

export type Shape = 'landscape' | 'portrait'

/** Rem of the parts that have a size of their own; the map takes what is left. */
const FIGURES_REM = 24.5
export const LIST_REM = 53.5
/** A second column of incidents where the map keeps at least this much beside it. */
const MAP_BESIDE_TWO_REM = 60
const HEAD_REM = { one: 6.25, two: 10.75 } as const
/** Under this even the head leaves out the name and the seconds. */
export const NARROW_REM = 60
/** The line that says what was refused. */
const FOOT_REM = 2.5
/** Around everything, for the drift: 12 px at 1080p. */
const MARGIN_REM = 0.75
/** Name, connection, shift, SIMULASI and clock side by side. */
const ONE_LINE_REM = 100
/** Service and kecamatan; with the weakest kelurahan too. */
const TWO_PANELS_REM = 39
const THREE_PANELS_REM = 54.5

/** Why the wanted layout is refused, and what would let it in; numbers rounded to the safe side. */
export interface Refusal {
  layout: Layout
  /** Sit no farther than this... */
  most_distance_m: number
  /** ...or hang one at least so large. */
  least_inches: number
}

export interface WallPlan {
  shape: Shape
  layout: Layout
  /** Page pixels of one rem. */
  rem_px: number
  /** What capitals in FAR_REM subtend for the farthest viewer: never under 16. */
  arcmin: number
  width_rem: number
  height_rem: number
  head_rem: number
  head_lines: 1 | 2
  list_columns: 1 | 2
  list_height_rem: number
  /** Panels of figures beside the map. */
  figure_panels: 0 | 2 | 3
  /** Of the full layout; null: it stands. */
  refused: Refusal | null
  /** Not even the list has its room: the most urgent incident alone. */
  too_small: boolean
}

/**
 * The most that can be read on a screen. The type is as large as the drawing makes it, and never smaller than 16 minutes of arc:
 * where that leaves too little room, parts of the wall are left out and it says which screen would hold them.
 */
export function wallPlan(screen: Screen): WallPlan {
  const { width_px, height_px } = screen
  const shape: Shape = height_px > width_px ? 'portrait' : 'landscape'
  // Rounded up: browsers keep hundredths of a pixel, and none may be missing.
  const least_px = Math.ceil((capitalsPx(screen) / CAPITALS_EM / FAR_REM) * 100) / 100
  const [drawn_width, drawn_height] = DRAWN[shape]
  const rem_px = Math.max(least_px, Math.min(width_px / drawn_width, height_px / drawn_height))
  const width_rem = width_px / rem_px
  const height_rem = height_px / rem_px
  const fits = (layout: Layout) => width_rem >= ROOM[shape][layout][0] && height_rem >= ROOM[shape][layout][1]
  const layout = LAYOUTS.find(fits) ?? 'list'
  const head_lines = width_rem >= ONE_LINE_REM ? 1 : 2
  const head_rem = head_lines === 1 ? HEAD_REM.one : HEAD_REM.two
  const below = height_rem - head_rem - MARGIN_REM - (layout === 'full' ? 0 : FOOT_REM)
  return {
    shape,
    layout,
    rem_px,
    arcmin: arcminOf(screen, FAR_REM * rem_px),
    width_rem,
    height_rem,
    head_rem,
    head_lines,
    list_columns: layout === 'full' && width_rem >= FIGURES_REM + 2 * LIST_REM + MAP_BESIDE_TWO_REM ? 2 : 1,
    list_height_rem: shape === 'landscape' || layout === 'list' ? below : below * PORTRAIT_LIST[layout],
    figure_panels: layout === 'full' ? panels(shape === 'landscape' ? below : below * (1 - PORTRAIT_LIST.full)) : 0,
    refused: layout === 'full' ? null : refusal(screen, shape),
    too_small: !LAYOUTS.some(fits),
  }
}

/** In portrait the list takes this part of what is below the head. */
const PORTRAIT_LIST = { full: 0.58, map_list: 0.56 } as const

const panels = (room_rem: number): WallPlan['figure_panels'] =>
  room_rem >= THREE_PANELS_REM ? 3 : room_rem >= TWO_PANELS_REM ? 2 : 0

function refusal(screen: Screen, shape: Shape): Refusal {
  const least_px = capitalsPx(screen) / CAPITALS_EM / FAR_REM
  const [width, height] = ROOM[shape].full
  const share = Math.min(screen.width_px / width, screen.height_px / height) / least_px
  return {
    layout: 'full',
    most_distance_m: Math.floor(screen.distance_m * share * 10) / 10,
    least_inches: Math.ceil(screen.inches / share),
  }
}
