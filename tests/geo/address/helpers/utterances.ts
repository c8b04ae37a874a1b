import type { MultiLineString, MultiPolygon, Point, Position } from 'geojson'
import { clipLines, inPolygon, lengthM } from '../../../../geo/address/shapes.ts'
import type { CityAreas, GazetteerEntry } from '../../../../geo/address/types.ts'
import { distanceM } from '../../../../geo/earth.ts'
import { meetings, type Meeting } from './meetings.ts'
import { noiseOf, type Noise } from './noise.ts'
import { outsideSaying } from './outside_sayings.ts'
import type { Case } from './score.ts'

type PointEntry = GazetteerEntry & { geometry: Point }
interface City {
  streets: Map<string, Position[][]>
  /** Places and facilities of which nothing else bears the name, and those that need their kelurahan said. */
  alone: PointEntry[]
  shared: { entry: PointEntry; kelurahan: string }[]
  pairs: Meeting[]
  areas: CityAreas
}

/** Namesakes nearer than this are one place. */
const ONE_PLACE_M = 200
/** Of very many namesakes ("Masjid Al Ikhlas") these are drawn from. */
const MOST_NAMESAKES = 5
/** A street that only grazes a kelurahan is not said to be in it. */
const LEAST_PART_M = 40

const BEFORE = [
  'depan ',
  'belakang ',
  'sebelah ',
  'seberang ',
  'dekat ',
  'samping ',
  'utara ',
  'ngarep ',
  'mburi ',
  '',
  '',
]
const OPENING = [
  'ada kebakaran di ',
  'tolong pak, ',
  'banjir ',
  'kecelakaan di ',
  'ada pohon tumbang di ',
  '',
  '',
  '',
  '',
  '',
]
const STREET = ['Jl. ', 'jl ', 'Jalan ', 'jln ', 'JL ', 'jl.', 'Jln. ', 'jalan ', 'jalna ', 'Jaln ', '', '']

/** Class words and how else they are said. */
const SYNONYMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^masjid\b/i, ['mesjid', 'Mesjid', 'masjid', 'msjd']],
  [/^puskesmas pembantu\b/i, ['pustu', 'Puskesmas Pembantu', 'PKM pembantu']],
  [/^pustu\b/i, ['pustu', 'puskesmas pembantu']],
  [/^puskesmas\b/i, ['PKM', 'puskesmas', 'Puskesmas']],
  [/^sdn\b/i, ['SD negeri', 'sdn', 'SD N']],
  [/^smpn\b/i, ['SMP negeri', 'smpn', 'smp n']],
  [/^sman\b/i, ['SMA negeri', 'sman', 'sma n']],
  [/^smkn\b/i, ['SMK negeri', 'smkn', 'smk n']],
  [/^(pondok pesantren|ponpes)\b/i, ['ponpes', 'pondok pesantren', 'pontren']],
  [/^rumah sakit\b/i, ['RS', 'rumah sakit']],
  [/^rs\b/i, ['RS', 'rumah sakit', 'rs']],
  [/^stasiun\b/i, ['stasiun', 'setasiun']],
  [/^kantor kelurahan\b/i, ['kantor kelurahan', 'kantor lurah', 'Kantor Kel']],
  [/^gereja\b/i, ['gereja', 'greja']],
]
const TITLES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bdr\.\s*/i, ['Dr ', 'dr. ', 'dokter ', '']],
  [/\bjend\.\s*/i, ['Jend ', 'Jenderal ', 'jendral ', '']],
  [/\bkh\.\s*/i, ['KH ', 'K.H. ', 'kh.', 'kyai haji ', '']],
  [/\bwr\.\s*/i, ['wr. ', 'WR ', '']],
  [/\bhos\s+/i, ['HOS ', 'H.O.S. ', '']],
  [/\bletjen\.\s*/i, ['Letjen ', 'letjend ', '']],
  [/\bkapten\s+/i, ['Kapten ', 'kapt. ', '']],
  [/\bir\.\s*/i, ['Ir ', 'ir. ', '']],
]

function said(name: string, ways: typeof SYNONYMS, { pick, chance }: Noise): string {
  let text = name
  for (const [pattern, by] of ways) {
    if (pattern.test(text)) {
      if (chance(0.6)) text = text.replace(pattern, pick(by))
      break
    }
  }
  return text
}

const withoutRemark = (name: string) => name.replace(/\s*\(.*?\)\s*/g, ' ').trim()

/** A street as said: mark, titles and letters changed. */
function street(name: string, noise: Noise): string {
  const bare = said(name.replace(/^Jl\.\s*/, ''), TITLES, noise)
  return noise.pick(STREET) + noise.letterCase(noise.typo(noise.old(bare)))
}

function place(name: string, noise: Noise): string {
  return noise.letterCase(noise.typo(noise.old(said(withoutRemark(name), SYNONYMS, noise))))
}

const tail = ({ city_name }: CityAreas, { pick, random }: Noise) => {
  const city = city_name.replace(/^Kota /, '')
  const n = (most: number) => 1 + Math.floor(random() * most)
  return (
    pick(['', '', ` no ${n(190)}`, ` nomor ${n(190)}`, ` No. ${n(190)} Gg. ${n(9)}`, ` gg ${n(9)}`, ` gang ${n(9)}`]) +
    pick([
      '',
      '',
      ` ${city.toLowerCase()}`,
      ` kota ${city.toLowerCase()}`,
      `, ${city}`,
      city === 'Pekalongan' ? ', pkl' : '',
    ]) +
    pick(['', '', '', ` RT ${n(9)} RW ${n(12)}`])
  )
}

function cityOf(entries: readonly GazetteerEntry[], areas: CityAreas): City {
  const streets = new Map<string, Position[][]>()
  for (const entry of entries)
    if (entry.geometry.type === 'MultiLineString')
      streets.set(entry.name, [...(streets.get(entry.name) ?? []), ...entry.geometry.coordinates])
  const key = (name: string) =>
    withoutRemark(name)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '')
  const namesakes = new Map<string, PointEntry[]>()
  for (const entry of entries) {
    // "Kelurahan X" alone means the area, whatever a survey called the office
    if (entry.geometry.type !== 'Point' || /^kelurahan /i.test(entry.name)) continue
    namesakes.set(key(entry.name), [...(namesakes.get(key(entry.name)) ?? []), entry as PointEntry])
  }
  const alone: PointEntry[] = []
  const shared: City['shared'] = []
  for (const same of namesakes.values()) {
    for (const entry of same.slice(0, MOST_NAMESAKES)) {
      const at = entry.geometry.coordinates
      const apart = same.filter((each) => distanceM(each.geometry.coordinates, at) > ONE_PLACE_M)
      const home = areas.kelurahan.find((area) => inPolygon(at, area.geometry))
      if (!home) continue
      if (apart.length === 0 && entry.name.trim().split(/\s+/).length > 1) alone.push(entry)
      else if (apart.length > 0 && !apart.some((each) => inPolygon(each.geometry.coordinates, home.geometry)))
        shared.push({ entry, kelurahan: home.name })
    }
  }
  return { streets, alone, shared, pairs: meetings(streets), areas }
}

/** One case of each kind in turn; null where the draw gives none. */
const KINDS: Readonly<Record<string, (city: City, noise: Noise) => Omit<Case, 'id' | 'kind'> | null>> = {
  street({ streets, areas }, noise) {
    const [name, lines] = noise.pick([...streets])
    return { q: street(name, noise) + tail(areas, noise), tolerance_m: 80, truth: lineString(lines) }
  },
  street_in_kelurahan({ streets, areas }, noise) {
    const [name, lines] = noise.pick([...streets])
    const parts = areas.kelurahan
      .map((area) => ({ area, part: clipLines(lines, area.geometry) }))
      .filter(({ part }) => lengthM(part) >= LEAST_PART_M)
    if (parts.length === 0) return null
    const { area, part } = noise.pick(parts)
    const where = noise.pick([' kel ', ' kelurahan ', ' daerah ', ' Kel. ', ' di ', ' ', ', ']) + noise.typo(area.name)
    return { q: street(name, noise) + where, tolerance_m: 150, truth: lineString(part) }
  },
  intersection({ pairs }, noise) {
    const { a, b, point } = noise.pick(pairs)
    const word = noise.pick([
      'perempatan ',
      'pertigaan ',
      'prapatan ',
      'simpang ',
      'pojok ',
      'pertigaan ',
      'simpang empat ',
      'protelon ',
      'bangjo ',
      'lampu merah ',
      // without a word for it, two streets that are said to meet
      '',
    ])
    const join = word ? noise.pick([' dan ', ' sama ', ' ketemu ', ' / ', ' - ', ' karo ', ' x ', ', ']) : ' ketemu '
    const [one, two] = noise.chance(0.5) ? [a, b] : [b, a]
    return {
      q: word + street(one, noise) + join + street(two, noise),
      tolerance_m: 120,
      truth: { type: 'Point', coordinates: point },
    }
  },
  place({ alone }, noise) {
    const entry = noise.pick(alone)
    return {
      q: noise.pick(OPENING) + noise.pick(BEFORE) + place(entry.name, noise),
      tolerance_m: 200,
      truth: entry.geometry,
    }
  },
  place_in_kelurahan({ shared }, noise) {
    if (shared.length === 0) return null
    const { entry, kelurahan } = noise.pick(shared)
    const where = noise.pick([' kel ', ' kelurahan ', ' ', ' di ']) + noise.typo(kelurahan, 0.2)
    return { q: place(entry.name, noise) + where, tolerance_m: 250, truth: entry.geometry }
  },
  kelurahan({ areas }, noise) {
    const { name, geometry } = noise.pick(areas.kelurahan)
    const n = Math.floor(noise.random() * 9)
    const before = noise.pick([
      'kel. ',
      'daerah ',
      'kelurahan ',
      `RT 0${n}/RW 0${9 - n} `,
      `RT 0${n}/RW 05 kel. `,
      'kampung ',
      '',
    ])
    return {
      q: before + noise.letterCase(noise.typo(noise.old(name), 0.6)),
      tolerance_m: 0,
      truth: polygonOf(geometry),
    }
  },
  outside({ areas }, noise) {
    return { q: outsideSaying(areas, noise), tolerance_m: 0, truth: null }
  },
}

/**
 * Caller utterances made from a gazetteer, `each` of every kind: the kinds of the shared cases with noise as heavy or a bit
 * heavier, over all names there are. A name that several things bear is only said with its kelurahan.
 */
export function utterances(
  entries: readonly GazetteerEntry[],
  areas: CityAreas,
  random: () => number,
  each: number,
): Case[] {
  const city = cityOf(entries, areas)
  const noise = noiseOf(random)
  const out: Case[] = []
  for (const [kind, draw] of Object.entries(KINDS)) {
    for (let n = 0; n < each; n++) {
      const made = draw(city, noise)
      if (made) out.push({ id: `${kind}-${n}`, kind, ...made })
    }
  }
  return out
}

const lineString = (coordinates: Position[][]): MultiLineString => ({ type: 'MultiLineString', coordinates })

function polygonOf(geometry: MultiPolygon): Case['truth'] {
  return {
    type: 'Polygon',
    coordinates: geometry.coordinates.map((rings) => rings[0]).sort((a, b) => b.length - a.length),
  }
}
