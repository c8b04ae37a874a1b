import type { Alarm, Tier } from './alarms.ts'

/** EEMUA 191: about one alarm per operator in ten minutes can be dealt with; above ten it is a flood. */
const RATE_WINDOW_SECONDS = 600
const GUIDE_PER_OPERATOR = 1
const FLOOD_PER_OPERATOR = 10
/** So long an alarm is new. */
export const NEW_SECONDS = 60

/** An alarm that stands, and since when it does in this tier: by its own date, or since it was first seen. */
export interface Standing extends Alarm {
  since: number
}

export interface AlarmRate {
  /** New alarms of the last ten minutes. */
  raised: number
  /** Null: nobody knows of an operator. */
  per_operator: number | null
  level: 'calm' | 'above_guide' | 'flood'
}

/**
 * What alarms came when. One line an incident: it counts as a new alarm when it first alarms and when it becomes graver, not
 * when it becomes milder or its reason changes within the tier.
 */
export class AlarmBook {
  private standing: Standing[] = []
  private readonly held = new Map<string, Standing>()
  /** Epoch ms of each new alarm of the last ten minutes, in the order heard of. */
  private raised: number[] = []

  /** What holds at `now`, the gravest first, then the newest. To be called each second. */
  update(alarms: readonly Alarm[], now: number): readonly Standing[] {
    const gone = new Set(this.held.keys())
    this.standing = alarms.map((alarm) => {
      gone.delete(alarm.incident_id)
      const before = this.held.get(alarm.incident_id)
      const same = before?.tier === alarm.tier
      const since = same ? before.since : Math.min(alarm.since ?? now, now)
      const standing = { ...alarm, since }
      if (before === undefined || alarm.tier < before.tier) this.raised.push(since)
      this.held.set(alarm.incident_id, standing)
      return standing
    })
    for (const id of gone) this.held.delete(id)
    this.raised = this.raised.filter((at) => now - at < RATE_WINDOW_SECONDS * 1000)
    return this.standing.sort(
      (a, b) => a.tier - b.tier || b.since - a.since || (a.incident_id < b.incident_id ? -1 : 1),
    )
  }

  rate(operators: number | null): AlarmRate {
    const raised = this.raised.length
    const per_operator = operators ? raised / operators : null
    // Where nobody is at work the room is judged as if one were.
    const load = per_operator ?? raised
    const level = load > FLOOD_PER_OPERATOR ? 'flood' : load > GUIDE_PER_OPERATOR ? 'above_guide' : 'calm'
    return { raised, per_operator, level }
  }
}

/** The gravest tier among alarms that are new at `now` and may be heard (1 or 2); null: silence. */
export function audible(standing: readonly Standing[], now: number): Exclude<Tier, 3> | null {
  let tier: Exclude<Tier, 3> | null = null
  for (const alarm of standing) {
    if (alarm.tier === 3 || now - alarm.since >= NEW_SECONDS * 1000) continue
    if (alarm.tier === 1) return 1
    tier = 2
  }
  return tier
}
