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
  const reason = code === 'lacks_capability' ? `${TEXT[code]} (${asked})` : TEXT[code]
  return { unit_id: unit.unit_id, callsign: unit.callsign, code, reason }
}

function codeOf(unit: CandidateUnit, needs: readonly Need[], input: RecommendInput): ExclusionCode | null {
  if (unit.busy_incident_id !== null)
    return unit.busy_incident_id === input.options?.incident_id ? 'already_assigned' : 'busy'
  if (!unit.active) return 'inactive'
  if (unit.duty === 'off') return 'off_duty'
  if (unit.duty === 'out_of_service') return 'out_of_service'
  if (unit.crew < 1) return 'no_crew'
  if (!needs.some((need) => canDo(unit, need))) return 'lacks_capability'
  if (!startOf(unit, input.options)) return 'no_position'
  return Number.isFinite(input.prices.get(unit.unit_id)?.seconds ?? Infinity) ? null : 'unreachable'
}
