import { wibHour } from '../../geo/sla/shift.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Api } from './api.ts'
import { CALLER_NAME, describeSimulated } from './crew.ts'
import type { DemoCity } from './day.ts'
import type { Fleet } from './fleet.ts'
import type { Random } from './random.ts'
import { RHYTHMS, type Rhythm } from './rhythm.ts'
import { sleep } from './sleep.ts'

interface SpawnOptions {
  api: Api
  fleet: Fleet
  random: Random
  speed: number
  signal: AbortSignal
  now: () => Date
}

/** A type of the hour and the season that the fleet has somebody left for; what is open already comes up less. */
export function pickRhythm(
  { random, fleet, now }: SpawnOptions,
  city: DemoCity,
  open: readonly Incident[],
): Rhythm | null {
  const at = now()
  return random.weighted(RHYTHMS, (rhythm) => {
    const lead = city.types.find((type) => type.code === rhythm.code)?.needs[0]
    if (!lead) return 0
    const tracked = city.units.some((unit) => unit.agency_kind === lead.agency_kind)
    if (tracked && fleet.free(lead.agency_kind, lead.capability) === 0) return 0
    const alike = open.filter((incident) => incident.incident_type === rhythm.code).length
    const fits = Math.sqrt(rhythm.hours[wibHour(at.getTime())] * rhythm.months[at.getUTCMonth()])
    return (rhythm.live_weight * fits) / (1 + 4 * alike ** 2)
  })
}

/** An operator takes a call and records an incident; answers its id. Throws when the server refuses. */
export async function takeReport(
  options: SpawnOptions,
  city: DemoCity,
  open: readonly Incident[],
): Promise<string | null> {
  const { api, random, signal, now } = options
  const hidden = random.chance(0.06)
  const call = await api.post<{ id: string }>('/api/calls', { number_hidden: hidden, line: '112' })
  try {
    return await talk(options, city, open, call.id, hidden)
  } finally {
    // Whatever came of it, the caller hangs up.
    if (!signal.aborted) await api.patch(`/api/calls/${call.id}`, { ended_at: now().toISOString() })
  }
}

/** What is said on an answered call, up to the recorded case. */
async function talk(
  options: SpawnOptions,
  city: DemoCity,
  open: readonly Incident[],
  call_id: string,
  hidden: boolean,
): Promise<string | null> {
  const { api, random, speed, signal, now } = options
  await sleep((random.between(3, 10) * 1000) / speed, signal)
  await api.patch(`/api/calls/${call_id}`, { answered_at: now().toISOString() })
  await sleep((random.between(30, 70) * 1000) / speed, signal)
  if (signal.aborted) return null

  const again = open.length > 0 && random.chance(0.05) ? random.pick(open) : null
  const rhythm = again ? RHYTHMS.find((r) => r.code === again.incident_type) : pickRhythm(options, city, open)
  const type = city.types.find((t) => t.code === rhythm?.code)
  if (!rhythm || !type) return null
  const outside = !again && random.chance(0.02) ? city.places.outside(random) : null
  const spot = outside ?? city.places.inside(random, rhythm.where)
  const point = again
    ? [
        again.location.coordinates[0] + random.normal() * 0.0004,
        again.location.coordinates[1] + random.normal() * 0.0004,
      ]
    : spot.point
  const said = !again && 'named' in spot ? spot.named : null
  const report = {
    incident_type: type.code,
    call_id,
    caller_name: CALLER_NAME,
    description: describeSimulated(type.name),
    number_hidden: hidden,
    address_text: said,
    accuracy_m: spot.accuracy_m,
  }
  // Some callers are found by what they say alone, as the geocoder understands it.
  const byText = said !== null && random.chance(0.3)
  const { incident } = await api.post<{ incident: Incident }>(
    '/api/incidents',
    byText ? { ...report, accuracy_m: null } : { ...report, location: { type: 'Point', coordinates: point } },
    { 'Idempotency-Key': `demo-${call_id}` },
  )
  await sleep((random.between(3, 12) * 1000) / speed, signal)
  return incident.id
}

/** A call that is no report: a question, a child's joke, a silent line. */
export async function takeLooseCall({ api, random, speed, signal, now }: SpawnOptions): Promise<void> {
  const kind = random.weighted(
    ['information', 'prank', 'ghost'],
    (k) => ({ information: 45, prank: 80, ghost: 64 })[k] ?? 0,
  )
  const call = await api.post<{ id: string }>('/api/calls', {
    number_hidden: kind !== 'information' && random.chance(0.3),
    line: '112',
  })
  await sleep((random.between(2, 10) * 1000) / speed, signal)
  const answered_at = now().toISOString()
  await sleep((random.around(kind === 'information' ? 70 : 15, 0.5) * 1000) / speed, signal)
  if (!signal.aborted) await api.patch(`/api/calls/${call.id}`, { kind, answered_at, ended_at: now().toISOString() })
}
