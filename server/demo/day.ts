import { wibHour, wibMidnight } from '../../geo/sla/shift.ts'
import type { Agency, IncidentType, Unit } from '../../geo/wire/masterdata.ts'
import type { Router } from '../../geo/roads/router.ts'
import { createChooser } from './choose.ts'
import { CALLER_NAME, describeSimulated } from './crew.ts'
import { planLife, type Life } from './life.ts'
import type { Places } from './places.ts'
import { randomOf, type Random } from './random.ts'
import {
  GHOST_CALLS_A_YEAR,
  INFORMATION_CALLS_A_YEAR,
  INFORMATION_HOURS,
  inTide,
  PRANK_CALLS_A_YEAR,
  PRANK_HOURS,
  RAIN_DAYS,
  RHYTHMS,
  ROB_DAYS,
  TEST_CALLS_A_YEAR,
  type Rhythm,
} from './rhythm.ts'

/** What a day's plan is made from; the same city, seed and day give the same plan. */
export interface DemoCity {
  router: Router
  places: Places
  units: readonly Unit[]
  agencies: readonly Agency[]
  types: readonly IncidentType[]
}

/** A call that is no report, written whole when it ends. */
export interface LooseCall {
  at: number
  input: { rang_at: string; answered_at: string; ended_at: string; kind: string; number_hidden: boolean; line: string }
}
export type Item = { at: number } & ({ call: LooseCall } | { life: Life })

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Pekalongan Selatan: beyond the railway for every post but two. */
const SOUTH = '33.75.04'

/** Everything that rings on the WIB day that begins at `midnight` (epoch ms), in the order of ringing. */
export function planDay(seed: number, midnight: number, city: DemoCity): Item[] {
  const weather = weatherOf(seed, midnight)
  const due: { at: number; rhythm: Rhythm; random: Random }[] = []
  for (const rhythm of RHYTHMS) {
    const random = randomOf(seed, midnight, rhythm.code)
    const n = random.count(expected(rhythm, weather))
    for (let i = 0; i < n; i++)
      due.push({
        at: momentOf(random, midnight, rhythm.hours),
        rhythm,
        random: randomOf(seed, midnight, rhythm.code, i),
      })
  }
  due.sort((a, b) => a.at - b.at)

  const chooser = createChooser(city.router, city.units, city.agencies)
  const items: Item[] = looseCalls(seed, midnight)
  for (const { at, rhythm, random } of due) {
    const type = city.types.find((t) => t.code === rhythm.code)
    if (!type) continue
    const outside = random.chance(0.03) ? city.places.outside(random) : null
    const spot = outside ?? city.places.inside(random, rhythm.where)
    const tidal =
      weather.rob && inTide(wibHour(at)) && 'kelurahan_code' in spot && city.places.tidal(spot.kelurahan_code)
    const life = planLife({
      random,
      chooser,
      type,
      on_scene_minutes: rhythm.on_scene_minutes,
      point: spot.point,
      accuracy_m: spot.accuracy_m,
      received_at: at,
      regency: outside?.regency ?? null,
      hindrance: tidal ? 1.5 : 1,
      crossing: 'kelurahan_code' in spot && spot.kelurahan_code.startsWith(SOUTH) ? 0.55 : 0.05,
      texts: {
        caller_name: CALLER_NAME,
        address_text: 'named' in spot ? spot.named : null,
        description: describeSimulated(type.name),
      },
    })
    items.push({ at, life })
  }
  return items.sort((a, b) => a.at - b.at)
}

interface Weather {
  month: number
  weekend: boolean
  rob: boolean
  rain: boolean
}

function weatherOf(seed: number, midnight: number): Weather {
  const random = randomOf(seed, midnight, 'weather')
  const noon = new Date(midnight + 12 * HOUR_MS)
  const month = noon.getUTCMonth()
  return {
    month,
    weekend: noon.getUTCDay() % 6 === 0,
    rob: random.chance(ROB_DAYS[month]),
    rain: random.chance(RAIN_DAYS[month]),
  }
}

/** Days a year that a table of twelve daily chances makes. */
const daysOf = (chances: readonly number[]): number => chances.reduce((sum, p) => sum + p, 0) * (365 / 12)

function expected(rhythm: Rhythm, weather: Weather): number {
  if (rhythm.code === 'rob') return weather.rob ? rhythm.per_year / daysOf(ROB_DAYS) : 0
  if (rhythm.code === 'banjir') return weather.rain ? rhythm.per_year / daysOf(RAIN_DAYS) : 0
  const daily = (rhythm.per_year / 365) * rhythm.months[weather.month]
  // Rainy days bring most of what the rain brings, and dry ones the rest.
  if (rhythm.weather === 'rain') return daily * (weather.rain ? 5 : 0.75)
  return daily * (weather.weekend && rhythm.where === 'road' ? 1.25 : rhythm.where === 'road' ? 0.92 : 1)
}

function momentOf(random: Random, midnight: number, hours: readonly number[]): number {
  const hour = random.weighted([...hours.keys()], (h) => hours[h]) ?? 12
  return Math.round((midnight + (hour + random.next()) * HOUR_MS) / 1000) * 1000
}

function looseCalls(seed: number, midnight: number): Item[] {
  const random = randomOf(seed, midnight, 'calls')
  const kinds: [kind: string, per_year: number, hours: readonly number[], hidden: number, seconds: number][] = [
    ['information', INFORMATION_CALLS_A_YEAR, INFORMATION_HOURS, 0.04, 75],
    ['prank', PRANK_CALLS_A_YEAR, PRANK_HOURS, 0.35, 22],
    ['ghost', GHOST_CALLS_A_YEAR, PRANK_HOURS, 0.3, 9],
    ['test', TEST_CALLS_A_YEAR, INFORMATION_HOURS, 0, 30],
  ]
  return kinds.flatMap(([kind, per_year, hours, hidden, seconds]) =>
    Array.from({ length: random.count(per_year / 365) }, (): Item => {
      const rang = momentOf(random, midnight, hours)
      const answered = rang + random.between(2, 12) * 1000
      const ended = answered + random.around(seconds, 0.6) * 1000
      const input = {
        rang_at: iso(rang),
        answered_at: iso(answered),
        ended_at: iso(ended),
        kind,
        number_hidden: random.chance(hidden),
        line: '112',
      }
      return { at: rang, call: { at: ended, input } }
    }),
  )
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** Midnights WIB of the days that touch [from, to), oldest first. */
export function daysBetween(from: number, to: number): number[] {
  const days: number[] = []
  for (let day = wibMidnight(from); day < to; day += DAY_MS) days.push(day)
  return days
}
