import type { LonLat } from '../../geo/earth.ts'
import { ETA_ERROR, tiesOf } from '../../geo/dispatch/ties.ts'
import type { IncidentType } from '../../geo/wire/masterdata.ts'
import type { Choice, Chooser, PricedUnit } from './choose.ts'
import { agentMs, crewPace, DECLINE_REASONS } from './crew.ts'
import type { Random } from './random.ts'

/** One verb at its time. `incident` counts the incidents of the life (a duplicate is the second), `assignment` its assignments. */
export type Step = { at: number } & (
  | { verb: 'call'; incident: number; joins: boolean; input: object }
  | {
      verb: 'create'
      incident: number
      input: { incident_type: string; point: LonLat; accuracy_m: number } & Record<string, unknown>
    }
  | { verb: 'hangup'; incident: number }
  | { verb: 'patch'; incident: number; input: { status: string; duplicate_of?: number; handed_over_to?: string } }
  | { verb: 'assign'; assignment: number; choice: Choice; chosen: PricedUnit | null; accuracy_m: number }
  | { verb: 'progress'; assignment: number; status: string; note?: string }
)

/** An incident from the first ring to its closing, as steps in the order of time. */
export interface Life {
  received_at: number
  ends_at: number
  steps: Step[]
}

export interface LifePlan {
  random: Random
  chooser: Chooser
  type: IncidentType
  on_scene_minutes: number
  point: LonLat
  accuracy_m: number
  received_at: number
  /** Outside the city: who takes it over. */
  regency: string | null
  /** Slower by this factor, with the tide in the streets. */
  hindrance: number
  /** Chance that a train keeps a vehicle waiting on its way. */
  crossing: number
  /** False: none of cancelled, duplicate, late entry (the opening scene of the live part). */
  odd_ends?: boolean
  texts: { caller_name: string; address_text: string | null; description: string }
}

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Imagines how an incident went. Pure: all chance is in `plan.random`, who is busy in `plan.chooser`. */
export function planLife(plan: LifePlan): Life {
  const { random, received_at } = plan
  const steps: Step[] = []
  const odd = plan.odd_ends ?? true
  const base = { incident_type: plan.type.code, point: plan.point, accuracy_m: plan.accuracy_m, ...plan.texts }
  if (odd && plan.regency === null && random.chance(0.015)) return lateEntry(plan, base)

  const number_hidden = random.chance(0.06)
  const agent = agentMs(random) * (number_hidden ? 1.4 : 1)
  const answered = received_at + random.between(3, 14) * SECOND
  const recorded = Math.min(received_at + random.between(45, 95) * SECOND, received_at + agent * 0.7)
  steps.push(
    {
      at: answered,
      verb: 'call',
      incident: 0,
      joins: false,
      input: { rang_at: iso(received_at), answered_at: iso(answered), number_hidden, line: '112' },
    },
    { at: recorded, verb: 'create', incident: 0, input: { ...base, number_hidden } },
    { at: recorded + random.between(4, 20) * SECOND, verb: 'hangup', incident: 0 },
  )
  if (plan.regency !== null) {
    steps.push({
      at: received_at + agent,
      verb: 'patch',
      incident: 0,
      input: { status: 'handed_over', handed_over_to: `112 / BPBD ${plan.regency}` },
    })
    return finish(steps, received_at)
  }
  if (odd && random.chance(0.02)) {
    steps.push({ at: received_at + agent, verb: 'patch', incident: 0, input: { status: 'cancelled' } })
    return finish(steps, received_at)
  }
  const dispatched = received_at + agent
  if (number_hidden || random.chance(0.5))
    steps.push({
      at: recorded + (dispatched - recorded) * random.between(0.3, 0.9),
      verb: 'patch',
      incident: 0,
      input: { status: 'verified' },
    })
  const resolved = sendCrews(plan, steps, dispatched)
  if (odd && random.chance(0.02)) {
    const at = dispatched + random.between(1, 5) * MINUTE
    return finish(
      [...steps.filter((step) => step.at < at), { at, verb: 'patch', incident: 0, input: { status: 'cancelled' } }],
      received_at,
    )
  }
  for (const later of [0.18, 0.06]) {
    if (!random.chance(later)) break
    const rang = received_at + random.between(1, 9) * MINUTE
    steps.push({
      at: rang + 8 * SECOND,
      verb: 'call',
      incident: 0,
      joins: true,
      input: {
        rang_at: iso(rang),
        answered_at: iso(rang + 8 * SECOND),
        ended_at: iso(rang + 50 * SECOND),
        number_hidden: false,
        line: '112',
        kind: 'real',
      },
    })
  }
  if (odd && random.chance(0.045)) {
    const rang = received_at + random.between(2, 12) * MINUTE
    const apart: LonLat = [plan.point[0] + random.normal() * 0.0006, plan.point[1] + random.normal() * 0.0006]
    steps.push(
      {
        at: rang + 7 * SECOND,
        verb: 'call',
        incident: 1,
        joins: false,
        input: {
          rang_at: iso(rang),
          answered_at: iso(rang + 7 * SECOND),
          ended_at: iso(rang + 60 * SECOND),
          number_hidden: false,
          line: '112',
        },
      },
      {
        at: rang + 60 * SECOND,
        verb: 'create',
        incident: 1,
        input: { ...base, point: apart, accuracy_m: plan.accuracy_m * 2 },
      },
      {
        at: rang + 60 * SECOND + random.between(20, 90) * SECOND,
        verb: 'patch',
        incident: 1,
        input: { status: 'duplicate', duplicate_of: 0 },
      },
    )
  }
  steps.push({ at: resolved + random.around(5 * MINUTE, 0.6), verb: 'patch', incident: 0, input: { status: 'closed' } })
  return finish(steps, received_at)
}

/** The room has its reasons, now and then. */
const NOT_THE_FIRST = 0.25

/** The soonest that can be told from the first: sending it is another choice. */
function beyondTie(pool: readonly PricedUnit[], accuracy_m: number): PricedUnit | null {
  const tie = tiesOf(pool, accuracy_m, ETA_ERROR).find(({ unit_ids }) => unit_ids.includes(pool[0].unit_id))
  return pool.slice(1).find(({ unit_id }) => !tie?.unit_ids.includes(unit_id)) ?? null
}

/** Adds the steps of everybody sent; answers when the last is done. */
function sendCrews(plan: LifePlan, steps: Step[], dispatched: number): number {
  const { random, chooser } = plan
  let last = dispatched
  let assignment = 0
  const wanted = chooser.choose(plan.type, plan.point, dispatched)
  // The lead kind always goes, the others mostly; a second vehicle of one kind waits for word from the first.
  const kinds = new Set<string>()
  const used = new Set<string>()
  const sent = wanted.filter((choice, i) => {
    const again = kinds.has(choice.agency_kind)
    kinds.add(choice.agency_kind)
    return i === 0 || random.chance(again ? 0.55 : 0.7)
  })
  for (const [order, choice] of sent.entries()) {
    let at = dispatched + (order === 0 ? 0 : random.between(0, 60) * SECOND)
    let pool = choice.candidates.filter((unit) => !used.has(unit.unit_id))
    for (;;) {
      const other = beyondTie(pool, plan.accuracy_m)
      const chosen = (other && random.chance(NOT_THE_FIRST) ? other : pool[0]) ?? null
      if (chosen) used.add(chosen.unit_id)
      const pace = crewPace(random, plan.on_scene_minutes * (order === 0 ? 1 : 0.7), plan.hindrance)
      const acknowledged = at + pace.acknowledge_ms
      const number = assignment++
      steps.push({
        at,
        verb: 'assign',
        assignment: number,
        choice: { ...choice, candidates: pool },
        chosen,
        accuracy_m: plan.accuracy_m,
      })
      if (pace.declines && chosen && pool.length > 1) {
        steps.push({
          at: acknowledged,
          verb: 'progress',
          assignment: number,
          status: 'declined',
          note: random.pick(DECLINE_REASONS),
        })
        at = acknowledged + random.between(15, 50) * SECOND
        pool = pool.filter((unit) => unit !== chosen)
        continue
      }
      const turnout = (chosen?.turnout_seconds ?? 240) * SECOND * pace.turnout_factor
      const drive =
        (chosen?.eta_seconds ?? 480) * SECOND * pace.drive_factor +
        (random.chance(plan.crossing) ? random.between(1, 5) * MINUTE : 0)
      const enRoute = acknowledged + turnout
      const onScene = enRoute + Math.max(45 * SECOND, drive)
      // Nobody is done before everybody was told, or the incident would be over with a crew still to come.
      const done = Math.max(onScene + pace.on_scene_ms, dispatched + 11 * MINUTE)
      steps.push(
        { at: acknowledged, verb: 'progress', assignment: number, status: 'acknowledged' },
        { at: enRoute, verb: 'progress', assignment: number, status: 'en_route' },
        { at: onScene, verb: 'progress', assignment: number, status: 'on_scene' },
        { at: done, verb: 'progress', assignment: number, status: 'done' },
      )
      if (chosen) chooser.occupy(chosen.unit_id, done + drive)
      last = Math.max(last, done)
      break
    }
  }
  return last
}

/** Written down the next day from paper: the times it has are in the entry itself. */
function lateEntry(plan: LifePlan, base: { incident_type: string; point: LonLat; accuracy_m: number }): Life {
  const { random, received_at } = plan
  const dispatched = received_at + agentMs(random)
  const resolved = dispatched + random.between(12, 45) * MINUTE
  const written = received_at + random.between(13, 26) * 60 * MINUTE
  return finish(
    [
      {
        at: written,
        verb: 'create',
        incident: 0,
        input: {
          ...base,
          received_at: iso(received_at),
          dispatched_at: iso(dispatched),
          ...(random.chance(0.7) ? { resolved_at: iso(resolved) } : {}),
        },
      },
      { at: written + 3 * MINUTE, verb: 'patch', incident: 0, input: { status: 'closed' } },
    ],
    received_at,
  )
}

const iso = (ms: number): string => new Date(ms).toISOString()

function finish(steps: Step[], received_at: number): Life {
  const ordered = steps
    .map((step, i) => ({ step, i }))
    .sort((a, b) => a.step.at - b.step.at || a.i - b.i)
    .map(({ step }) => step)
  return { received_at, ends_at: ordered[ordered.length - 1].at, steps: ordered }
}
