import { z } from 'zod'
import { text, uuid } from '../../geo/wire/primitives.ts'
import { positionsInput } from '../../geo/wire/requests.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError, invalid } from '../errors.ts'
import { route, type Route, type RouteContext } from '../http/route.ts'
import { readTraccar } from '../integrations/traccar.ts'
import type { Services } from '../services.ts'
import type { Fix } from '../verbs/ingest_positions.ts'

// A latitude past the pole is longitude and latitude swapped, which is counted, not refused: the phone would send it again for ever.
// OwnTracks: velocity in km/h, tst in seconds; other message types (transition, waypoint, lwt …) are accepted and ignored.
const owntracks = z.looseObject({
  _type: z.string(),
  lat: z.number().min(-180).max(180).optional(),
  lon: z.number().min(-180).max(180).optional(),
  tst: z.number().optional(),
  vel: z.number().nullish(),
  cog: z.number().nullish(),
  acc: z.number().nullish(),
  tid: text(64).optional(),
})
const TOP_SPEED_KMH = 400
const WORST_ACCURACY_M = 1e7
const [EARLIEST, LATEST] = [Date.UTC(2000), Date.UTC(2100)]

/** What a phone says beside its place, or null: nonsense there must not cost the place. */
const within = (value: number | null | undefined, min: number, max: number): number | null =>
  typeof value === 'number' && value >= min && value <= max ? value : null

function instantOf(value: string | number | undefined, field: string): string | undefined {
  if (value === undefined || value === '') return undefined
  const number = Number(value)
  const ms = Number.isFinite(number) ? (number > 1e11 ? number : number * 1000) : Date.parse(String(value))
  if (!(ms >= EARLIEST && ms < LATEST)) throw invalid(field, 'bukan waktu')
  return new Date(ms).toISOString()
}

/** Only its own unit for a responder's token, whatever it names; an integration names the unit by callsign or id. */
function ownUnit(principal: Principal, named: string | undefined): Pick<Fix, 'unit_id' | 'callsign' | 'personal'> {
  if (principal.unit_id) return { unit_id: principal.unit_id, personal: principal.role === 'responder' }
  if (principal.role === 'responder') throw new ApiError(403, 'forbidden', 'Token ini tidak terikat pada unit')
  if (!named) throw invalid('id', 'sebutkan unit: tanda panggil atau id')
  return uuid.safeParse(named).success ? { unit_id: named } : { callsign: named }
}

/** Positions of units, as JSON and as phones send them. */
export function positionRoutes(services: Services): Route[] {
  async function take(principal: Principal, fixes: Fix[], now: Date): Promise<void> {
    const judged = await services.intake.take(principal.credential_id, fixes, now)
    // A fix that is refused for itself (old, zero …) is no fault of the phone's: it must not send it again for ever.
    if (judged.some(({ reason }) => reason === 'unknown_unit')) throw invalid('id', 'unit tidak dikenal')
  }

  const fromTraccar = async ({ req, query, principal, now, res }: RouteContext<unknown, unknown, unknown>) => {
    const read = readTraccar(query as object, req.body)
    if (!read.success)
      throw new ApiError(
        422,
        'invalid',
        'Posisi tidak dapat dibaca',
        read.error.issues.map((i) => ({ field: i.path.join('.'), reason: i.message })),
      )
    await take(
      principal,
      read.data.map(({ id, lon, lat, timestamp, speed_kmh, heading, accuracy }) => ({
        ...ownUnit(principal, id),
        lon,
        lat,
        fix_at: instantOf(timestamp, 'timestamp'),
        source: 'osmand',
        speed_kmh: within(speed_kmh, 0, TOP_SPEED_KMH),
        heading: within(heading, 0, 360),
        accuracy_m: within(accuracy, 0, WORST_ACCURACY_M),
      })),
      now,
    )
    res.status(200).end()
    return undefined
  }
  const loose = z.looseObject({})

  return [
    route(
      {
        method: 'post',
        path: '/api/positions',
        summary: 'Posisi unit, banyak sekaligus',
        permission: 'position.create',
        body: positionsInput,
      },
      async ({ body, principal, now }) => {
        const own = principal.role === 'responder' ? ownUnit(principal, undefined) : null
        const fixes = body.map(({ location, unit_id, callsign, ...fix }): Fix => ({
          ...fix,
          ...(own ?? { unit_id, callsign }),
          lon: location.coordinates[0],
          lat: location.coordinates[1],
          source: 'json',
        }))
        const judged = await services.intake.take(principal.credential_id, fixes, now)
        const rejected = judged.filter((row) => row.reason).map((row) => ({ index: row.ord - 1, reason: row.reason }))
        return { accepted: judged.length - rejected.length, rejected }
      },
    ),
    // Traccar Client asks by GET or by POST, as its version pleases; both carry the fix in the address.
    ...(['get', 'post'] as const).map((method) =>
      route(
        {
          method,
          path: '/api/positions/osmand',
          summary: 'Posisi dari Traccar Client (OsmAnd)',
          permission: 'position.create',
          query: loose,
        },
        fromTraccar,
      ),
    ),
    route(
      {
        method: 'post',
        path: '/api/positions/owntracks',
        summary: 'Posisi dari OwnTracks',
        permission: 'position.create',
        body: owntracks,
      },
      async ({ body, principal, now, req }) => {
        if (body._type !== 'location') return []
        if (body.lat === undefined || body.lon === undefined)
          throw invalid(body.lat === undefined ? 'lat' : 'lon', 'wajib')
        await take(
          principal,
          [
            {
              ...ownUnit(principal, req.get('X-Limit-D') ?? body.tid),
              lon: body.lon,
              lat: body.lat,
              fix_at: instantOf(body.tst, 'tst'),
              source: 'owntracks',
              speed_kmh: within(body.vel, 0, TOP_SPEED_KMH),
              heading: within(body.cog, 0, 360),
              accuracy_m: within(body.acc, 0, WORST_ACCURACY_M),
            },
          ],
          now,
        )
        return []
      },
    ),
  ]
}
