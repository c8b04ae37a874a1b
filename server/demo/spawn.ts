import { wibHour } from '../../geo/sla/shift.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { Refused, type Api } from './api.ts'
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
  const call = await api.post<{ id: string }>('/api/calls', {
    number_hidden: hidden,
    line: '112',
    caller_number: hidden ? null : numberOf(Math.floor(random.between(100, 999))),
  })
  try {
    return (await ringAndAnswer(options, call.id)) ? await talk(options, city, open, call.id, hidden) : null
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
  const { api, random, speed, signal } = options
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

/** In no network: of the city's own exchange, with a block that does not exist. */
const numberOf = (n: number) => `0285000${n}`
/** Jokers call again. */
const JOKERS = 4

/**
 * A call rings until the demo's own desk answers, and leaves a human the time to be quicker. False when one was: the call is his, and the caller
 * talks to him for a while.
 */
async function ringAndAnswer({ api, random, speed, signal }: SpawnOptions, call_id: string): Promise<boolean> {
  await sleep((random.between(9, 24) * 1000) / speed, signal)
  try {
    await api.post(`/api/calls/${call_id}/answer`, {})
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await sleep((random.between(60, 120) * 1000) / speed, signal)
    return false
  }
}

/** A call that is no report: a question, a child's joke, a silent line. */
export async function takeLooseCall(options: SpawnOptions): Promise<void> {
  const { api, random, speed, signal, now } = options
  const kind = random.weighted(
    ['information', 'prank', 'ghost'],
    (k) => ({ information: 45, prank: 80, ghost: 64 })[k] ?? 0,
  )
  const number_hidden = kind !== 'information' && random.chance(0.3)
  const number =
    kind === 'prank' ? 110 + Math.floor(random.between(1, JOKERS + 1)) : Math.floor(random.between(100, 999))
  const call = await api.post<{ id: string }>('/api/calls', {
    number_hidden,
    line: '112',
    caller_number: number_hidden ? null : numberOf(number),
  })
  const path = `/api/calls/${call.id}`
  // Some hang up before anybody answers: the demo's desk calls back later, unless a human did.
  if (random.chance(0.2)) {
    await sleep((random.between(6, 20) * 1000) / speed, signal)
    if (signal.aborted) return
    await api.patch(path, { ended_at: now().toISOString() })
    await sleep((random.between(90, 240) * 1000) / speed, signal)
    if (signal.aborted || !(await takenByDemo(api, path))) return
    return void (await api.patch(path, { kind: 'ghost' }))
  }
  const own = await ringAndAnswer(options, call.id)
  if (own) await sleep((random.around(kind === 'information' ? 70 : 15, 0.5) * 1000) / speed, signal)
  if (!signal.aborted) await api.patch(path, { ...(own ? { kind } : {}), ended_at: now().toISOString() })
}

/** False when a human has it, or has said what it was. */
async function takenByDemo(api: Api, path: string): Promise<boolean> {
  try {
    await api.post(`${path}/answer`, {})
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}
