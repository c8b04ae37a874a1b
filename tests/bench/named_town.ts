import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Feature, Geometry, MultiPolygon, Position } from 'geojson'
import type { CityAreas, GazetteerEntry } from '../../geo/address/types.ts'

/** A made-up city of 8 by 6 kelurahan of 1.5 km, and what is named in it. */
export interface NamedTown {
  entries: GazetteerEntry[]
  areas: CityAreas
}

const words = (text: string) => text.trim().split(/\s+/)
const STEMS = words(`
  Melati Mawar Kenanga Anggrek Cempaka Dahlia Flamboyan Teratai Seroja Bougenvil Kamboja Tulip Nusa Indah Sakura Aster
  Merak Garuda Rajawali Elang Cendrawasih Kutilang Nuri Kepodang Jalak Merpati Walet Punai Camar Bangau Pipit Gelatik
  Merapi Semeru Merbabu Sindoro Sumbing Rinjani Kerinci Krakatau Bromo Lawu Muria Tambora Agung Ciremai Galunggung Dieng
  Serayu Bengawan Brantas Musi Kapuas Barito Mahakam Citarum Ciliwung Cimanuk Progo Opak Bogowonto Comal Kupang Sambong
  Mangga Rambutan Durian Jambu Sirsak Nangka Sawo Delima Kedondong Belimbing Manggis Pepaya Nanas Semangka Kelapa Jeruk
  Diponegoro Sudirman Kartini Hatta Soekarno Yani Suprapto Parman Panjaitan Sutoyo Tendean Katamso Sugiono Haryono Ahmad
  Gajahmada Majapahit Sriwijaya Mataram Pajajaran Kutai Tarumanegara Singosari Kahuripan Airlangga Hayamwuruk Brawijaya
  Pandawa Arjuna Bima Nakula Sadewa Yudistira Abimanyu Gatotkaca Srikandi Sembodro Kresna Rama Sinta Hanoman Bisma Durna
  Intan Berlian Mutiara Permata Zamrud Safir Kecubung Akik Emas Perak Kencana Mulya Makmur Sejahtera Sentosa Bahagia
  Subur Lestari Asri Permai Utama Jaya Abadi Barokah Berkah Rejeki Sumber Murah Laris Lancar Maju Mandiri Karya Bakti
  Usaha Tani Nelayan Bahari Samudra Segara Pesisir Muara Dermaga Kanal Bendung Telaga Sendang Tirto Banyu Wangi Arum
  Randu Jati Mahoni Pinus Cemara Beringin Asem Waru Ketapang Trembesi Akasia Bambu Pandan Sirih Kunir Jahe Salam Serai
  Sunan Kalijaga Giri Bonang Drajat Gresik Kudus Muria Ampel Kauman Pesantren Suronatan Kemasan Kepatihan Kraton Alun
  Wetan Kulon Lor Kidul Tengah Baru Lama Raya Timur Barat Selatan Utara Dukuh Krajan Sari Rejo Harjo Asih Mukti Luhur`)
const HEADS = words(
  `Karang Sido Suko Wono Kebon Kali Tegal Pasir Gedong Bulu Rowo Kedung Watu Sumur Ngasem Pager Tanjung Pulo Randu Jati Gunung Tambak`,
)
const TAILS = words(
  `rejo harjo sari anyar dowo gede asri jati mulyo agung kerto wangi turi duwur tengah malang lor kidul bener suci turen gayam`,
)
const SACRED = words(`
  Ikhlas Huda Falah Muttaqin Amin Iman Taqwa Hidayah Barokah Mujahidin Muhajirin Istiqomah Rahman Rahim Salam Nur Hikmah Furqon
  Kautsar Firdaus Jannah Ummah Mukmin Sholihin Abror Anshor Islah Ittihad Jihad Karim Kholid Ghofur Manar Munawaroh Quddus`)
const PEOPLE = words(`
  Tini Sri Wati Yanto Slamet Joko Budi Agus Eko Dwi Tri Endang Rahayu Sutini Parti Karno Paijo Tarno Rohmah Siti Aminah Fatimah
  Kholifah Umi Yati Ningsih Lestari Hartono Santoso Susilo Wibowo Nugroho Prasetyo Kurniawan Setiawan Hidayat Fauzi Rizal`)

/** How many entries of each sort stand in the town; 50,000 in all. */
const SHARES: readonly (readonly [string, number])[] = [
  ['street', 8_000], ['masjid', 1_600], ['musala', 5_400], ['school', 4_500], ['shop', 13_000], ['stall', 7_500],
  ['office', 2_500], ['housing', 2_000], ['health', 1_500], ['other', 3_000], ['facility', 1_000],
] // prettier-ignore

const WEST = 109.6
const SOUTH = -6.96
const STEP = 0.0135
const [COLUMNS, ROWS] = [8, 6]

function square(west: number, south: number, width: number, height = width): MultiPolygon {
  const [east, north] = [west + width, south + height]
  return {
    type: 'MultiPolygon',
    coordinates: [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]],
  } // prettier-ignore
}

/** A gazetteer of 50,000 names, seeded: streets on a grid, mosques, schools, shops and offices, many of them namesakes. */
export function namedTown(random: () => number): NamedTown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const whole = (most: number) => 1 + Math.floor(random() * most)
  const village = () => pick(HEADS) + pick(TAILS)
  const names = new Set<string>()
  while (names.size < COLUMNS * ROWS + 12) names.add(village())
  const villages = [...names]
  const kelurahan = Array.from({ length: COLUMNS * ROWS }, (_, i) => ({
    code: `33.99.0${1 + Math.floor(i / 12)}.10${String(i % 12).padStart(2, '0')}`,
    name: villages[i],
    kecamatan: `Kota ${['Utara', 'Timur', 'Selatan', 'Barat'][Math.floor(i / 12)]}`,
    geometry: square(WEST + STEP * (i % COLUMNS), SOUTH + STEP * Math.floor(i / COLUMNS), STEP),
  }))
  const neighbours = villages.slice(COLUMNS * ROWS).map((name, i) => ({
    regency: i % 2 ? 'Wanadri' : 'Tirtamarta',
    name,
    geometry: square(WEST + STEP * 0.66 * i, SOUTH - 0.05, STEP * 0.66, 0.05),
  }))
  const areas: CityAreas = { city_name: 'Kota Adiraja', kelurahan, neighbours }

  const stem = () => (random() < 0.25 ? village() : pick(STEMS))
  const two = () => `${stem()} ${pick(STEMS)}`
  const at = (): Position => [WEST + random() * STEP * COLUMNS, SOUTH + random() * STEP * ROWS]
  const near = () => pick(villages.slice(0, COLUMNS * ROWS))
  const sacred = () =>
    random() < 0.15
      ? `${pick(['Baitul', 'Nurul', 'Darul', 'Miftahul'])} ${pick(SACRED)}`
      : `${pick(['Al', 'An', 'Ar', 'At'])} ${pick(SACRED)}`
  const NAMES: Record<string, () => [name: string, kind: string]> = {
    street: () => [
      random() < 0.3
        ? `Gg. ${random() < 0.5 ? whole(12) : stem()} Jl. ${stem()}`
        : `Jl. ${pick(['', '', '', 'KH. ', 'Dr. ', 'Jend. '])}${random() < 0.5 ? stem() : two()}${random() < 0.2 ? ` ${['I', 'II', 'III', 'IV', 'V'][whole(5) - 1]}` : ''}`,
      'Lokal',
    ],
    masjid: () => [`Masjid ${pick(['', '', 'Jami ', 'Besar '])}${sacred()}${random() < 0.2 ? ` ${near()}` : ''}`, 'Peribadatan'],
    musala: () => [`Musholla ${sacred()}`, 'Peribadatan'],
    school: () => [
      pick([
        () => `SDN ${whole(6)} ${near()}`,
        () => `SMPN ${whole(60)} Adiraja`,
        () => `MI ${pick(['Salafiyah', 'Masyithoh', 'Nurul', 'Walisongo'])} ${near()}`,
        () => `TK ${pick(['Pertiwi', 'Aisyiyah', 'Muslimat NU', 'Kartika'])} ${near()}`,
        () => `TPQ ${sacred()}`,
        () => `SMK ${stem()} ${whole(9)}`,
        () => `PAUD ${two()}`,
      ])(),
      'Pendidikan',
    ],
    shop: () => [`${pick(['Toko', 'Toko', 'Apotek', 'Bengkel', 'Salon', 'Batik', 'UD', 'CV', 'Konveksi', 'Percetakan'])} ${random() < 0.4 ? stem() : two()}`, 'Perdagangan'],
    stall: () => [`${pick(['Warung', 'Warung Makan', 'Rumah Makan', 'Depot', 'Angkringan', 'Warung Kopi'])} ${pick(['Bu', 'Pak', 'Mbak', 'Mas'])} ${pick(PEOPLE)}${random() < 0.5 ? ` ${pick(PEOPLE)}` : ''}`, 'Kuliner'],
    office: () => [pick([() => `Kantor ${two()}`, () => `Balai RW ${whole(14)} ${near()}`, () => `Gedung ${two()}`, () => `Koperasi ${two()}`])(), 'Kantor'],
    housing: () => [`Perumahan ${random() < 0.5 ? village() : stem()} ${pick(['Indah', 'Permai', 'Asri', 'Residence', 'Regency'])} ${random() < 0.3 ? `Blok ${pick(words('A B C D E F'))}` : ''}`.trim(), 'Permukiman'],
    health: () => [pick([() => `Klinik ${two()}`, () => `dr. ${pick(PEOPLE)} ${pick(PEOPLE)}`, () => `Posyandu ${stem()} ${near()}`, () => `Bidan ${pick(PEOPLE)} ${pick(PEOPLE)}`])(), 'Kesehatan'],
    other: () => [pick([() => `Makam ${village()}`, () => `Lapangan ${stem()}`, () => `Pos Kamling RT ${whole(9)} RW ${whole(14)} ${near()}`, () => `Hotel ${two()}`, () => `Bank ${two()}`, () => `Jembatan ${village()}`])(), 'Lain'],
    facility: () => [`${pick(['Puskesmas', 'Pustu', 'Polsek', 'Pos Damkar', 'SPBU', 'Kantor Kelurahan'])} ${stem()} ${near()}`, 'umum'],
  } // prettier-ignore
  const entries: GazetteerEntry[] = []
  for (const [sort, count] of SHARES) {
    for (let n = 0; n < count; n++) {
      const [name, category] = NAMES[sort]()
      const common = { name, category, address: null, kelurahan_code: null, kelurahan: null, kecamatan: null }
      const id = `${sort}/${n}`
      if (sort === 'street') {
        const [x, y] = at()
        const length = (200 + random() * 1_200) / 111_000
        const line: Position[] = Array.from({ length: 8 }, (_, k) =>
          n % 2 ? [x + (length * k) / 7, y + random() * 2e-5] : [x + random() * 2e-5, y + (length * k) / 7],
        )
        entries.push({ ...common, id, type: 'street', geometry: { type: 'MultiLineString', coordinates: [line] } })
      } else {
        entries.push({
          ...common,
          id,
          type: sort === 'facility' ? 'facility' : 'place',
          geometry: { type: 'Point', coordinates: at() },
        })
      }
    }
  }
  return { entries, areas }
}

/** Writes the town as a folder that `npm run import` reads. */
export function writeTown({ entries, areas }: NamedTown, dir: string): void {
  mkdirSync(dir, { recursive: true })
  const layer = (file: string, features: Feature[]): void =>
    writeFileSync(join(dir, file), JSON.stringify({ type: 'FeatureCollection', features }))
  const feature = (geometry: Geometry, properties: Record<string, unknown>): Feature => ({
    type: 'Feature',
    geometry,
    properties,
  })
  layer(
    'kelurahan.geojson',
    areas.kelurahan.map(({ geometry, ...properties }) => feature(geometry, properties)),
  )
  layer(
    'neighbour.geojson',
    areas.neighbours.map(({ geometry, ...properties }) => feature(geometry, properties)),
  )
  const streets = entries.filter((entry) => entry.type === 'street')
  layer(
    'street.geojson',
    streets.map(({ geometry, name, category }) => feature(geometry, { name, class: category })),
  )
  for (const type of ['place', 'facility'] as const)
    layer(
      `${type}.geojson`,
      entries
        .filter((entry) => entry.type === type)
        .map(({ geometry, name, category }) => feature(geometry, { name, kind: category })),
    )
  const plan = {
    city: { code: '33.99', name: areas.city_name },
    layers: ['kelurahan', 'neighbour', 'street', 'place', 'facility'].map((as) => ({ file: `${as}.geojson`, as })),
  }
  writeFileSync(join(dir, 'layers.json'), JSON.stringify(plan))
}
