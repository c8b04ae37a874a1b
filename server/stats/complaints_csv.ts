import type { Complaint } from '../../geo/wire/complaints.ts'
import type { Skm } from '../../geo/wire/survey.ts'
import { csv, wib } from './csv.ts'

const HEAD = [
  'nomor',
  'kanal',
  'pokok',
  'keadaan',
  'diterima_wib',
  'tenggat_petugas_wib',
  'naik_ke_pejabat_wib',
  'sebab_naik',
  'tenggat_pejabat_wib',
  'jawaban_pertama_wib',
  'jawaban_pertama_terlambat',
  'dibuka_kembali',
  'selesai_wib',
  'simulasi',
]
const time = (text: string | null) => (text === null ? null : wib(text))
const yes = (value: boolean | null) => (value === null ? null : value ? 'ya' : 'tidak')

/** Complaints, a line each, with states and times alone: no name, no contact, no words, no number of a case. */
export const complaintsCsv = (rows: readonly Complaint[]): string =>
  csv([
    HEAD,
    ...rows.map((row) => [
      row.number,
      row.channel,
      row.category,
      row.status,
      wib(row.received_at),
      wib(row.officer_due_at),
      time(row.escalated_at),
      row.escalation,
      time(row.official_due_at),
      time(row.first_answered_at),
      yes(row.first_answer_late),
      row.reopened,
      time(row.closed_at),
      yes(row.simulated),
    ]),
  ])

const decimals = (value: number | null) => (value === null ? null : value.toFixed(2))

/** The index of some months: a line for each element, the whole last. What is withheld is empty. */
export const skmCsv = ({ from, to, n, index, grade, elements, simulated }: Skm): string =>
  csv([
    [
      'dari',
      'sebelum',
      'unsur',
      'n',
      'rata_rata',
      'indeks',
      'mutu',
      'nilai_1',
      'nilai_2',
      'nilai_3',
      'nilai_4',
      'simulasi',
    ],
    ...elements.map((each) => [
      ...[from, to, each.element, n, decimals(each.mean), decimals(each.index), each.grade],
      ...(each.counts ?? [null, null, null, null]),
      yes(simulated),
    ]),
    [
      from,
      to,
      'SKM',
      n,
      decimals(index === null ? null : index / 25),
      decimals(index),
      grade,
      null,
      null,
      null,
      null,
      yes(simulated),
    ],
  ])
