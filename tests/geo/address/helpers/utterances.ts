import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import type { CityAreas, GazetteerEntry } from '../../../../geo/address/types.ts'
import { clipLines, meet } from '../../../../geo/address/shapes.ts'
import type { Case } from './score.ts'

/** Caller utterances made from a gazetteer with typing noise: the kinds of the shared cases, other draws. */
export function utterances(
  entries: readonly GazetteerEntry[],
  areas: CityAreas,
  random: () => number,
  each: number,
): Case[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const typo = (text: string, p = 0.3): string => {
    if (random() > p) return text
    const words = text.split(' ')
    const i = words.findIndex((word, k) => /^[a-z]{5,}$/i.test(word) && (k > 0 || words.length === 1 || random() < 0.5))
    if (i < 0) return text
    const word = words[i]
    const at = 1 + Math.floor(random() * (word.length - 2))
    const kind = random()
    if (kind < 0.25) words[i] = word.slice(0, at) + word.slice(at + 1)
    else if (kind < 0.5) words[i] = word.slice(0, at) + word[at] + word.slice(at)
    else if (kind < 0.8) words[i] = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
    else words[i] = word.replace(/u/, 'oe').replace(/sy/, 'sj')
    return words.join(' ')
  }
  const street = (name: string) =>
    pick(['Jl. ', 'jl ', 'Jalan ', 'jln ', 'JL ', 'jl.', '']) + typo(name.replace(/^Jl\.\s*/, ''))
  const before = () =>
    pick([
      'depan ',
      'belakang ',
      'sebelah ',
      'seberang ',
      'dekat ',
      'samping ',
      'utara ',
      'ada kebakaran di depan ',
      'tolong pak, samping ',
      '',
    ])
  const tail = () => pick(['', '', ', pkl', ' pekalongan', ' no 12', ' gg 3', ' RT 3 RW 5', ' nomor 31 gang 2'])
  const inside = (kel: string) => pick([' kel ', ' kelurahan ', ' daerah ', ' Kel. ', ' di ', ' ']) + typo(kel)
  const named = entries.filter((entry) => entry.type === 'street')
  const points = entries.filter((entry) => entry.geometry.type === 'Point' && entry.name.trim().split(/\s+/).length > 1)
  const linesOf = (name: string): Position[][] =>
    named.filter((entry) => entry.name === name).flatMap((entry) => (entry.geometry as MultiLineString).coordinates)
  const sameName = (name: string) => points.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length
  const out: Case[] = []
  const push = (kind: string, q: string, tolerance_m: number, truth: Case['truth']) =>
    out.push({ id: `${kind}-${out.length}`, kind, q, tolerance_m, truth })
  for (let n = 0; n < each; n++) {
    const name = pick(named).name
    push('street', street(name) + tail(), 80, { type: 'MultiLineString', coordinates: linesOf(name) })
    const kelurahan = pick(areas.kelurahan)
    push(
      'kelurahan',
      pick(['kel. ', 'daerah ', 'kelurahan ', 'RT 03/RW 05 ', 'kampung ', '']) + typo(kelurahan.name, 0.5),
      0,
      polygonOf(kelurahan.geometry),
    )
    const through = pick(named)
    const of = areas.kelurahan.filter(
      (area) => clipLines((through.geometry as MultiLineString).coordinates, area.geometry).length > 0,
    )
    if (of.length > 0) {
      const area = pick(of)
      push('street_in_kelurahan', street(through.name) + inside(area.name), 150, {
        type: 'MultiLineString',
        coordinates: clipLines(linesOf(through.name), area.geometry),
      })
    }
    const place = pick(points)
    if (sameName(place.name) === 1) push('place', before() + typo(place.name), 200, place.geometry as Case['truth'])
    const crossing = crossingPair(named, random)
    if (crossing) {
      const [word, join] = [
        pick(['perempatan ', 'pertigaan ', 'prapatan ', 'simpang ', 'pojok ']),
        pick([' dan ', ' sama ', ' ketemu ', ' / ', ' - ']),
      ]
      push('intersection', word + street(crossing.a) + join + street(crossing.b), 120, {
        type: 'Point',
        coordinates: crossing.point,
      })
    }
    const outside = pick(areas.neighbours)
    if (!areas.kelurahan.some((area) => area.name.toLowerCase().includes(outside.name.toLowerCase()))) {
      push(
        'outside',
        pick(['Pasar ', 'Polsek ', '', 'jalan raya ', 'Kantor Kecamatan ']) +
          outside.name +
          pick(['', ` kabupaten ${outside.regency}`]),
        0,
        null,
      )
    }
  }
  return out
}

function polygonOf(geometry: MultiPolygon): Case['truth'] {
  return {
    type: 'Polygon',
    coordinates: geometry.coordinates.map((rings) => rings[0]).sort((a, b) => b.length - a.length),
  }
}

function crossingPair(
  named: readonly GazetteerEntry[],
  random: () => number,
): { a: string; b: string; point: Position } | null {
  for (let tries = 0; tries < 60; tries++) {
    const a = named[Math.floor(random() * named.length)]
    const b = named[Math.floor(random() * named.length)]
    if (a.name === b.name) continue
    for (const one of (a.geometry as MultiLineString).coordinates) {
      for (const two of (b.geometry as MultiLineString).coordinates) {
        for (let i = 1; i < one.length; i++) {
          for (let k = 1; k < two.length; k++) {
            const t = meet(one[i - 1], one[i], two[k - 1], two[k])
            if (t !== null)
              return {
                a: a.name,
                b: b.name,
                point: [
                  one[i - 1][0] + (one[i][0] - one[i - 1][0]) * t,
                  one[i - 1][1] + (one[i][1] - one[i - 1][1]) * t,
                ],
              }
          }
        }
      }
    }
  }
  return null
}
