import { wibDay } from '../../geo/sla/shift.ts'
import type { Ledger, LedgerRow } from '../../geo/wire/ledger.ts'

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
  'kata_alasan',
  'oleh',
  'dipertimbangkan',
  'penutupan_berlaku',
  'sumber_waktu',
  'aturan',
  'simulasi',
]

/** `2026-10-01 07:30:05`, WIB. */
export const wib = (text: string): string => {
  const at = Date.parse(text)
  return `${wibDay(at)} ${new Date(at + 7 * 3_600_000).toISOString().slice(11, 19)}`
}

/** One field; what a spreadsheet would take for a formula is told as text. */
export function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(Math.round(value))
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The decisions of a ledger, a line for each unit sent; RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. */
export function ledgerCsv({ rows, simulated }: Ledger): string {
  const lines = rows.flatMap((row) => linesOf(row, simulated))
  return `\uFEFF${[HEAD, ...lines].map((line) => line.map(field).join(',')).join('\r\n')}\r\n`
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
      row.reason_words,
      row.actor,
      row.considered,
      row.closures_in_force,
      row.routing,
      row.rule_version,
      simulated ? 'ya' : 'tidak',
    ]
  })
