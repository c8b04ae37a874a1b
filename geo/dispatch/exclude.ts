import { capabilityWord } from '../city/capabilities.ts'
import { canDo, fits } from './fill.ts'
import { ageLimitOf, startOf } from './start.ts'
import type { CandidateUnit, ExcludedUnit, ExclusionCode, Need, RecommendInput } from './types.ts'

const TEXT: Readonly<Record<ExclusionCode, string>> = {
  already_assigned: 'sudah ditugaskan pada kejadian ini',
  inactive: 'unit tidak aktif lagi',
  off_duty: 'tidak bertugas',
  out_of_service: 'rusak atau dalam perbaikan',
  no_crew: 'tidak ada awak',
  busy: 'sedang menangani kejadian lain',
  lacks_capability: 'tidak memiliki kemampuan yang diminta',
  no_position: 'tidak ada posisi yang berlaku dan tidak ada pos',
  unreachable: 'tidak terjangkau lewat jalan yang terbuka',
}

/** The first reason why a unit of the right kind cannot be sent now; null when it can. */
export function exclusionOf(unit: CandidateUnit, needs: readonly Need[], input: RecommendInput): ExcludedUnit | null {
  const code = codeOf(unit, needs, input)
  if (!code) return null
  const seconds = input.prices.get(unit.unit_id)?.seconds ?? Infinity
  return {
    unit_id: unit.unit_id,
    callsign: unit.callsign,
    code,
    reason: reasonOf(code, unit, needs, input),
    eta_seconds: Number.isFinite(seconds) ? seconds : null,
    turnout_seconds: unit.turnout_seconds,
    position_age_seconds: unit.position_age_seconds,
    position_source: startOf(unit, input.options)?.source ?? null,
  }
}

function codeOf(unit: CandidateUnit, needs: readonly Need[], input: RecommendInput): ExclusionCode | null {
  if (unit.busy_incident_id !== null) {
    const asked = input.options?.incident_id
    const here = asked !== undefined && (unit.busy_incident_id === asked || unit.queued_incident_id === asked)
    return here ? 'already_assigned' : 'busy'
  }
  if (!unit.active) return 'inactive'
  if (unit.duty === 'off') return 'off_duty'
  if (unit.duty === 'out_of_service') return 'out_of_service'
  if (unit.crew < 1) return 'no_crew'
  if (!needs.some((need) => canDo(unit, need))) return 'lacks_capability'
  if (!needs.some((need) => fits(unit, need))) return 'no_crew'
  if (!startOf(unit, input.options)) return 'no_position'
  return Number.isFinite(input.prices.get(unit.unit_id)?.seconds ?? Infinity) ? null : 'unreachable'
}

function reasonOf(code: ExclusionCode, unit: CandidateUnit, needs: readonly Need[], input: RecommendInput): string {
  if (unit.queued_incident_id && unit.queued_incident_id === input.options?.incident_id)
    return `antre untuk kejadian ini sesudah ${unit.job?.number ?? 'kejadian lain'}`
  if (code === 'busy' && unit.job?.number) {
    const line = unit.job.queued_number ? `, sesudahnya antre untuk ${unit.job.queued_number}` : ''
    return `sedang menangani ${unit.job.number} (${unit.job.state})${line}`
  }
  if (code === 'lacks_capability')
    return `${TEXT[code]} (${[...new Set(needs.flatMap((need) => (need.capability === null ? [] : capabilityWord(need.capability))))].join(', ')})`
  if (code === 'no_crew' && unit.crew > 0) {
    const least = needs.filter((need) => canDo(unit, need)).map((need) => need.min_crew ?? 1)
    return `awak kurang: ${unit.crew} orang, perlu ${Math.min(...least)}`
  }
  if (code === 'no_position' && unit.position && unit.position_age_seconds !== null)
    return `posisi terakhir ${Math.round(unit.position_age_seconds)} dtk lalu, batas ${ageLimitOf(unit.agency_kind, input.options)} dtk, dan tidak ada pos`
  return TEXT[code]
}
