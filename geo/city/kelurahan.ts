import type { LonLat } from '../earth.ts'
import { knownPoints } from './known_points.ts'
import type { CityKelurahan } from './types.ts'

type Row = [code: string, name: string, population: number, postcode: string, label_point: LonLat]

/**
 * By kecamatan: code (Kemendagri, last part), name, people of 2017 (the newest figure there is per kelurahan), postcode, and where
 * its name stands on a map of the city, to about 100 m.
 */
// prettier-ignore
const ROWS: Record<string, { kecamatan: string; rows: Row[] }> = {
  '33.75.01': { kecamatan: 'Pekalongan Barat', rows: [
    ['1002', 'Medono', 13883, '51111', [109.667, -6.903]],
    ['1003', 'Podosugih', 9560, '51111', [109.665, -6.898]],
    ['1004', 'Sapuro Kebulen', 12330, '51112', [109.676, -6.902]],
    ['1006', 'Bendan Kergon', 14353, '51113', [109.665, -6.89]],
    ['1008', 'Pasirkratonkramat', 15960, '51117', [109.659, -6.886]],
    ['1009', 'Tirto', 10670, '51151', [109.65, -6.893]],
    ['1012', 'Pringrejo', 16058, '51116', [109.654, -6.904]],
  ] },
  '33.75.02': { kecamatan: 'Pekalongan Timur', rows: [
    ['1002', 'Noyontaansari', 12587, '51129', [109.682, -6.899]],
    ['1004', 'Kauman', 10281, '51127', [109.675, -6.888]],
    ['1007', 'Poncol', 12078, '51122', [109.683, -6.891]],
    ['1008', 'Klego', 8063, '51124', [109.685, -6.882]],
    ['1009', 'Gamer', 4880, '51123', [109.702, -6.893]],
    ['1010', 'Setono', 10362, '51122', [109.691, -6.894]],
    ['1012', 'Kali Baros', 6385, '51128', [109.698, -6.902]],
  ] },
  '33.75.03': { kecamatan: 'Pekalongan Utara', rows: [
    ['1002', 'Krapyak', 19957, '51147', [109.69, -6.872]],
    ['1003', 'Kandang Panjang', 13016, '51149', [109.671, -6.866]],
    ['1004', 'Panjang Wetan', 9827, '51141', [109.682, -6.869]],
    ['1006', 'Padukuhan Kraton', 12686, '51146', [109.665, -6.879]],
    ['1007', 'Degayu', 7314, '51148', [109.702, -6.878]],
    ['1009', 'Bandengan', 6093, '51143', [109.664, -6.864]],
    ['1010', 'Panjang Baru', 10577, '51141', [109.678, -6.864]],
  ] },
  '33.75.04': { kecamatan: 'Pekalongan Selatan', rows: [
    ['1002', 'Banyurip', 10605, '51139', [109.65, -6.918]],
    ['1003', 'Buaran Kradenan', 11187, '51132', [109.66, -6.914]],
    ['1004', 'Jenggot', 12679, '51133', [109.668, -6.917]],
    ['1006', 'Kuripan Kertoharjo', 6937, '51134', [109.678, -6.928]],
    ['1008', 'Kuripan Yosorejo', 11548, '51135', [109.679, -6.913]],
    ['1010', 'Sokoduwet', 6657, '51138', [109.692, -6.923]],
  ] },
}

const POPULATION_YEAR = 2017

/** The first known point is the label's, the others are of named places. */
export const KELURAHAN: readonly CityKelurahan[] = Object.entries(ROWS).flatMap(
  ([kecamatan_code, { kecamatan, rows }]) =>
    rows.map(([code, name, population, postcode, label_point]) => ({
      code: `${kecamatan_code}.${code}`,
      name,
      kecamatan_code,
      kecamatan,
      population,
      population_year: POPULATION_YEAR,
      postcode,
      known_points: [label_point, ...knownPoints(`${kecamatan_code}.${code}`)],
    })),
)
