import type { Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import type { Services } from '../services.ts'
import { FINAL_REPORT } from './final_report.ts'
import { createApi, Refused } from './api.ts'
import { chooseFrom, nextAction, type Action, type RecommendationLike } from './case.ts'
import type { DemoCity } from './day.ts'
import { createFleet } from './fleet.ts'
import { writeOpening } from './opening.ts'
import { randomOf } from './random.ts'
import { sleep } from './sleep.ts'
import { takeLooseCall, takeReport } from './spawn.ts'

export interface LiveOptions {
  url: string
  token: string
  signal: AbortSignal
  city: () => Promise<DemoCity>
}

/** Simulated seconds between new reports, on average; sooner while few are open, none while many are. */
const REPORT_EVERY_S = 170
const QUIET_EVERY_S = 50
const LOOSE_CALL_EVERY_S = 150
const FEW_OPEN = 5
const MANY_OPEN = 13
const TICK_MS = 1_000
const LOOK_MS = 4_000
/** After a refusal (somebody else was quicker) a case is left alone this long. */
const RESPITE_MS = 6_000
/** A case may be younger than the last look at the open ones. */
const JUST_RECORDED_MS = 20_000

/**
 * The live part: callers, operators, dispatchers and crews as outside clients of the API. It looks at the server every few
 * seconds and does what is due in the cases the demo itself recorded; a visitor's trial is his own, only its units drive.
 * Ends when the signal says so; throws when the server stays away.
 */
export async function startLive(services: Services, options: LiveOptions): Promise<void> {
  const { db, config, log, now } = services
  const { signal } = options
  const speed = config.demo_speed
  const api = createApi({ ...options, log })
  const fleet = createFleet({ ...services, api, speed, seed: config.seed })
  const random = randomOf(config.seed, now().getTime(), 'live')
  const spawning = { api, fleet, random, speed, signal, now }

  /** Cases of the demo itself, and since when they are known to it. */
  const own = new Map<string, number>()
  const remember = async () => {
    for (const row of await db.rows<{ id: string }>('demo_open_incidents')) own.set(row.id, now().getTime())
  }
  await remember()
  if (own.size < FEW_OPEN) {
    await writeOpening(db, await options.city(), {
      seed: config.seed,
      now: now(),
      describe: (point) => services.city.describe(point),
    })
    await remember()
    void services.hub.nudge()
  }

  let open = new Map<string, Incident>()
  const inFlight = new Set<string>()
  const restUntil = new Map<string, number>()
  let looked_at = 0
  let nextReport = now().getTime() + (random.between(20, 60) * 1000) / speed
  let nextLoose = now().getTime() + (random.wait(LOOSE_CALL_EVERY_S) * 1000) / speed
  let incoming = 0

  async function look(): Promise<void> {
    const [incidents, units] = await Promise.all([
      api.get<Incident[]>('/api/incidents?status=open'),
      api.get<Unit[]>('/api/units'),
    ])
    open = new Map(incidents.map((incident) => [incident.id, incident]))
    for (const [id, since] of own) if (!open.has(id) && now().getTime() - since > JUST_RECORDED_MS) own.delete(id)
    for (const id of restUntil.keys()) if (!open.has(id)) restUntil.delete(id)
    fleet.reconcile(units, open)
  }

  async function perform(incident: Incident, action: Action): Promise<void> {
    const path = `/api/incidents/${incident.id}`
    switch (action.act) {
      case 'verify':
        return void (await api.patch(path, { status: 'verified' }))
      case 'cancel':
        return void (await api.patch(path, { status: 'cancelled', note: 'Simulasi: laporan dibatalkan pelapor' }))
      case 'close':
        return void (await api.put(`${path}/final-report`, FINAL_REPORT))
      case 'hand_over':
        return void (await api.patch(path, { status: 'handed_over', handed_over_to: 'BPBD kabupaten tetangga' }))
      case 'duplicate':
        return void (await api.patch(path, { status: 'duplicate', duplicate_of: action.of }))
      case 'progress':
        return void (await api.post(`/api/assignments/${action.assignment.id}/status`, {
          status: action.status,
          note: action.note,
        }))
      case 'dispatch': {
        const sent = chooseFrom(await api.get<RecommendationLike[]>(`${path}/recommendations`), incident)
        if (sent) await api.post(`${path}/assignments`, { ...sent, verified: true })
        else restUntil.set(incident.id, now().getTime() + RESPITE_MS)
      }
    }
  }

  /** Runs beside the rest; a refusal gives respite, and the next look shows how things stand. */
  function beside(id: string, work: Promise<unknown>): void {
    inFlight.add(id)
    work
      .catch((error: unknown) => {
        if (signal.aborted) return
        restUntil.set(id, now().getTime() + RESPITE_MS)
        if (error instanceof Refused) log.debug({ about: id, reason: error.message }, 'demo: refused')
        else log.warn({ err: error, about: id }, 'demo: request failed')
      })
      .finally(() => {
        inFlight.delete(id)
        looked_at = Math.min(looked_at, now().getTime() - LOOK_MS / 2)
      })
  }

  function advanceCases(at: number): void {
    for (const id of own.keys()) {
      const incident = open.get(id)
      if (!incident || inFlight.has(id) || (restUntil.get(id) ?? 0) > at) continue
      const others = [...own.keys()].flatMap((other) => open.get(other) ?? [])
      const type = services.city.incident_types.find((t) => t.code === incident.incident_type)
      const action = nextAction({ incident, type, others, arrived: fleet.arrived, speed }, at)
      if (action) beside(id, perform(incident, action).then(look))
    }
  }

  function newCalls(at: number, city: DemoCity): void {
    if (at >= nextLoose) {
      nextLoose = at + (random.wait(LOOSE_CALL_EVERY_S) * 1000) / speed
      beside(`loose-${at}`, takeLooseCall(spawning))
    }
    if (at < nextReport) return
    const few = own.size + incoming < FEW_OPEN
    nextReport = at + (Math.max(20, random.wait(few ? QUIET_EVERY_S : REPORT_EVERY_S)) * 1000) / speed
    if (own.size + incoming >= MANY_OPEN) return
    incoming++
    const mine = [...own.keys()].flatMap((id) => open.get(id) ?? [])
    beside(
      `report-${at}`,
      takeReport(spawning, city, mine)
        .then((id) => void (id !== null && own.set(id, now().getTime())))
        .finally(() => incoming--),
    )
  }

  let moved_at = now().getTime()
  while (!signal.aborted) {
    const at = now().getTime()
    fleet.advance(Math.max(0, at - moved_at))
    moved_at = at
    if (at - looked_at >= Math.max(TICK_MS, LOOK_MS / speed)) {
      looked_at = at
      await look()
    }
    advanceCases(at)
    newCalls(at, await options.city())
    await fleet
      .report()
      .catch((error: unknown) => void (signal.aborted || log.debug({ err: error }, 'demo: positions refused')))
    await sleep(TICK_MS, signal)
  }
}
