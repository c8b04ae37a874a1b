import type { CityAreas } from '../../../../geo/address/types.ts'
import type { Noise } from './noise.ts'

/** Towns and kecamatan around and beyond, with the regency or city people add. Written here apart from the engine's list. */
const TOWNS = `Kajen|Pekalongan;Kedungwuni|Pekalongan;Wiradesa|Pekalongan;Wonopringgo|Pekalongan;Doro|Pekalongan
Sragi|Pekalongan;Bojong|Pekalongan;Karanganyar|Pekalongan;Kesesi|Pekalongan;Paninggaran|Pekalongan;Petungkriyono|Pekalongan
Kandangserang|Pekalongan;Lebakbarang|Pekalongan;Talun|Pekalongan;Wonokerto|Pekalongan;Siwalan|Pekalongan;Karangdadap|Pekalongan
Batang|Batang;Warungasem|Batang;Kandeman|Batang;Tulis|Batang;Bandar|Batang;Wonotunggal|Batang;Subah|Batang;Limpung|Batang
Gringsing|Batang;Blado|Batang;Reban|Batang;Bawang|Batang;Tersono|Batang;Banyuputih|Batang;Pecalungan|Batang
Pemalang|Pemalang;Comal|Pemalang;Ulujami|Pemalang;Petarukan|Pemalang;Randudongkal|Pemalang;Ampelgading|Pemalang;Belik|Pemalang
Tegal|Tegal;Slawi|Tegal;Adiwerna|Tegal;Suradadi|Tegal;Margasari|Tegal;Brebes|Brebes;Losari|Brebes;Jatibarang|Brebes;Bumiayu|Brebes;Kendal|Kendal;Weleri|Kendal;Kaliwungu|Kendal;Boja|Kendal
Semarang|Semarang;Ungaran|Semarang;Salatiga|Salatiga;Demak|Demak;Kudus|Kudus;Jepara|Jepara;Solo|Surakarta;Magelang|Magelang
Temanggung|Temanggung;Wonosobo|Wonosobo;Banjarnegara|Banjarnegara;Purbalingga|Purbalingga;Purwokerto|Banyumas;Cilacap|Cilacap
Cirebon|Cirebon;Jakarta|Jakarta;Surabaya|Surabaya;Yogyakarta|Yogyakarta`
  .split(/[;\n]/)
  .map((pair) => pair.split('|') as [string, string])

const THINGS = [
  'Pasar ', 'Polsek ', 'Alun-alun ', 'Terminal ', 'Stasiun ', 'RSUD ', 'Puskesmas ', 'Simpang Lima ', 'Pelabuhan ',
  'Kantor Kecamatan ', 'jalan raya ', 'Masjid Agung ', 'SMAN 1 ', 'perempatan ', 'pertigaan ', 'kecamatan ', 'Kec. ', 'desa ',
  'Pantai ', 'pabrik ', 'exit tol ', '', '', '', '',
] // prettier-ignore

/** A place beyond the border as a caller says it: thing, town, regency, slips and relation words. */
export function outsideSaying(areas: CityAreas, noise: Noise): string {
  const own = new Set(areas.kelurahan.map((area) => area.name.toLowerCase()))
  const neighbours = areas.neighbours.map(({ name, regency }): [string, string] => [name, regency])
  const [town, regency] = noise.pick(noise.chance(0.35) ? neighbours : TOWNS)
  const city = /^(Tegal|Semarang|Salatiga|Surakarta|Magelang|Cirebon|Jakarta|Surabaya|Yogyakarta)$/.test(regency)
  const mark = noise.pick([' kabupaten ', ' kab. ', ' kab ', city ? ' kota ' : ' Kabupaten '])
  // a name that is also a kelurahan's, or a word of one, needs its regency
  const shared = own.has(town.toLowerCase()) || [...own].some((name) => name.split(' ').includes(town.toLowerCase()))
  const tail =
    shared || regency === 'Pekalongan' ? (shared || noise.chance(0.3) ? mark + regency : '')
      : noise.chance(0.3) && regency !== town ? noise.pick([' ', mark]) + regency : '' // prettier-ignore
  const thing = noise.pick(THINGS)
  const name = town.length >= 6 && !shared ? noise.typo(town, 0.35) : town
  const before = noise.pick([
    '',
    '',
    '',
    'depan ',
    'dekat ',
    'belakang ',
    'ada kebakaran di ',
    'kecelakaan di ',
    'tolong pak, ',
  ])
  return noise.letterCase(before + thing + name + tail)
}
