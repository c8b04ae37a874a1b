import type { CityStation } from './types.ts'

/**
 * Posts. "(perkiraan)" in a name: the office exists, its position is a guess to be put right in /admin.
 * Pos Damkar Selatan was built in 2013 and had no crew in 2023: a place for a what-if, not a place to send from.
 */
// prettier-ignore
export const STATIONS: readonly CityStation[] = [
  { code: 'damkar-mako', agency_code: 'damkar', name: 'Mako Damkar', address: 'Jl. Tentara Pelajar No. 1', location: [109.6717, -6.8779] },
  { code: 'damkar-selatan', agency_code: 'damkar', name: 'Pos Damkar Selatan', address: 'Jl. Letjen Suprapto No. 3, Kertoharjo', location: [109.6713, -6.9269] },
  { code: 'bpbd-mako', agency_code: 'bpbd', name: 'Kantor BPBD', address: 'Jl. Sriwijaya', location: [109.6601, -6.8916] },
  { code: 'psc119-dinkes', agency_code: 'psc119', name: 'PSC 119 Dinas Kesehatan', address: null, location: [109.6758, -6.8749] },
  { code: 'psc119-bendan', agency_code: 'psc119', name: 'PSC 119 RSUD Bendan', address: 'Jl. Sriwijaya No. 2', location: [109.662, -6.8915] },
  { code: 'psc119-sokorejo', agency_code: 'psc119', name: 'PSC 119 Puskesmas Sokorejo', address: null, location: [109.6896, -6.9068] },
  { code: 'psc119-selatan', agency_code: 'psc119', name: 'PSC 119 Puskesmas Pekalongan Selatan', address: null, location: [109.6798, -6.927] },
  { code: 'polres-mako', agency_code: 'polres', name: 'Mapolres Pekalongan Kota', address: 'Jl. Diponegoro No. 19', location: [109.6726, -6.8797] },
  { code: 'polsek-barat', agency_code: 'polres', name: 'Polsek Pekalongan Barat', address: 'Jl. Gajah Mada Barat', location: [109.6541, -6.8893] },
  { code: 'polsek-timur', agency_code: 'polres', name: 'Polsek Pekalongan Timur', address: null, location: [109.6756, -6.8857] },
  { code: 'polsek-selatan', agency_code: 'polres', name: 'Polsek Pekalongan Selatan', address: null, location: [109.6797, -6.9287] },
  { code: 'pospol-grogolan', agency_code: 'polres', name: 'Pos Polisi Grogolan', address: null, location: [109.6806, -6.9013] },
  { code: 'pmi-markas', agency_code: 'pmi', name: 'Markas PMI (perkiraan)', address: null, location: [109.668, -6.881] },
  { code: 'satpol-mako', agency_code: 'satpol', name: 'Kantor Satpol P3KP', address: 'Jl. Majapahit', location: [109.6622, -6.8957] },
  { code: 'dishub-kantor', agency_code: 'dishub', name: 'Kantor Dinas Perhubungan', address: null, location: [109.6835, -6.8862] },
  { code: 'dlh-kantor', agency_code: 'dlh', name: 'Kantor DLH', address: 'Kandang Panjang', location: [109.6713, -6.8774] },
  { code: 'dpupr-kantor', agency_code: 'dpupr', name: 'Kantor DPUPR', address: null, location: [109.6814, -6.8679] },
  { code: 'dpupr-pengairan', agency_code: 'dpupr', name: 'Kantor PU Pengairan', address: null, location: [109.6844, -6.8629] },
  { code: 'dinsos-kantor', agency_code: 'dinsos', name: 'Kantor Dinsos-P2KB', address: 'Jl. Sriwijaya', location: [109.6606, -6.8966] },
  { code: 'polairud-pos', agency_code: 'polairud', name: 'Pos Polairud Pelabuhan (perkiraan)', address: 'Jl. WR Supratman', location: [109.6918, -6.8598] },
  { code: 'koramil-timur', agency_code: 'tni', name: 'Koramil 02 Pekalongan Timur', address: null, location: [109.682, -6.8943] },
  { code: 'pln-kantor', agency_code: 'pln', name: 'Kantor PLN Pekalongan', address: null, location: [109.6717, -6.8846] },
  { code: 'pdam-kantor', agency_code: 'pdam', name: 'Kantor Perumda Tirtayasa', address: null, location: [109.6839, -6.883] },
]
