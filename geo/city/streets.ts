import type { LonLat } from '../earth.ts'
import type { CityStreet, StreetClass } from './types.ts'

/**
 * Where streets meet, to about 50 m (half a thousandth of a degree). Between two crossings the sketch is a straight line:
 * it says which street leads where, not how it bends.
 */
// prettier-ignore
const AT = {
  // Pantura, west to east
  tirto_barat: [109.646, -6.89], dahlan: [109.649, -6.89], ring_tirto: [109.6515, -6.8895], sriwijaya: [109.6595, -6.8895],
  perintis: [109.665, -6.889], ponolawen: [109.6685, -6.889], sulawesi: [109.671, -6.8885], alun_alun: [109.6755, -6.8895],
  agus_salim: [109.678, -6.8895], cipto: [109.6805, -6.89], slamet: [109.6605, -6.891], majapahit: [109.6605, -6.896],
  wilis: [109.66, -6.8975], mataram: [109.663, -6.898], kurinci: [109.664, -6.898], urip: [109.6655, -6.898], irian: [109.672, -6.9005],
  darma_bakti: [109.674, -6.901], sudirman_timur: [109.6775, -6.901], kartini: [109.679, -6.901], grogolan: [109.6805, -6.9015],
  trikora: [109.6825, -6.902], yani: [109.6835, -6.902], sutami: [109.685, -6.902], hasyim: [109.6895, -6.903], otista: [109.697, -6.904],
  gamer: [109.6985, -6.904], sutomo_timur: [109.7055, -6.904],
  // the old town
  bonjol: [109.6685, -6.887], monumen: [109.6705, -6.8845], kraton: [109.6745, -6.879], agung: [109.6755, -6.88], patiunus: [109.6755, -6.8805],
  bandung: [109.6755, -6.886], manggis: [109.673, -6.885], melati: [109.6785, -6.886], seruni: [109.6815, -6.8865], mangunsarkoro: [109.6875, -6.8875],
  hasyim_utara: [109.6895, -6.888], degayu: [109.7015, -6.8905], mangunsarkoro_timur: [109.707, -6.892], salim_utara: [109.679, -6.882],
  jlamprang: [109.6795, -6.882], ternate: [109.682, -6.883], keputran: [109.676, -6.8935], tondano: [109.6815, -6.895],
  // Barat
  slamet_kurinci: [109.666, -6.8905], slamet_timur: [109.668, -6.8905], jawa: [109.667, -6.894], sumatera: [109.666, -6.8955],
  mataram_utara: [109.663, -6.896], majapahit_timur: [109.664, -6.8965], jawa_timur: [109.673, -6.8945], sumatera_timur: [109.673, -6.897],
  bina_griya: [109.6645, -6.903], karya_bakti: [109.6635, -6.905], pelita_satu: [109.6605, -6.912], gatot: [109.66, -6.913], buaran: [109.6595, -6.915],
  medono: [109.671, -6.907], parkit: [109.6555, -6.9015], supriyadi: [109.649, -6.8955], suropati: [109.648, -6.9], bumirejo: [109.6455, -6.911],
  banyurip: [109.654, -6.913], angkatan: [109.665, -6.886], bahagia: [109.665, -6.8845], veteran: [109.6675, -6.8845], pelajar_barat: [109.665, -6.8755],
  kramatsari: [109.656, -6.884],
  // Utara
  veteran_utara: [109.6695, -6.877], kunti: [109.671, -6.8775], progo: [109.6715, -6.878], kusuma: [109.675, -6.872], samudera: [109.669, -6.8585],
  kunti_utara: [109.677, -6.8575], bandengan: [109.6635, -6.8585], bandengan_selatan: [109.665, -6.872], pantai_sari: [109.6835, -6.8635],
  boom: [109.6875, -6.86], kencana: [109.691, -6.8605], pelabuhan: [109.6925, -6.8595], krapyak: [109.686, -6.871], slamaran: [109.689, -6.87],
  pantai_dewi: [109.6965, -6.8685], dewi_utara: [109.7, -6.863], ratu: [109.706, -6.8655],
  // Selatan
  sokorejo: [109.689, -6.907], baros: [109.694, -6.9095], kuripan: [109.6765, -6.919], tirtura: [109.678, -6.922], gapuro: [109.678, -6.9345],
  pelita_tiga: [109.661, -6.9165], jenggot: [109.668, -6.914], jenggot_selatan: [109.669, -6.918], kertoharjo: [109.6695, -6.9325],
  yosorejo: [109.681, -6.9075], ampera: [109.6815, -6.9205], sokoduwet: [109.6875, -6.9215], ampera_timur: [109.695, -6.9225], duwet: [109.6935, -6.93],
} satisfies Record<string, LonLat>

type Crossing = keyof typeof AT

const AP: StreetClass = 'Jalan Arteri Primer'
const AS: StreetClass = 'Jalan Arteri Sekunder'
const KS: StreetClass = 'Jalan Kolektor Sekunder'
const LS: StreetClass = 'Jalan Lokal Sekunder'

/** Streets by the crossings they pass; a free position is a bend or an end. Shared crossings are what joins the network. */
// prettier-ignore
const LINES: readonly [name: string | null, roadClass: StreetClass, ...way: (Crossing | LonLat)[]][] = [
  ['Jl. Raya Tirto', AP, 'tirto_barat', 'dahlan', 'ring_tirto', 'sriwijaya'],
  ['Jl. Gajah Mada', AP, 'sriwijaya', 'perintis', 'ponolawen'],
  ['Jl. Sriwijaya', AP, 'sriwijaya', 'slamet', 'majapahit', 'wilis'],
  ['Jl. Wilis', AP, 'wilis', 'mataram', 'kurinci', 'urip'],
  ['Jl. KH Mas Mansyur', AP, 'bonjol', 'ponolawen', 'slamet_timur', 'jawa', 'sumatera', 'urip'],
  ['Jl. Jend. Sudirman', AP, 'urip', 'irian', 'darma_bakti', 'sudirman_timur'],
  ['Jl. Dr. Setiabudi', AP, 'sudirman_timur', 'kartini', 'grogolan', 'trikora', 'yani', 'sutami'],
  ['Jl. Dr. Sutomo', AP, 'sutami', 'hasyim', 'otista', 'gamer', 'sutomo_timur'],
  ['Jl. Hayam Wuruk', AP, 'ponolawen', 'sulawesi', 'alun_alun'],
  ['Jl. Dr. Cipto Mangunkusumo', AP, 'alun_alun', 'agus_salim', 'cipto'],
  ['Jl. Dr. Wahidin', AP, 'cipto', 'grogolan'],
  ['Jl. Imam Bonjol', AS, 'bonjol', 'monumen'],
  ['Jl. Diponegoro', AS, 'monumen', [109.672, -6.881], 'kraton', 'agung'],
  ['Jl. Sultan Agung', KS, 'agung', 'patiunus', 'bandung'],
  ['Jl. Hasanuddin', KS, 'bandung', 'alun_alun'],
  ['Jl. Manggis', KS, 'monumen', 'manggis'],
  ['Jl. Salak', KS, 'manggis', 'bandung'],
  ['Jl. Blimbing', LS, 'manggis', [109.673, -6.8825], 'patiunus'],
  ['Jl. Bandung', KS, 'bandung', 'melati'],
  ['Jl. Melati', KS, 'melati', 'seruni'],
  ['Jl. Seruni', KS, 'seruni', 'mangunsarkoro'],
  ['Jl. Patiunus', KS, 'patiunus', 'salim_utara', 'jlamprang'],
  ['Jl. KH Agus Salim', LS, 'salim_utara', 'melati', 'agus_salim'],
  ['Jl. Ternate', KS, 'ternate', 'seruni', 'cipto'],
  ['Jl. KH Wahid Hasyim', KS, 'alun_alun', 'keputran'],
  ['Jl. RA Kartini', KS, 'keputran', 'kartini'],
  ['Jl. Tondano', LS, 'cipto', [109.682, -6.892], 'tondano'],
  ['Jl. A. Yani', LS, 'tondano', 'yani'],
  ['Jl. Slamet', LS, 'slamet', 'slamet_kurinci', 'slamet_timur'],
  ['Jl. Kurinci', LS, 'slamet_kurinci', 'majapahit_timur', 'kurinci'],
  ['Jl. Majapahit', LS, 'majapahit', 'mataram_utara', 'majapahit_timur'],
  ['Jl. Mataram', LS, 'mataram_utara', 'mataram'],
  ['Jl. Jawa', LS, 'jawa', 'jawa_timur'],
  ['Jl. Sulawesi', LS, 'sulawesi', 'jawa_timur'],
  ['Jl. Sumatera', LS, 'sumatera', 'sumatera_timur'],
  ['Jl. Irian', LS, 'jawa_timur', 'sumatera_timur', 'irian'],
  ['Jl. Urip Sumoharjo', AS, 'urip', 'bina_griya', 'karya_bakti', 'pelita_satu', 'gatot'],
  ['Jl. Karya Bakti', LS, 'karya_bakti', 'medono'],
  ['Jl. Darma Bakti', LS, 'medono', [109.674, -6.904], 'darma_bakti'],
  ['Jl. Bina Griya', LS, 'parkit', 'bina_griya'],
  ['Jl. KH Ahmad Dahlan', KS, 'dahlan', 'supriyadi', 'suropati', 'bumirejo'],
  ['Jl. Supriyadi', LS, 'supriyadi', [109.655, -6.898], 'parkit'],
  ['Jl. Untung Suropati', LS, 'suropati', 'parkit'],
  ['Jl. Parkit', LS, 'parkit', 'banyurip'],
  ['Jl. Perintis Kemerdekaan', KS, 'perintis', 'angkatan', 'bahagia', 'pelajar_barat'],
  ['Jl. Angkatan 66', LS, 'angkatan', 'kramatsari'],
  ['Jl. Bahagia', KS, 'bahagia', 'veteran'],
  ['Jl. Kemakmuran', KS, 'veteran', 'monumen'],
  [null, KS, 'ring_tirto', 'kramatsari', [109.662, -6.88], 'bandengan_selatan', [109.662, -6.871], 'bandengan'],
  ['Jl. Veteran', LS, 'veteran', 'veteran_utara'],
  ['Jl. Progo', KS, 'monumen', 'progo'],
  ['Jl. Tentara Pelajar', KS, 'pelajar_barat', 'veteran_utara', 'kunti', 'progo', 'kusuma'],
  ['Jl. Tentara Pelajar', LS, 'pelajar_barat', 'bandengan_selatan', 'samudera'],
  ['Jl. Patriot', LS, 'pelajar_barat', [109.656, -6.874]],
  ['Jl. Kunti Utara', LS, 'kunti', 'kunti_utara'],
  ['Jl. Kusuma Bangsa', KS, 'kusuma', [109.678, -6.867], 'pantai_sari'],
  ['Jl. Pantai Sari', KS, 'pantai_sari', 'boom', 'kencana'],
  ['Jl. WR Supratman', AS, 'kraton', [109.68, -6.87], 'kencana', 'pelabuhan'],
  ['Jl. Samudera', LS, [109.6605, -6.859], 'bandengan', 'samudera', [109.672, -6.86], 'kunti_utara', 'boom'],
  ['Jl. Jlamprang', LS, 'jlamprang', [109.681, -6.875], 'krapyak'],
  ['Jl. Trumtum', KS, 'ternate', [109.684, -6.874], 'krapyak', 'slamaran'],
  ['Jl. Slamaran Raya', KS, 'slamaran', 'pantai_dewi'],
  ['Jl. Pantai Dewi', KS, 'pantai_dewi', 'dewi_utara'],
  ['Jl. Pelabuhan Ratu', KS, 'dewi_utara', 'ratu'],
  ['Jl. Kapten Pattimura', KS, 'degayu', [109.703, -6.884], [109.702, -6.874], 'ratu'],
  ['Jl. Ki Mangunsarkoro', KS, 'mangunsarkoro', 'hasyim_utara', 'degayu', 'mangunsarkoro_timur'],
  ['Jl. KH Hasyim Asyari', LS, 'hasyim_utara', [109.69, -6.896], 'hasyim'],
  [null, KS, 'gamer', 'degayu'],
  ['Jl. Ir. Sutami', LS, 'sutami', 'sokorejo', 'baros'],
  ['Jl. HOS Cokroaminoto', AS, 'kartini', [109.676, -6.914], 'kuripan', 'tirtura', [109.6795, -6.926], 'gapuro'],
  ['Jl. Gatot Subroto', AS, 'gatot', 'buaran', [109.657, -6.923]],
  ['Jl. Letjen Suprapto', AS, 'buaran', 'pelita_tiga', 'kertoharjo', 'gapuro'],
  ['Jl. Pelita I', LS, 'pelita_satu', 'jenggot'],
  ['Jl. Pelita II', LS, 'bumirejo', 'banyurip', 'buaran'],
  ['Jl. Pelita III', LS, 'pelita_tiga', 'jenggot_selatan'],
  ['Jl. Pelita IV', LS, 'medono', 'jenggot', 'jenggot_selatan'],
  ['Jl. Tegalrejo - Bumirejo', LS, 'banyurip', [109.6525, -6.923]],
  ['Jl. Trikora', LS, 'trikora', [109.683, -6.9055], 'yosorejo'],
  ['Jl. Dwikora', LS, 'yosorejo', [109.683, -6.913], 'ampera'],
  [null, KS, 'kuripan', 'ampera'],
  ['Jl. Tirtura', LS, 'tirtura', 'ampera'],
  ['Jl. Ampera', LS, 'ampera', 'sokoduwet', 'ampera_timur'],
  ['Jl. Otto Iskandardinata', KS, 'otista', 'baros', 'ampera_timur', 'duwet'],
  [null, KS, 'hasyim', 'sokorejo', 'sokoduwet', 'duwet'],
]

export const STREETS: readonly CityStreet[] = LINES.map(([name, roadClass, ...way]) => ({
  name,
  class: roadClass,
  points: way.map((stop): LonLat => (typeof stop === 'string' ? [AT[stop][0], AT[stop][1]] : stop)),
}))
