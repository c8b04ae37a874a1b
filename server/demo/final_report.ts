import type { FinalReportInput } from '../../geo/wire/final_report.ts'

/** What the demo's operators write at the end of every case. */
export const FINAL_REPORT: FinalReportInput = {
  dead: 0,
  injured: 0,
  evacuated: 0,
  summary: 'Simulasi: unit tiba, menangani, dan kembali ke pos.',
  cause: 'Simulasi: belum diketahui.',
  outcome: 'Simulasi: tertangani.',
  revision: 0,
}
