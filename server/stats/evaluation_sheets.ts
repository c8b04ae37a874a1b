import type { Change, Evaluation, EvaluationRow } from '../../geo/wire/evaluation.ts'
import type { PerformanceRow, StagePerformance } from '../../geo/wire/performance.ts'
import { INCIDENT_COLUMNS, incidentRow } from './evaluation_incidents.ts'
import { callRows, complaintRows, ledgerRows, supervisionRows } from './evaluation_lists.ts'
import { evaluationWords as words } from './evaluation_words.ts'
import { count, number, share, text, type Sheet, type SheetColumn, type SheetValue } from './sheet.ts'

/** All sheets of the month: figures as the page shows them, the incidents last but the definitions. */
export function evaluationSheets(e: Evaluation, incidents: readonly EvaluationRow[]): Sheet[] {
  const performance = (name: string, title: string, rows: readonly PerformanceRow[]): Sheet => ({
    ...{ name, title },
    columns: [text('kode'), text('nama'), count('kejadian'), count('masih terbuka'), ...STAGE_COLUMNS],
    rows: rows.map((row) => [row.key, row.name, row.incidents, row.open, ...STAGES.flatMap((s) => stage(row[s]))]),
  })
  return [
    {
      ...{ name: 'Ringkasan', title: 'Bulan ini dibanding bulan lalu dan bulan yang sama tahun lalu' },
      columns: [
        ...[
          text('ukuran'),
          text('dibanding'),
          count('bulan ini'),
          count('dari n'),
          count('saat itu'),
          count('dari n saat itu'),
        ],
        ...[text('perubahan'), number('nilai'), number('batas bawah 95%'), number('batas atas 95%'), text('arti')],
      ],
      rows: e.changes.map((c) => changeRow(c, e)),
    },
    performance('Tahap', 'Seluruh kota', [e.total]),
    {
      ...{ name: 'Panggilan', title: 'Semua panggilan menurut jenisnya' },
      columns: [
        text('ukuran'),
        count('jumlah'),
        share('bagian'),
        share('batas bawah 95%'),
        share('batas atas 95%'),
        count('dari n'),
      ],
      rows: callRows(e),
    },
    performance('Jenis', 'Menurut jenis kejadian', e.by_type),
    performance('Prioritas', 'Menurut prioritas', e.by_priority),
    performance('Shift', 'Menurut shift', e.by_shift),
    agencies('OPD', 'Menurut OPD: jam sendiri, dari diberi tahu sampai selesai', e.by_agency),
    agencies('Unit', 'Menurut unit: jam sendiri, dari diberi tahu sampai selesai', e.by_unit),
    performance('Kecamatan', 'Menurut kecamatan', e.by_kecamatan),
    {
      ...{ name: 'Kelurahan', title: 'Menurut kelurahan' },
      columns: [
        ...[text('kode'), text('nama'), count('penduduk'), count('tahun penduduk'), count('kejadian')],
        ...[number('per 10.000 penduduk'), count('masih terbuka'), ...STAGE_COLUMNS],
      ],
      rows: e.by_kelurahan.map((row) => [
        ...[row.key, row.name, row.population, row.population_year, row.incidents, row.per_10000, row.open],
        ...STAGES.flatMap((s) => stage(row[s])),
      ]),
    },
    {
      ...{ name: 'Hari', title: 'Kejadian per hari (WIB)' },
      columns: [text('tanggal'), count('kejadian')],
      rows: e.by_day.map(({ day, n }) => [day, n]),
    },
    {
      ...{ name: 'Jam', title: 'Kejadian menurut hari dan jam (WIB)' },
      columns: [text('hari'), ...Array.from({ length: 24 }, (_, hour) => count(String(hour).padStart(2, '0')))],
      rows: e.hours.map((row, i) => [words.weekdays[i], ...row]),
    },
    {
      ...{ name: 'Bulan', title: 'Kejadian per bulan; kosong: belum ada catatan' },
      columns: [text('bulan'), count('kejadian')],
      rows: e.months.map(({ month, n }) => [month, n]),
    },
    {
      ...{ name: 'Titik rawan', title: 'Sel yang ditandai (Gi*, Benjamini-Hochberg 5%)' },
      columns: [
        ...[text('sel H3'), text('kelurahan'), text('dekat'), count('kejadian'), count('dengan sekitarnya')],
        ...[number('z'), number('q'), count('tahun lalu')],
      ],
      rows: e.hotspots.cells.map((c) => [c.h3, c.kelurahan, c.place, c.incidents, c.around, c.z, c.q, c.last_year]),
    },
    {
      ...{ name: 'Buku pengiriman', title: 'Pilihan unit dan ketepatan perkiraan tiba' },
      columns: [text('ukuran'), number('nilai')],
      rows: ledgerRows(e),
    },
    {
      ...{ name: 'Pengawasan', title: 'Pengawasan internal oleh Kabid' },
      columns: [text('ukuran'), number('nilai')],
      rows: supervisionRows(e),
    },
    {
      ...{ name: 'Pengaduan', title: 'Pengaduan atas layanan' },
      columns: [text('ukuran'), number('nilai')],
      rows: complaintRows(e),
    },
    {
      ...{ name: 'SKM', title: 'Indeks kepuasan masyarakat (PermenPANRB 14/2017)' },
      columns: [text('unsur'), count('responden'), number('indeks bulan ini'), number('indeks 12 bulan')],
      rows: [
        ...e.skm.month.elements.map((each, i): SheetValue[] => [
          ...[words.skm[each.element], e.skm.month.n, each.index, e.skm.year.elements[i].index],
        ]),
        ['SKM', e.skm.month.n, e.skm.month.index, e.skm.year.index],
      ],
    },
    {
      ...{ name: 'Mutu data', title: 'Mutu data' },
      columns: [text('ukuran'), count('jumlah')],
      rows: Object.entries(words.quality).map(([key, word]) => [word, e.quality[key as keyof typeof words.quality]]),
    },
    ...(e.operators === null
      ? []
      : [
          {
            ...{ name: 'Operator', title: 'Menurut operator: bandingkan hanya dengan memperhatikan n dan ragam kasus' },
            columns: [
              ...[text('operator'), count('kejadian'), count('pagi'), count('sore'), count('malam')],
              ...[text('jenis terbanyak'), ...stageColumns('agent'), count('panggilan'), number('p50 jawab detik')],
            ],
            rows: e.operators.map((row): SheetValue[] => [
              ...[row.name ?? 'tidak dikenal', row.incidents, row.mix?.by_shift.pagi ?? null],
              ...[row.mix?.by_shift.sore ?? null, row.mix?.by_shift.malam ?? null, mixWords(row)],
              ...[...stage(row.agent), row.calls?.calls ?? null, row.calls?.answer.p50_seconds ?? null],
            ]),
          },
        ]),
    {
      ...{ name: 'Kejadian', title: 'Kejadian bulan ini, tanpa data pribadi; waktu WIB' },
      columns: INCIDENT_COLUMNS,
      rows: incidents.map(incidentRow),
    },
    {
      ...{ name: 'Definisi', title: 'Cara setiap angka dihitung' },
      columns: [text('istilah'), text('definisi')],
      rows: words.definitions.map((pair) => [...pair]),
    },
  ]
}

const STAGES = ['agent', 'opd', 'fire'] as const
const stageColumns = (name: (typeof STAGES)[number]): SheetColumn[] => {
  const of = words.stages[name]
  return [
    ...[count(`${of}: n`), count(`${of}: lewat batas`), share(`${of}: bagian lewat batas`)],
    ...[share(`${of}: batas bawah 95%`), share(`${of}: batas atas 95%`), count(`${of}: berjalan`)],
    ...[count(`${of}: tanpa waktu`), number(`${of}: p50 detik`), number(`${of}: p90 detik`)],
  ]
}
const stage = (s: StagePerformance): SheetValue[] => [
  ...[s.n, s.breached, s.share, s.low, s.high, s.running, s.missing, s.p50_seconds, s.p90_seconds],
]
const STAGE_COLUMNS = STAGES.flatMap(stageColumns)

function changeRow(c: Change, e: Evaluation): SheetValue[] {
  const against = c.against === 'previous' ? e.previous.month : e.last_year.month
  const meaning =
    c.value === null
      ? 'tidak dibandingkan'
      : c.few
        ? 'terlalu sedikit'
        : c.clear
          ? 'melampaui kebetulan'
          : 'dapat karena kebetulan'
  return [
    ...[words.measures[c.measure], against, c.now.count, c.now.n, c.then.count, c.then.n],
    ...[c.kind === 'ratio' ? 'rasio per hari' : 'selisih bagian', c.value?.estimate ?? null],
    ...[c.value?.low ?? null, c.value?.high ?? null, meaning],
  ]
}

const agencies = (name: string, title: string, rows: readonly PerformanceRow[]): Sheet => ({
  ...{ name, title },
  columns: [
    ...[
      text('nama'),
      count('kejadian'),
      count('penugasan'),
      count('ditolak'),
      count('dibatalkan'),
      ...stageColumns('opd'),
    ],
    ...[
      number('terima p50 detik'),
      number('berangkat p50 detik'),
      number('perjalanan p50 detik'),
      number('di lokasi p50 detik'),
    ],
  ],
  rows: rows.map(({ name: of, incidents, own }) => [
    ...[of, incidents, own?.assignments ?? null, own?.declined ?? null, own?.cancelled ?? null],
    ...(own ? stage(own.clock) : Array<null>(9).fill(null)),
    ...[own?.acknowledge.p50_seconds ?? null, own?.turnout.p50_seconds ?? null],
    ...[own?.travel.p50_seconds ?? null, own?.on_scene.p50_seconds ?? null],
  ]),
})

/** The three commonest types of an operator's incidents, with their counts. */
function mixWords({ mix }: PerformanceRow): string | null {
  const types = Object.entries(mix?.by_type ?? {}).sort(([, a], [, b]) => b - a)
  return mix === null
    ? null
    : types
        .slice(0, 3)
        .map(([type, n]) => `${type} ${n}`)
        .join(', ')
}
