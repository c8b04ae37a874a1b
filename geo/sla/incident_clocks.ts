import type { Assignment, Incident } from '../wire/incident.ts'
import { stageClock, UNKNOWN_CLOCK } from './clock.ts'
import type { StageClock } from './clock.ts'
import { arrivalForecast, doneForecast, plannedOnScene } from './forecast.ts'
import type { LiveEta, OnSceneFigures } from './forecast.ts'
import { AGENT_LIMIT_SECONDS, FIRE_ON_SCENE_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from './limits.ts'

export interface Forecast {
  /** Epoch milliseconds; the last active assignment's end, a lower bound where one of them has no ETA. */
  resolved_at: number
  /** Epoch milliseconds of the first unit on scene (past, once there); null when no ETA is known. */
  on_scene_at: number | null
  /** Seconds from now until the OPD limit is passed, 0 when it already is; null when the forecast keeps within it. */
  breach_in_seconds: number | null
  /** Number of cases behind the median on-scene time used. */
  median_n: number
}

export interface IncidentClocks {
  agent: StageClock
  /** `unknown` until dispatched. */
  opd: StageClock
  /** Beside the SOP's two, for fires only. */
  fire_on_scene: StageClock | null
  /** The stage whose clock runs now; null once ended, excluded or unknown. */
  active: 'agent' | 'opd' | null
  forecast: Forecast | null
}

const ms = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))
const isFire = (incident_type: string) => incident_type.startsWith('kebakaran')

/**
 * All clocks of one incident at `now` (epoch ms). They go by the instants, not the status: when every assignment is
 * declined the OPD clock runs on. Cancelled and duplicate have no clocks; handed over ends the agent stage and has no OPD
 * stage; what a late entry (or a closed incident) lacks is unknown. Without `type` nothing is forecast.
 */
export function incidentClocks(
  incident: Incident,
  now: number,
  type?: OnSceneFigures,
  liveEta?: LiveEta,
): IncidentClocks {
  const { status, late_entry } = incident
  const fire = isFire(incident.incident_type)
  if (status === 'cancelled' || status === 'duplicate') return withoutClocks(fire)

  const handed_over = status === 'handed_over'
  const end_lost = late_entry || handed_over || status === 'closed' || status === 'resolved'
  const received_at = Date.parse(incident.received_at)
  const dispatched_at = ms(incident.dispatched_at)
  const resolved_at = handed_over ? null : ms(incident.resolved_at)
  // A late entry is handed over when it is written, long after: that is not the end of its stage.
  const agent_ended_at = dispatched_at ?? (handed_over && !late_entry ? ms(incident.ended_at) : null)

  const opd_runs = dispatched_at !== null && resolved_at === null && !end_lost
  const forecast = opd_runs && type ? forecastOf(incident.assignments, dispatched_at, now, type, liveEta) : null
  const agent = stageClock({
    started_at: received_at,
    ended_at: agent_ended_at,
    limit_seconds: AGENT_LIMIT_SECONDS,
    now,
    end_lost,
  })
  const opd = stageClock({
    started_at: dispatched_at,
    ended_at: resolved_at,
    limit_seconds: OPD_LIMIT_SECONDS,
    now,
    end_lost,
    forecast_end_at: forecast?.resolved_at,
  })
  const fire_on_scene = fire
    ? stageClock({
        started_at: received_at,
        ended_at: ms(incident.on_scene_at),
        limit_seconds: FIRE_ON_SCENE_LIMIT_SECONDS,
        now,
        end_lost: end_lost || resolved_at !== null,
        forecast_end_at: forecast?.on_scene_at,
      })
    : null
  const active = opd_runs ? 'opd' : dispatched_at === null && !end_lost ? 'agent' : null
  return { agent, opd, fire_on_scene, active, forecast }
}

function withoutClocks(fire: boolean): IncidentClocks {
  return {
    agent: { ...UNKNOWN_CLOCK },
    opd: { ...UNKNOWN_CLOCK },
    fire_on_scene: fire ? { ...UNKNOWN_CLOCK } : null,
    active: null,
    forecast: null,
  }
}

function forecastOf(
  assignments: readonly Assignment[],
  dispatched_at: number,
  now: number,
  type: OnSceneFigures,
  liveEta?: LiveEta,
): Forecast | null {
  const planned = plannedOnScene(type)
  let resolved_at = -Infinity
  let on_scene_at = Infinity
  let active = false
  for (const a of assignments) {
    const done = doneForecast(a, now, planned.seconds, liveEta)
    if (done === null) continue
    active ||= a.done_at === null
    resolved_at = Math.max(resolved_at, done)
    on_scene_at = Math.min(on_scene_at, arrivalForecast(a, now, liveEta) ?? Infinity)
  }
  if (!active) return null
  const due_at = dispatched_at + OPD_LIMIT_SECONDS * 1000
  return {
    resolved_at,
    on_scene_at: Number.isFinite(on_scene_at) ? on_scene_at : null,
    breach_in_seconds: resolved_at > due_at ? Math.max(0, (due_at - now) / 1000) : null,
    median_n: planned.n,
  }
}
