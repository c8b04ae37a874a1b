import type { Evaluation } from '../../geo/wire/evaluation.ts'
import type { CallPerformance } from '../../geo/wire/performance.ts'
import { evaluationWords as words } from './evaluation_words.ts'
import type { SheetValue } from './sheet.ts'

/** Calls by kind, then the shares that have an interval. */
export function callRows({ calls, total }: Evaluation): SheetValue[][] {
  const part = (name: string, of: CallPerformance['prank'] | undefined): SheetValue[] => [
    ...[name, of?.count ?? null, of?.share ?? null, of?.low ?? null, of?.high ?? null, of?.n ?? null],
  ]
  return [
    ...Object.entries(words.calls).map(([key, word]): SheetValue[] => [
      ...[word, calls[key as keyof typeof words.calls], null, null, null, null],
    ]),
    part('bagian iseng', total.calls?.prank),
    part('bagian tanpa suara', total.calls?.ghost),
    part('dijawab dalam 15 detik', total.calls?.answer.within_15),
    part('dijawab dalam 20 detik', total.calls?.answer.within_20),
  ]
}

export function ledgerRows({ ledger: { decisions, nearest, accuracy, reasons } }: Evaluation): SheetValue[][] {
  return [
    ['keputusan pengiriman', decisions.n],
    ['tanpa unit teratas', decisions.none],
    ['dibandingkan (n)', decisions.first.n],
    ['mengirim yang teratas', decisions.first.k],
    ['bagian mengirim yang teratas', decisions.first.share],
    ['batas bawah 95%', decisions.first.low],
    ['batas atas 95%', decisions.first.high],
    ['unit dikirim menggantikan yang teratas', nearest.n],
    ['selisih perkiraan, median detik', nearest.median_lost_seconds],
    ['perkiraan tiba dibandingkan (n)', accuracy.n],
    ['galat perkiraan, median detik', accuracy.median_error_seconds],
    ['galat perkiraan, p90 detik', accuracy.p90_error_seconds],
    ['tepat dalam 2 menit', accuracy.within_2_minutes],
    ['selesai tanpa laporan tiba', accuracy.without_arrival],
    ...reasons.map(({ code, n }): SheetValue[] => [`alasan: ${code ?? 'kata sendiri'}`, n]),
  ]
}

export function supervisionRows({ supervision: { figures: f } }: Evaluation): SheetValue[][] {
  return [
    ['kasus selesai', f.over],
    ['kasus ditinjau', f.cases],
    ['tinjauan selesai', f.done],
    ['temuan', f.findings],
    ['tindak lanjut menunggu', f.waiting],
    ['tindak lanjut lewat tenggat', f.overdue],
    ...Object.entries(f.by_reason).map(([k, n]): SheetValue[] => [
      `alasan tinjauan: ${words.review_reasons[k] ?? k}`,
      n,
    ]),
    ...Object.entries(f.by_category).map(([k, n]): SheetValue[] => [`temuan: ${words.finding_categories[k] ?? k}`, n]),
  ]
}

export function complaintRows({ complaints: c }: Evaluation): SheetValue[][] {
  return [
    ['pengaduan diterima', c.n],
    ['dijawab tepat waktu', c.in_time.k],
    ['dari n', c.in_time.n],
    ['bagian tepat waktu', c.in_time.share],
    ['batas bawah 95%', c.in_time.low],
    ['batas atas 95%', c.in_time.high],
    ['masih dalam tenggat', c.in_time.running],
    ['median hari sampai jawaban', c.median_days],
    ['naik ke pejabat dengan alasan', c.escalated.words],
    ['naik ke pejabat karena tenggat', c.escalated.deadline],
    ['dibuka kembali', c.reopened],
  ]
}
