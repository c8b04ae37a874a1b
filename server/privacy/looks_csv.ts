import type { Look } from '../../geo/wire/privacy.ts'
import { csv, wib } from '../stats/csv.ts'

const HEAD = ['waktu_wib', 'akun', 'jenis_lihat', 'nomor_kasus', 'tentang', 'ikut_menangani']

/** Who saw what, a line a look. */
export const looksCsv = (rows: readonly Look[]): string =>
  csv([
    HEAD,
    ...rows.map(({ at, actor, kind, number, about, handled }) => [
      wib(at),
      actor,
      kind,
      number,
      about,
      handled === null ? '' : handled ? 'ya' : 'tidak',
    ]),
  ])
