import { setImmediate } from 'node:timers/promises'
import { areaKm2 } from '../../geo/address/areas.ts'
import { withAliases, type AcceptedAlias } from '../../geo/address/aliases.ts'
import { geocode } from '../../geo/address/geocode.ts'
import { gazetteerSteps, type GazetteerIndex } from '../../geo/address/index.ts'
import { reverse } from '../../geo/address/reverse.ts'
import type {
  CityAreas,
  GazetteerEntry,
  GeocodeAnswer,
  GeocodeOptions,
  KelurahanArea,
  NeighbourArea,
  NeighbourhoodArea,
  ReverseAnswer,
} from '../../geo/address/types.ts'
import { POSITION_AGE_LIMIT_SECONDS } from '../../geo/dispatch/start.ts'
import { steadySpan } from '../../geo/roads/closure_times.ts'
import type { Router } from '../../geo/roads/router.ts'
import type { Agency, Closure, IncidentType, Station } from '../../geo/wire/masterdata.ts'
import type { AgencyKindRow } from '../../geo/wire/needs.ts'
import type { Executor } from '../db/database.ts'
import { readIncidentTypes } from './incident_types.ts'
import { openSecondsNow, readRouter, secondsNow } from './roads.ts'

/**
 * The city in memory: names, roads, types and closures of the live layers, read anew when they change.
 * Called by routes, verbs and the demo; knows nothing of HTTP.
 */
export interface CityModel {
  /** As the imported layers name it. */
  readonly name: string
  /** Of all its kelurahan. */
  readonly area_m2: number
  readonly router: Router
  readonly incident_types: readonly IncidentType[]
  readonly agencies: readonly Agency[]
  readonly stations: readonly Station[]
  readonly agency_kinds: readonly AgencyKindRow[]
  /** The searchable names, accepted ones among them. */
  readonly gazetteer: GazetteerIndex
  /** Ids of accepted names whose target the gazetteer does not have any more. */
  readonly missing_aliases: ReadonlySet<string>
  geocode(text: string, options?: GeocodeOptions): GeocodeAnswer
  reverse(lon: number, lat: number): ReverseAnswer
  /** The gazetteer's words for a point, as shown on the wall; null when there are none. */
  describe(point: readonly number[]): string | null
  /** Closures in force or to come when they were last read. */
  readonly closures: readonly Closure[]
  /** Seconds per arc of the road graph now, closures included: those that begin or end by time count from that very moment. */
  seconds(now: Date): Float64Array
  /** The same as if nothing were closed; null while closures change nothing. */
  openSeconds(now: Date): Float64Array | null
  /** Reads layers (and the graph) again, for a new import. */
  reload(): Promise<void>
  /** Names were accepted for places, or taken back. */
  reloadAliases(): Promise<void>
  reloadClosures(now: Date): Promise<void>
  /** Master data changed: types, agencies, posts. */
  reloadTypes(now: Date): Promise<void>
}

/** One question of each kind the geocoder knows. */
const WARM_UP = [
  'dekat masjid jami',
  'perempatan jl kartini dan jl bandung',
  'jl sriwijaya kel bendan kergon',
  '-6.8915, 109.662',
  'depan stasiun',
]

/** How long requests may wait for a slice of work. */
const SLICE_MS = 12

/** Runs steps to their end, letting requests through between slices: a large gazetteer takes a second. */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  let since = performance.now()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() - since < SLICE_MS) continue
    await setImmediate()
    since = performance.now()
  }
}

/** The gazetteer's own entries, and the index over them and the names accepted for them. */
interface Names {
  entries: readonly GazetteerEntry[]
  areas: CityAreas
  index: GazetteerIndex
  missing: ReadonlySet<string>
}

async function readNames(db: Executor, simulated: boolean, known?: Names): Promise<Names> {
  const { entries, areas } = known ?? (await readLayers(db))
  const accepted = await db.rows<AcceptedAlias>('gazetteer_aliases', { simulated })
  const named = withAliases(entries, accepted)
  const index = await inSlices(gazetteerSteps(named.entries, areas))
  // The first questions work out what later ones find ready; a caller's must not be the first.
  for (const text of WARM_UP) geocode(index, text)
  return { entries, areas, index, missing: named.missing }
}

async function readLayers(db: Executor): Promise<Pick<Names, 'entries' | 'areas'>> {
  const entries = await db.rows<GazetteerEntry>('gazetteer_entries')
  const areas = await db.rows<(KelurahanArea & { layer: 'kelurahan' }) | (NeighbourArea & { layer: 'neighbour' })>(
    'city_areas',
  )
  const city: CityAreas = {
    city_name: (await db.one<{ name: string }>('map_city')).name,
    kelurahan: areas.filter((area) => area.layer === 'kelurahan'),
    neighbours: areas.filter((area) => area.layer === 'neighbour'),
    neighbourhoods: await db.rows<NeighbourhoodArea>('gazetteer_neighbourhoods'),
  }
  return { entries, areas: city }
}

const areaM2 = ({ areas }: GazetteerIndex) =>
  areas.kelurahan.reduce((sum, each) => sum + areaKm2(each.geometry) * 1e6, 0)

interface Offices {
  agencies: Agency[]
  stations: Station[]
  agency_kinds: AgencyKindRow[]
}

async function readOffices(db: Executor): Promise<Offices> {
  return {
    agencies: await db.rows<Agency>('agencies'),
    stations: (await db.rows<{ station: Station }>('stations')).map((row) => row.station),
    agency_kinds: await db.rows<AgencyKindRow>('agency_kinds', { default_limit: POSITION_AGE_LIMIT_SECONDS }),
  }
}

export async function createCityModel(db: Executor, simulated: boolean, now: Date): Promise<CityModel> {
  let names = await readNames(db, simulated)
  let area_m2 = areaM2(names.index)
  let router = await readRouter(db)
  let types = await readIncidentTypes(db, simulated, now)
  let offices = await readOffices(db)
  let closures: Closure[] = []
  let priced: { from: number; until: number; seconds: Float64Array; open: Float64Array | null } | null = null
  const pricedAt = (at: Date) => {
    const now = at.getTime()
    if (priced && now >= priced.from && now < priced.until) return priced
    const seconds = secondsNow(router, closures, at)
    const open = openSecondsNow(router, at)
    const differs = seconds.some((s, arc) => s !== open[arc])
    return (priced = { ...steadySpan(closures, now), seconds, open: differs ? open : null })
  }

  let turn: Promise<void> = Promise.resolve()
  /** One after the other: what was read earlier never takes the place of what was read later. */
  const inTurn = (read: () => Promise<void>): Promise<void> => (turn = turn.catch(() => undefined).then(read))

  const model: CityModel = {
    get name() {
      return names.index.areas.city_name
    },
    get area_m2() {
      return area_m2
    },
    get router() {
      return router
    },
    get incident_types() {
      return types
    },
    get agencies() {
      return offices.agencies
    },
    get stations() {
      return offices.stations
    },
    get agency_kinds() {
      return offices.agency_kinds
    },
    get closures() {
      return closures
    },
    get gazetteer() {
      return names.index
    },
    get missing_aliases() {
      return names.missing
    },
    geocode: (text, options) => geocode(names.index, text, options),
    reverse: (lon, lat) => reverse(names.index, lon, lat),
    describe: ([lon, lat]) => reverse(names.index, lon, lat).label || null,
    seconds: (at) => pricedAt(at).seconds,
    openSeconds: (at) => pricedAt(at).open,
    reload: () =>
      inTurn(async () => {
        const [next, roads] = [await readNames(db, simulated), await readRouter(db)]
        offices = await readOffices(db)
        names = next
        area_m2 = areaM2(next.index)
        router = roads
        priced = null
      }),
    async reloadAliases() {
      names = await readNames(db, simulated, names)
    },
    async reloadClosures(at) {
      closures = (await db.rows<{ closure: Closure }>('closures', { now: at, simulated })).map((row) => row.closure)
      priced = null
    },
    reloadTypes: (at) =>
      inTurn(async () => {
        types = await readIncidentTypes(db, simulated, at)
        offices = await readOffices(db)
      }),
  }
  await model.reloadClosures(now)
  return model
}
