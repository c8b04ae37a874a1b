/**
 * How often what happens in Kota Pekalongan, when and where: the city's published yearly figures (fires, wasps, snakes,
 * accidents), and plausible shares for the rest. Read by day.ts (history) and spawn.ts.
 */

export type Where = 'people' | 'centre' | 'road' | 'rob' | 'rain' | 'rural' | 'coast'
/** Days are not alike: some types only come with their weather. */
export type Weather = 'rob' | 'rain' | null

export interface Rhythm {
  code: string
  per_year: number
  months: readonly number[]
  hours: readonly number[]
  where: Where
  weather: Weather
  /** Median minutes a crew is busy on scene. */
  on_scene_minutes: number
  /** How often it turns up in the live part, where variety matters more than the yearly share. */
  live_weight: number
}

const EVEN = Array<number>(12).fill(1)
//                 Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec
const DRY = [0.4, 0.4, 0.6, 0.8, 1.1, 1.4, 2.4, 1.6, 1.3, 1.0, 0.6, 0.4]
const WET = [1.8, 1.7, 1.3, 0.9, 0.6, 0.5, 0.4, 0.4, 0.6, 0.9, 1.3, 1.6]
const WASPS = [0.7, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.3, 1.2, 1.0, 0.8]

/** 24 weights from stretches [from hour, to hour (exclusive), weight]; hours not named weigh `base`. */
function hours(base: number, ...stretches: [from: number, to: number, weight: number][]): number[] {
  const shape = Array<number>(24).fill(base)
  for (const [from, to, weight] of stretches) for (let h = from; h < to; h++) shape[h] = weight
  return shape
}
const DAY = hours(0.15, [6, 8, 1], [8, 17, 2], [17, 21, 1.2])
const TRAFFIC = hours(0.3, [6, 9, 2], [9, 12, 1], [12, 15, 1.4], [15, 19, 2], [19, 23, 1.2])
const FIRE = hours(0.5, [9, 16, 1.6], [18, 22, 1.4])
const EVENING = hours(0.3, [6, 9, 1], [9, 16, 0.8], [16, 23, 1.8])
const NIGHT = hours(0.4, [20, 24, 2], [0, 3, 1.6])
const ALWAYS = hours(0.6, [5, 10, 1.3], [10, 17, 1], [17, 23, 1.2])
const TIDE = hours(0.1, [6, 7, 1], [7, 11, 2.5], [14, 19, 1.5])

type Row = [
  code: string,
  per_year: number,
  months: readonly number[],
  hours: readonly number[],
  where: Where,
  on_scene_minutes: number,
  live_weight: number,
  weather?: Weather,
]

// prettier-ignore
const ROWS: Row[] = [
  ['kebakaran',        45, DRY,   FIRE,    'people', 20, 5],
  ['banjir',           15, WET,   ALWAYS,  'rain',   24, 2, 'rain'],
  ['rob',              40, EVEN,  TIDE,    'rob',    17, 4, 'rob'],
  ['kecelakaan',      118, EVEN,  TRAFFIC, 'road',   13, 14],
  ['sakit_mendadak',   76, EVEN,  ALWAYS,  'people', 11, 12],
  ['mobil_jenazah',    12, EVEN,  ALWAYS,  'people', 14, 2],
  ['orang_tenggelam',   5, EVEN,  DAY,     'coast',  30, 1],
  ['angin_kencang',     8, WET,   EVENING, 'people', 18, 1, 'rain'],
  ['kriminalitas',     24, EVEN,  NIGHT,   'centre', 14, 4],
  ['kdrt',              8, EVEN,  NIGHT,   'people', 16, 2],
  ['pohon_tumbang',    25, WET,   EVENING, 'road',   16, 4, 'rain'],
  ['sarang_tawon',    124, WASPS, DAY,     'people', 13, 6],
  ['ular',             74, WET,   EVENING, 'rural',   9, 5],
  ['evakuasi_hewan',   30, EVEN,  DAY,     'people', 11, 3],
  ['penyelamatan',     30, EVEN,  DAY,     'people', 10, 4],
  ['pgot',             18, EVEN,  DAY,     'centre', 13, 3],
  ['miras',            14, EVEN,  NIGHT,   'centre', 11, 3],
  ['odgj',             20, EVEN,  DAY,     'people', 16, 3],
  ['permintaan_darah',  8, EVEN,  ALWAYS,  'centre', 10, 2],
  ['listrik_padam',    18, WET,   EVENING, 'people', 15, 3],
  ['lampu_jalan',       8, EVEN,  EVENING, 'road',   16, 2],
  ['jalan_rusak',       7, WET,   DAY,     'road',   14, 2],
  ['air_pdam',          6, DRY,   DAY,     'people', 14, 1],
]

export const RHYTHMS: readonly Rhythm[] = ROWS.map(
  ([code, per_year, months, shape, where, on_scene_minutes, live_weight, weather = null]) => {
    const mean = months.reduce((sum, m) => sum + m, 0) / 12
    return {
      code,
      per_year,
      months: months.map((m) => m / mean),
      hours: shape,
      where,
      weather,
      on_scene_minutes,
      live_weight,
    }
  },
)

/** Chance that a day of the month (January first) has a tide in the streets; peak May and June. */
export const ROB_DAYS = [0.1, 0.08, 0.08, 0.15, 0.55, 0.55, 0.25, 0.12, 0.08, 0.08, 0.14, 0.14]
/** Chance of a day with rain that floods. */
export const RAIN_DAYS = [0.16, 0.14, 0.05, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.1, 0.13]
/** Hours in which the tide stands in the streets and slows who drives there. */
export const inTide = (hour: number): boolean => (hour >= 6 && hour < 12) || (hour >= 14 && hour < 19)

/** A month's calls that are no report: questions, and what is no call for help at all (50 to 60 % of all calls). */
export const INFORMATION_CALLS_A_YEAR = 45 * 12
export const PRANK_CALLS_A_YEAR = 80 * 12
export const GHOST_CALLS_A_YEAR = 64 * 12
export const TEST_CALLS_A_YEAR = 24
export const PRANK_HOURS = hours(0.4, [9, 14, 1.2], [14, 24, 1.8], [0, 1, 1.2])
export const INFORMATION_HOURS = hours(0.2, [7, 12, 2], [12, 20, 1.4], [20, 22, 0.7])
