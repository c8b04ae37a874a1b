import type { Ledger, LedgerRow } from '../../geo/wire/ledger.ts'
import { csv, wib } from './csv.ts'

const HEAD = [
  'waktu_wib',
  'nomor',
  'jenis',
  'unit',
  'instansi',
  'perkiraan_detik',
  'hasil',
  'unit_teratas',
  'perkiraan_teratas_detik',
  'selisih_detik',
  'alasan',
  'oleh',
  'dipertimbangkan',
  'penutupan_berlaku',
  'sumber_waktu',
  'aturan',
  'simulasi',
]

/** The decisions of a ledger, a line for each unit sent. The code of a reason and never its words: a file goes further than the case does. */
export function ledgerCsv({ rows, simulated }: Ledger): string {
  const lines = rows.flatMap((row) => linesOf(row, simulated))
  return csv([HEAD, ...lines])
}

const linesOf = (row: LedgerRow, simulated: boolean) =>
  row.chosen.map((unit) => {
    const over = row.verdicts.flatMap((v) => v.passed_over).find(({ sent }) => sent.unit_id === unit.unit_id)
    const verdict = row.verdicts.find(({ agency_kind }) => agency_kind === unit.agency_kind)
    const first = over?.first ?? verdict?.firsts.find(({ unit_id }) => unit_id === unit.unit_id) ?? verdict?.firsts[0]
    return [
      wib(row.made_at),
      row.number,
      row.incident_type,
      unit.callsign,
      unit.agency_kind,
      unit.eta_seconds === null ? null : unit.eta_seconds + (unit.turnout_seconds ?? 0),
      row.outcome,
      first?.callsign,
      first?.seconds,
      over?.lost_seconds,
      row.reason_code,
      row.actor,
      row.considered,
      row.closures_in_force,
      row.routing,
      row.rule_version,
      simulated ? 'ya' : 'tidak',
    ]
  })
