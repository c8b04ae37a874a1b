import { outcomeOf, verdictsOf, type KindVerdict, type Outcome } from '../../geo/dispatch/first.ts'
import type { OverrideReason } from '../../geo/dispatch/reasons.ts'
import { ETA_ERROR, tiesOf } from '../../geo/dispatch/ties.ts'
import type { ExcludedUnit, Recommendation } from '../../geo/dispatch/types.ts'
import type { Choice, PricedUnit } from './choose.ts'

/** What the room says when it does not take the first. */
const REASONS: readonly OverrideReason[] = [
  { code: 'unit_dipersiapkan_lain', words: 'Unit terdekat baru kembali dan mengisi bahan bakar' },
  { code: 'unit_lebih_sesuai', words: null },
  { code: 'permintaan_opd', words: null },
  { code: 'informasi_lapangan', words: 'Awak di lapangan sudah dekat lokasi' },
  { code: 'akses_jalan', words: null },
]
export const reasonAt = (at: number): OverrideReason => REASONS[Math.floor(at / 1_000) % REASONS.length]

const WHY: Readonly<Record<Choice['excluded'][number]['code'], string>> = {
  busy: 'sedang menangani kejadian lain',
  already_assigned: 'sudah ditugaskan pada kejadian ini',
  lacks_capability: 'tidak memiliki kemampuan yang diminta',
}

interface Decision {
  candidates: Recommendation[]
  considered: number
  verdicts: KindVerdict[]
  outcome: Outcome
}

/** What the dispatcher of an imagined case knew: everybody from the post, and whoever stands in a live case today is busy in it. */
export function decisionOf(
  { agency_kind, candidates, excluded }: Choice,
  chosen: PricedUnit | null,
  busy: ReadonlySet<string>,
  accuracy_m: number,
): Decision {
  const told = (unit: PricedUnit, code: ExcludedUnit['code'], reason: string): ExcludedUnit => ({
    unit_id: unit.unit_id,
    callsign: unit.callsign,
    code,
    reason,
    eta_seconds: unit.eta_seconds,
    turnout_seconds: unit.turnout_seconds,
    position_age_seconds: null,
    position_source: 'station',
  })
  const free = candidates.filter((unit) => !busy.has(unit.unit_id))
  const group: Recommendation = {
    agency_kind,
    needed: 1,
    assigned: 0,
    units: free.map((unit, i) => ({
      ...unit,
      position_age_seconds: null,
      position_source: 'station',
      suggested: i === 0,
      skills: [],
      reasons: ['dihitung dari pos: tidak ada posisi langsung'],
    })),
    shortfall: null,
    excluded: [
      ...candidates.filter((unit) => busy.has(unit.unit_id)).map((unit) => told(unit, 'busy', WHY.busy)),
      ...excluded.map(({ code, ...unit }) => told(unit, code, WHY[code])),
    ],
    agencies: [],
    ties: tiesOf(free, accuracy_m, ETA_ERROR),
  }
  const verdicts = verdictsOf([group], chosen ? [chosen.unit_id] : [])
  return {
    candidates: [group],
    considered: group.units.length + group.excluded.length,
    verdicts,
    outcome: outcomeOf(verdicts),
  }
}
