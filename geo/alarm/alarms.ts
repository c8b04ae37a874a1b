import { AGENT_LIMIT_SECONDS, FIRE_ON_SCENE_LIMIT_SECONDS, OPD_LIMIT_SECONDS, WARNING_SHARE } from '../sla/limits.ts'
import type { IncidentClocks } from '../sla/incident_clocks.ts'
import { fixAgeSeconds, LOST_AFTER_SECONDS } from '../track/freshness.ts'
import type { Assignment, Incident } from '../wire/incident.ts'

/** 1: a human has to act at once. 2: soon. 3: to be looked at. After EEMUA 191, few, and few of the highest. */
export type Tier = 1 | 2 | 3

export type AlarmReason =
  /** A limit has passed and nobody is going. */
  | 'abandoned'
  /** A limit has passed; somebody is going or there. */
  | 'breached'
  /** The clock is in its last fifth, or the forecast passes the limit. */
  | 'will_breach'
  /** Sent, and nobody has answered. */
  | 'unanswered'
  /** An OPD was told of it, and has named no unit. */
  | 'unitless'
  /** A unit on its way has not been heard of. */
  | 'position_lost'

const TIER: Record<AlarmReason, Tier> = {
  abandoned: 1,
  breached: 2,
  will_breach: 2,
  unanswered: 2,
  unitless: 3,
  position_lost: 3,
}

/** An assignment should be acknowledged within this. */
export const ACKNOWLEDGE_SECONDS = 90
/** An OPD should have named a unit within this. */
export const NAME_UNIT_SECONDS = 300

export interface Alarm {
  incident_id: string
  tier: Tier
  reason: AlarmReason
  /** Epoch ms since when it holds; null: a forecast, which only whoever watched can date. */
  since: number | null
  /** Other reasons of the same incident that this one stands for. */
  suppressed: number
}

export interface Watched {
  incident: Incident
  clocks: IncidentClocks
}

/** What alarms need to know of a unit: whether it is tracked at all, and its last fix (epoch ms); undefined: no such unit. */
export type FixOf = (unit_id: string) => { fix_at: number | null } | undefined

const ACTIVE = new Set(['notified', 'acknowledged', 'en_route', 'on_scene'])
const active = (a: Assignment) => ACTIVE.has(a.status)

/** The alarm of one open incident at `now`, the gravest of its reasons and of equal ones the oldest; null: none. */
export function alarmOf(watched: Watched, now: number, fixOf: FixOf): Alarm | null {
  const found = reasons(watched, now, fixOf)
  if (found.length === 0) return null
  found.sort((a, b) => TIER[a.reason] - TIER[b.reason] || (a.since ?? now) - (b.since ?? now))
  const [{ reason, since }] = found
  return { incident_id: watched.incident.id, tier: TIER[reason], reason, since, suppressed: found.length - 1 }
}

interface Found {
  reason: AlarmReason
  since: number | null
}

function reasons({ incident, clocks }: Watched, now: number, fixOf: FixOf): Found[] {
  const stage = clocks.active === null ? null : clocks[clocks.active]
  // Nothing runs: it is over, or nobody knows when it began.
  if (!stage || stage.due_at === null) return []
  const going = incident.assignments.filter((a) => active(a) && !a.queued_behind)
  const found: Found[] = []
  const late: Found['reason'] = going.length === 0 ? 'abandoned' : 'breached'
  const limit = clocks.active === 'agent' ? AGENT_LIMIT_SECONDS : OPD_LIMIT_SECONDS
  for (const [clock, seconds] of [
    [stage, limit],
    [clocks.fire_on_scene, FIRE_ON_SCENE_LIMIT_SECONDS],
  ] as const) {
    if (!clock || clock.due_at === null || clock.remaining_seconds === null) continue
    // The third clock stops when somebody arrives; late or not, there is nothing to be done about it then.
    if (clock !== stage && incident.on_scene_at !== null) continue
    if (clock.state === 'breached') found.push({ reason: late, since: clock.due_at })
    else if (clock.state === 'warning') {
      const warned_at = clock.due_at - (1 - WARNING_SHARE) * seconds * 1000
      found.push({ reason: 'will_breach', since: warned_at <= now ? warned_at : null })
    }
  }
  for (const a of going) {
    const notified_at = Date.parse(a.promoted_at ?? a.notified_at)
    if (a.status === 'notified' && now - notified_at > ACKNOWLEDGE_SECONDS * 1000)
      found.push({ reason: 'unanswered', since: notified_at + ACKNOWLEDGE_SECONDS * 1000 })
    if (a.unit_id === null && a.status === 'acknowledged' && now - notified_at > NAME_UNIT_SECONDS * 1000)
      found.push({ reason: 'unitless', since: notified_at + NAME_UNIT_SECONDS * 1000 })
    const fix_at = a.unit_id !== null && a.status === 'en_route' ? (fixOf(a.unit_id)?.fix_at ?? null) : null
    if (fix_at !== null && fixAgeSeconds(fix_at, now) > LOST_AFTER_SECONDS)
      found.push({ reason: 'position_lost', since: fix_at + LOST_AFTER_SECONDS * 1000 })
  }
  return found
}
