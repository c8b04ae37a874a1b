import type { EvaluationRow } from '../../geo/wire/evaluation.ts'
import { evaluationWords as words } from './evaluation_words.ts'
import { count, number, text, time, type SheetColumn, type SheetValue } from './sheet.ts'

export const INCIDENT_COLUMNS: SheetColumn[] = [
  ...[
    text('nomor'),
    text('kode jenis'),
    text('jenis'),
    count('prioritas'),
    text('keadaan'),
    text('kelurahan'),
    text('kecamatan'),
  ],
  ...[
    number('ketelitian lokasi m'),
    time('diterima'),
    time('diverifikasi'),
    time('dikirim'),
    time('tiba'),
    time('selesai'),
  ],
  ...[
    number('tahap agen detik'),
    text('tahap agen'),
    number('tahap OPD detik'),
    text('tahap OPD'),
    text('entri terlambat'),
  ],
]
const at = (when: string | null) => (when === null ? null : new Date(when))
const stateWords = (state: string, late: boolean | null) =>
  state === 'ended'
    ? late
      ? 'lewat batas'
      : 'tepat waktu'
    : state === 'running'
      ? late
        ? 'berjalan, lewat batas'
        : 'berjalan'
      : state === 'missing'
        ? 'waktu hilang'
        : ''

/** An incident in the order of {@link INCIDENT_COLUMNS}. */
export const incidentRow = (row: EvaluationRow): SheetValue[] => [
  ...[row.number, row.incident_type, row.type_name, row.priority, words.statuses[row.status] ?? row.status],
  ...[row.kelurahan, row.kecamatan, row.accuracy_m, at(row.received_at), at(row.verified_at), at(row.dispatched_at)],
  ...[at(row.on_scene_at), at(row.resolved_at), row.agent_seconds, stateWords(row.agent_state, row.agent_late)],
  ...[row.opd_seconds, stateWords(row.opd_state, row.opd_late), row.late_entry ? 'ya' : 'tidak'],
]
