import type { LonLat } from '../earth.ts'
import type { CityFacility } from './types.ts'

type Row = [name: string, kelurahan: string | null, point: LonLat, address?: string | null, phone?: string | null]

/**
 * Where help comes from or people gather, by kind, with the kelurahan it lies in (null: its position is a guess, so it proves
 * nothing); positions are public facts, 4 decimals. Numbers are office lines.
 */
// prettier-ignore
const ROWS: Record<string, Row[]> = {
  '112': [['Call Center 112 (Setda Kota Pekalongan)', '33.75.01.1003', [109.6617, -6.8971], 'Jl. Mataram No. 1', '112']],
  pemkot: [['Kantor Wali Kota Pekalongan', '33.75.01.1003', [109.662, -6.8972], 'Jl. Mataram']],
  opd: [
    ['Dinkominfo Kota Pekalongan', '33.75.01.1003', [109.6626, -6.8958], 'Jl. Majapahit'],
    ['Kesbangpol Kota Pekalongan', '33.75.01.1003', [109.6611, -6.8957], 'Jl. Majapahit'],
  ],
  satpol: [['Kantor Satpol P3KP', '33.75.01.1003', [109.6622, -6.8957], 'Jl. Majapahit']],
  damkar: [
    ['Mako Damkar', null, [109.6717, -6.8779], 'Jl. Tentara Pelajar No. 1', '(0285) 435301'],
    ['Pos Damkar Selatan', null, [109.6713, -6.9269], 'Jl. Letjen Suprapto No. 3, Kertoharjo'],
  ],
  bpbd: [['BPBD Kota Pekalongan', '33.75.01.1006', [109.6601, -6.8916], 'Jl. Sriwijaya', '0815-4800-4000']],
  dinkes: [['Dinas Kesehatan / PSC 119', '33.75.03.1004', [109.6758, -6.8749], null, '119']],
  dishub: [['Dinas Perhubungan', '33.75.02.1007', [109.6835, -6.8862]]],
  dlh: [['DLH Kota Pekalongan', '33.75.03.1003', [109.6713, -6.8774], 'Kandang Panjang']],
  dpupr: [
    ['DPUPR Kota Pekalongan', '33.75.03.1004', [109.6814, -6.8679]],
    ['Kantor PU Pengairan', '33.75.03.1004', [109.6844, -6.8629]],
  ],
  dinsos: [['Dinsos-P2KB Kota Pekalongan', '33.75.01.1003', [109.6606, -6.8966], 'Jl. Sriwijaya']],
  pdam: [['Perumda Tirtayasa (PDAM)', '33.75.02.1008', [109.6839, -6.883], null, '(0285) 421558']],
  pln: [
    ['PLN Pekalongan', '33.75.02.1004', [109.6717, -6.8846], null, '123'],
    ['Gardu Induk PLN', '33.75.01.1002', [109.6625, -6.9051]],
  ],
  polisi: [
    ['Polres Pekalongan Kota', '33.75.03.1006', [109.6726, -6.8797], 'Jl. Diponegoro No. 19', '110'],
    ['Polsek Pekalongan Barat', null, [109.6541, -6.8893], 'Jl. Gajah Mada Barat', '(0285) 422321'],
    ['Polsek Pekalongan Timur', '33.75.02.1004', [109.6756, -6.8857], null, '(0285) 421031'],
    ['Polsek Pekalongan Selatan', '33.75.04.1006', [109.6797, -6.9287], null, '(0285) 432429'],
    ['Pos Polisi Grogolan', '33.75.02.1002', [109.6806, -6.9013], null, '(0285) 422838'],
    ['Brimob Den B Pelopor', '33.75.02.1010', [109.6874, -6.9017]],
  ],
  tni: [
    ['Denpom Pekalongan', '33.75.01.1009', [109.6565, -6.8899]],
    ['Koramil Pekalongan Timur', '33.75.02.1007', [109.682, -6.8943]],
    ['Koramil Pekalongan Selatan', '33.75.04.1006', [109.6795, -6.929]],
  ],
  rs: [
    ['RSUD Bendan', '33.75.01.1006', [109.662, -6.8915], 'Jl. Sriwijaya No. 2', '(0285) 437222'],
    ['RSUD Kraton', '33.75.03.1006', [109.6672, -6.8813], 'Jl. Veteran', '(0285) 421621'],
    ['RS Budi Rahayu', '33.75.03.1006', [109.6714, -6.8803], 'Jl. Barito No. 5', '(0285) 423491'],
    ['RS Hermina Pekalongan', '33.75.01.1003', [109.6677, -6.8984], 'Jl. Jend. Sudirman No. 16A', '(0285) 432525'],
    ['RSI Siti Khodijah', '33.75.02.1004', [109.6769, -6.8865], null, '(0285) 422845'],
    ['RS H.A. Zaky Djunaid', '33.75.04.1003', [109.6519, -6.9117], 'Jl. Pelita II'],
    ['RS Karomah Holistic', '33.75.01.1009', [109.6522, -6.8889], 'Jl. Raya Tirto'],
    ['RS ARO', '33.75.02.1009', [109.7021, -6.9036], 'Jl. Dr. Sutomo'],
    ['RSU Bhakti Waluyo', '33.75.02.1012', [109.6926, -6.9043], 'Jl. Dr. Sutomo'],
    ['RS Anugerah', '33.75.01.1008', [109.6644, -6.8879], 'Jl. Perintis Kemerdekaan No. 3'],
  ],
  puskesmas: [
    ['Puskesmas Tirto', '33.75.01.1009', [109.6487, -6.8937]],
    ['Puskesmas Buaran', '33.75.04.1003', [109.654, -6.9124]],
    ['Puskesmas Jenggot', '33.75.04.1004', [109.6682, -6.9146]],
    ['Puskesmas Pekalongan Selatan', '33.75.04.1006', [109.6798, -6.927]],
    ['Puskesmas Sokorejo', '33.75.02.1012', [109.6896, -6.9068]],
    ['Puskesmas Noyontaan', '33.75.02.1002', [109.6804, -6.899]],
    ['Puskesmas Tondano', '33.75.02.1007', [109.6821, -6.8939], 'Jl. Tondano'],
    ['Puskesmas Klego', '33.75.02.1008', [109.683, -6.885]],
    ['Puskesmas Kusuma Bangsa', null, [109.6787, -6.8666], 'Jl. Kusuma Bangsa'],
  ],
  pustu: [
    ['Pustu Degayu', '33.75.03.1007', [109.7024, -6.8869]],
    ['Pustu Klego', '33.75.02.1008', [109.6887, -6.8797]],
    ['Pustu Pragak', '33.75.04.1008', [109.6831, -6.9054]],
    ['Pustu Pringrejo', '33.75.01.1012', [109.66, -6.9076]],
  ],
  kecamatan: [
    ['Kantor Kecamatan Pekalongan Timur', '33.75.02.1007', [109.6825, -6.8921]],
    ['Kantor Kecamatan Pekalongan Selatan', '33.75.04.1006', [109.6799, -6.9277]],
  ],
  stasiun: [['Stasiun Pekalongan', '33.75.01.1006', [109.6642, -6.8896], 'Jl. Gajah Mada', '(0285) 421161']],
  terminal: [['Terminal Pekalongan', '33.75.02.1009', [109.7008, -6.903], 'Jl. Dr. Sutomo']],
  pelabuhan: [['Pelabuhan Perikanan Nusantara Pekalongan', '33.75.03.1004', [109.6921, -6.8579], 'Jl. WR Supratman']],
  instansi: [['Bea Cukai Pekalongan', '33.75.03.1004', [109.6809, -6.8687]]],
}

export const FACILITIES: readonly CityFacility[] = Object.entries(ROWS).flatMap(([kind, rows]) =>
  rows.map(([name, kelurahan_code, point, address = null, phone = null]) => ({
    name,
    kind,
    kelurahan_code,
    address,
    phone,
    point,
  })),
)
