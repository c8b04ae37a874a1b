import type { CityAgency } from './types.ts'

/** OPD and partners of 112. Numbers are public office lines; whoever has none printed is reached through the room's own list. */
// prettier-ignore
export const AGENCIES: readonly CityAgency[] = [
  { code: 'damkar', name: 'UPTD Pemadam Kebakaran (Satpol P3KP)', kind: 'damkar', phone: '(0285) 435301', tracked: true },
  { code: 'bpbd', name: 'BPBD Kota Pekalongan', kind: 'bpbd', phone: '0815-4800-4000', tracked: true },
  { code: 'psc119', name: 'PSC 119 Dinas Kesehatan', kind: 'psc119', phone: '119', tracked: true },
  { code: 'polres', name: 'Polres Pekalongan Kota', kind: 'polres', phone: '110', tracked: true },
  { code: 'pmi', name: 'PMI Kota Pekalongan', kind: 'pmi', phone: '(0285) 421580', tracked: true },
  { code: 'satpol', name: 'Satpol P3KP Kota Pekalongan', kind: 'satpol', phone: null, tracked: true },
  { code: 'dishub', name: 'Dinas Perhubungan', kind: 'dishub', phone: null, tracked: true },
  { code: 'dlh', name: 'Dinas Lingkungan Hidup', kind: 'dlh', phone: null, tracked: true },
  { code: 'dpupr', name: 'Dinas Pekerjaan Umum dan Penataan Ruang', kind: 'dpupr', phone: null, tracked: true },
  { code: 'dinsos', name: 'Dinas Sosial, Pengendalian Penduduk dan KB', kind: 'dinsos', phone: null, tracked: true },
  { code: 'polairud', name: 'Satpolairud Pekalongan', kind: 'polairud', phone: null, tracked: true },
  { code: 'tni', name: 'Kodim 0710/Pekalongan', kind: 'tni', phone: null, tracked: true },
  { code: 'basarnas', name: 'Basarnas', kind: 'basarnas', phone: '115', tracked: false },
  { code: 'pln', name: 'PLN Pekalongan', kind: 'pln', phone: '123', tracked: false },
  { code: 'pdam', name: 'Perumda Tirtayasa (PDAM)', kind: 'pdam', phone: '(0285) 421558', tracked: false },
]
