import { canDo } from './fill.ts'
import { startOf } from './start.ts'
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
  const asked = [...new Set(needs.flatMap((need) => need.capability ?? []))].join(', ')
  const reason =
    code === 'lacks_capability'
      ? `${TEXT[code]} (${asked})`
      : code === 'busy' || (code === 'already_assigned' && unit.busy_incident_id !== input.options?.incident_id)
        ? jobWords(unit, input)
        : TEXT[code]
  const seconds = input.prices.get(unit.unit_id)?.seconds ?? Infinity
  return {
    unit_id: unit.unit_id,
    callsign: unit.callsign,
    code,
    reason,
    eta_seconds: Number.isFinite(seconds) ? seconds : null,
    turnout_seconds: unit.turnout_seconds,
    position_age_seconds: unit.position_age_seconds,
    position_source: startOf(unit, input.options)?.source ?? null,
  }
}

/** Which job a busy unit is on, and what it stands in line for. */
function jobWords(unit: CandidateUnit, { options }: RecommendInput): string {
  const line = unit.queued_number ? `, sesudahnya antre untuk ${unit.queued_number}` : ''
  if (unit.queued_incident_id && unit.queued_incident_id === options?.incident_id)
    return `antre untuk kejadian ini sesudah ${unit.busy_number ?? 'kejadian lain'}`
  return unit.busy_number ? `sedang menangani ${unit.busy_number}${line}` : TEXT.busy
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
  if (!startOf(unit, input.options)) return 'no_position'
  return Number.isFinite(input.prices.get(unit.unit_id)?.seconds ?? Infinity) ? null : 'unreachable'
}
