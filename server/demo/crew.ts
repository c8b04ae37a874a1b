import type { Random } from './random.ts'

const MINUTE = 60_000

/** Milliseconds from ringing to dispatch: most within 1 to 4 minutes, about one in ten past the limit of five. */
export const agentMs = (random: Random): number =>
  Math.min(9 * MINUTE, Math.max(35_000, random.around(150_000, random.chance(0.12) ? 0.75 : 0.45)))

/** How a crew goes about one job, in milliseconds from step to step; driving is a factor on the planned time. */
export interface CrewPace {
  acknowledge_ms: number
  turnout_factor: number
  drive_factor: number
  on_scene_ms: number
  declines: boolean
}

/** `hindrance` slows driving and work: 1 normally, more with the tide in the streets. */
export function crewPace(random: Random, on_scene_minutes: number, hindrance = 1): CrewPace {
  return {
    acknowledge_ms: Math.min(5 * MINUTE, random.around(40_000, 0.6)),
    turnout_factor: random.between(0.8, 1.6),
    drive_factor: random.between(0.9, 1.35) * hindrance,
    on_scene_ms: Math.max(3 * MINUTE, random.around(on_scene_minutes * MINUTE, 0.5) * hindrance),
    declines: random.chance(0.035),
  }
}

export const DECLINE_REASONS = [
  'Kendaraan dalam perbaikan',
  'Awak sedang menangani laporan langsung',
  'Ban bocor, unit lain diminta',
]

/** Placeholders that nobody can take for a person. */
export const CALLER_NAME = 'Penelepon simulasi'
export const describeSimulated = (type_name: string): string => `SIMULASI: laporan ${type_name.toLowerCase()}`
