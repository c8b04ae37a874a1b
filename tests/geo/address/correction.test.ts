import { describe, expect, it } from 'vitest'
import { aliasFault, withAliases, type AcceptedAlias } from '../../../geo/address/aliases.ts'
import { correctionOf } from '../../../geo/address/correction.ts'
import { geocode } from '../../../geo/address/geocode.ts'
import { buildGazetteer } from '../../../geo/address/index.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { TOY_AREAS, TOY_ENTRIES, toyGazetteer } from './helpers/toy.ts'

const index = toyGazetteer()
const RSUD: LonLat = [109.668, -6.893]
const EMPTY: LonLat = [109.662, -6.8835]
const at = (point: LonLat, accuracy_m = 25) => ({ point, accuracy_m })

describe('what a pin teaches about the words', () => {
  it('a name of a place with a name: the pin stands on it', () => {
    expect(correctionOf(index, 'kebakaran di rumah sakit kraton lama', at([109.6681, -6.89305]))).toEqual({
      alias: 'rumah sakit kraton lama',
      target: { type: 'facility', name: 'RSUD Bendan', kelurahan_code: '2', lon: RSUD[0], lat: RSUD[1] },
    })
  })

  it('a name of a bare point: nothing named is there', () => {
    expect(correctionOf(index, 'pabrik payung, banjir', at(EMPTY))).toEqual({
      alias: 'pabrik payung',
      target: { type: 'point', name: null, kelurahan_code: '2', lon: EMPTY[0], lat: EMPTY[1] },
    })
  })

  it('another answer of the list, by its own name in the gazetteer', () => {
    const said = 'jl pelita lama'
    const answers = geocode(index, said, { limit: 10 }).results
    expect(answers.length).toBeGreaterThan(1)
    const other = answers[1]
    const correction = correctionOf(index, said, at(other.point))
    expect(correction).toMatchObject({ alias: 'jl pelita lama', target: { type: 'street' } })
    expect(TOY_ENTRIES.map((entry) => entry.name)).toContain(correction?.target.name)
    expect(correction?.target.name).toContain('Pelita')
  })

  it.each([
    ['the first answer itself', 'rsud bendan', RSUD],
    ['150 m from the first answer', 'rsud bendan', [109.6692, -6.893] as LonLat],
    ['along the street that was said', 'jl jend sudirman', [109.695, -6.8901] as LonLat],
    ['in the kelurahan that was said', 'kelurahan medono', [109.6585, -6.8815] as LonLat],
    ['a namesake that was chosen', 'masjid an nur', [109.675, -6.894] as LonLat],
    ['a namesake that was said without its sort', 'an nur', [109.675, -6.894] as LonLat],
    ['a namesake that was said misspelt', 'mesjid annurr', [109.675, -6.894] as LonLat],
    ['coordinates', '-6.8915, 109.662', EMPTY],
    ['a link', 'https://maps.google.com/?q=-6.8915,109.662', EMPTY],
    ['a plus code', '6P4G4M66+X7', EMPTY],
    ['a crossing of two streets that were said', 'perempatan kartini dan sudirman', [109.67, -6.89] as LonLat],
    ['only talk', 'tolong pak kebakaran', EMPTY],
    ['only a sort of thing', 'masjid', EMPTY],
    ['only a number', '081234567890', EMPTY],
    ['only who speaks', 'nama saya sekar arum', EMPTY],
    ['nothing', '', EMPTY],
    ['more than anybody says', 'payung '.repeat(500), EMPTY],
    ['a pin outside the city', 'pabrik payung', [109.65, -6.95] as LonLat],
    ['a pin at sea', 'pabrik payung', [109.65, -6.8] as LonLat],
  ])('nothing by %s', (_what, said, point) => expect(correctionOf(index, said, at(point))).toBeNull())

  it('nothing by a pin as wide as the way to the first answer', () => {
    const near: LonLat = [109.672, -6.893]
    expect(correctionOf(index, 'rsud bendan lama', at(near, 600))).toBeNull()
    expect(correctionOf(index, 'rsud bendan lama', at(near))).toMatchObject({ target: { type: 'point' } })
  })
})

const accepted = (more: Partial<AcceptedAlias> = {}): AcceptedAlias => ({
  id: 'a1',
  alias: 'rumah sakit kraton lama',
  type: 'facility',
  name: 'RSUD Bendan',
  kelurahan_code: '2',
  lon: 109.6682,
  lat: -6.8931,
  ...more,
})
const ask = (said: string, aliases: AcceptedAlias[], entries = TOY_ENTRIES) => {
  const named = withAliases(entries, aliases)
  return { ...named, first: geocode(buildGazetteer(named.entries, TOY_AREAS), said).results.at(0) }
}

describe('accepted names in the gazetteer', () => {
  it('answer for what they stand for, which keeps its own name', () => {
    const { first, missing, entries } = ask('rumah sakit kraton lama', [accepted()])
    expect(first).toMatchObject({ name: 'RSUD Bendan', point: RSUD })
    expect(first?.why).toContain('dikenal juga sebagai “rumah sakit kraton lama”')
    expect(ask('rsud bendan', [accepted()]).first?.why.join()).not.toContain('dikenal juga')
    expect(missing.size).toBe(0)
    expect(entries).toHaveLength(TOY_ENTRIES.length)
    expect(TOY_ENTRIES.some((entry) => entry.aliases?.length)).toBe(false)
    expect(ask('rsud bendan', [accepted()]).first).toMatchObject({ name: 'RSUD Bendan' })
  })

  it('are of the nearest that bears the name, within 500 m', () => {
    const nur = (lon: number) =>
      accepted({ alias: 'masjid gede kulon', type: 'place', name: 'Masjid An Nur', lon, lat: -6.894 })
    expect(ask('masjid gede kulon', [nur(109.6745)]).first?.point).toEqual([109.675, -6.894])
    expect(ask('masjid gede kulon', [nur(109.6455)]).first?.point).toEqual([109.645, -6.894])
    expect(ask('masjid gede kulon', [nur(109.66)]).missing).toEqual(new Set(['a1']))
  })

  it('of a street reach the whole street, whichever of its pieces they were given on', () => {
    const half = (from: number, to: number) => ({
      ...TOY_ENTRIES[0],
      id: `sudirman@${from}`,
      geometry: {
        type: 'MultiLineString' as const,
        coordinates: [
          [
            [from, -6.89],
            [to, -6.89],
          ],
        ],
      },
    })
    const pieces = [half(109.642, 109.67), half(109.67, 109.698), ...TOY_ENTRIES.slice(1)]
    const given = accepted({
      alias: 'jalan kembar',
      type: 'street',
      name: 'Jl. Jend. Sudirman',
      lon: 109.695,
      lat: -6.8901,
    })
    expect(ask('jalan kembar', [given], pieces).first).toMatchObject({ type: 'street', name: 'Jl. Jend. Sudirman' })
  })

  it('of a bare point are a place of their own; of what vanished too, and are told as missing', () => {
    const point = accepted({ alias: 'pabrik payung', type: 'point', name: null, lon: EMPTY[0], lat: EMPTY[1] })
    expect(ask('depan pabrik payung', [point])).toMatchObject({
      first: { name: 'pabrik payung', point: EMPTY },
      missing: new Set(),
    })
    const gone = TOY_ENTRIES.filter((entry) => entry.name !== 'RSUD Bendan')
    const { first, missing } = ask('rumah sakit kraton lama', [accepted()], gone)
    expect(first).toMatchObject({ name: 'RSUD Bendan', point: [109.6682, -6.8931], inside_city: true })
    expect(missing).toEqual(new Set(['a1']))
    expect(ask('rsud bendan', [accepted()], gone).first?.point).toEqual([109.6682, -6.8931])
  })

  it('end what they were learnt from: the same pin then teaches nothing', () => {
    const said = 'kebakaran di rumah sakit kraton lama'
    const correction = correctionOf(index, said, at(RSUD))
    const { entries } = withAliases(TOY_ENTRIES, [accepted({ alias: correction?.alias })])
    expect(correctionOf(buildGazetteer(entries, TOY_AREAS), said, at(RSUD))).toBeNull()
  })
})

describe('what is no other name', () => {
  const target = { lon: RSUD[0], lat: RSUD[1] }
  it.each([
    ['masjid', /umum/],
    ['jalan', /umum/],
    ['', /umum/],
    ['di depan', /umum/],
    ['rsud bendan', /sudah bernama RSUD Bendan/],
    ['Rumah Sakit Umum Daerah Bendan', /sudah bernama/],
    ['pak budi 081234567890', /telepon/],
  ])('"%s"', (alias, reason) => expect(aliasFault(TOY_ENTRIES, alias, target)).toMatch(reason))

  it('the name of something far is one', () => {
    expect(aliasFault(TOY_ENTRIES, 'pasar banyuurip', target)).toBeNull()
    expect(aliasFault(TOY_ENTRIES, 'rumah sakit kraton lama', target)).toBeNull()
  })
})
