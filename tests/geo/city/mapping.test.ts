import { describe, expect, it } from 'vitest'
import { BUILT_IN_CITY } from '../../../geo/city/index.ts'
import { NEIGHBOUR_BASES } from '../../../geo/city/neighbour_bases.ts'
import { distanceM } from '../../../geo/earth.ts'
import { inRings } from './grid.ts'

const city = BUILT_IN_CITY
const needsOf = (code: string) => city.incident_types.find((type) => type.code === code)?.needs ?? []
const kindsOf = (code: string) => [...new Set(needsOf(code).map((need) => need.agency_kind))].sort()

/** The city's own division of work: who leads, who must be there, who must not. One row for each type. */
const MAPPING: Record<string, { lead: string; also?: string[]; never?: string[] }> = {
  kebakaran: { lead: 'damkar' },
  kebakaran_industri: { lead: 'damkar', also: ['psc119', 'pln', 'dlh'] },
  bahan_kimia: { lead: 'damkar', also: ['dlh', 'psc119'] },
  kebakaran_lahan: { lead: 'damkar' },
  banjir: { lead: 'bpbd', also: ['pmi', 'dpupr'] },
  rob: { lead: 'bpbd', also: ['pmi', 'dpupr'] },
  kecelakaan: { lead: 'polres', also: ['psc119'] },
  sakit_mendadak: { lead: 'psc119' },
  mobil_jenazah: { lead: 'pmi' },
  orang_tenggelam: { lead: 'polairud', also: ['basarnas'] },
  angin_kencang: { lead: 'bpbd' },
  kriminalitas: { lead: 'polres' },
  kdrt: { lead: 'polres' },
  pohon_tumbang: { lead: 'dlh', also: ['bpbd'], never: ['damkar'] },
  sarang_tawon: { lead: 'damkar' },
  ular: { lead: 'damkar' },
  evakuasi_hewan: { lead: 'damkar' },
  penyelamatan: { lead: 'damkar' },
  pgot: { lead: 'satpol', never: ['damkar', 'polres'] },
  miras: { lead: 'satpol', never: ['damkar'] },
  odgj: { lead: 'dinsos' },
  permintaan_darah: { lead: 'pmi' },
  listrik_padam: { lead: 'pln', never: ['damkar'] },
  lampu_jalan: { lead: 'dishub', never: ['pln'] },
  jalan_rusak: { lead: 'dpupr' },
  air_pdam: { lead: 'pdam' },
}

describe('who handles what', () => {
  it('has a row for every type, and every type a row', () => {
    expect(city.incident_types.map((type) => type.code).sort()).toEqual(Object.keys(MAPPING).sort())
  })

  it.each(Object.entries(MAPPING))('%s', (code, { lead, also = [], never = [] }) => {
    expect(needsOf(code)[0].agency_kind).toBe(lead)
    expect(kindsOf(code)).toEqual(expect.arrayContaining(also))
    for (const kind of never) expect(kindsOf(code)).not.toContain(kind)
  })

  it('sends other units to a batik workshop than to a house, and others again to a cat in a well', () => {
    const asked = (code: string) =>
      needsOf(code)
        .filter((need) => need.agency_kind === 'damkar')
        .map((need) => `${need.quantity} ${need.capability}`)
        .sort()
    expect(asked('kebakaran')).toEqual(['2 pump'])
    expect(asked('kebakaran_industri')).toEqual(['1 rescue', '1 tanker', '2 pump'])
    expect(asked('evakuasi_hewan')).toEqual(['1 animal'])
  })

  it('asks for a crew of three at a pump, and never for more than the built-in fleet has on board', () => {
    for (const type of city.incident_types)
      for (const need of type.needs) {
        if (need.capability === 'pump') expect(need.min_crew).toBe(3)
        const able = city.units.filter(
          (unit) =>
            city.agencies.find((agency) => agency.code === unit.agency_code)?.kind === need.agency_kind &&
            (need.capability === null || unit.capabilities.includes(need.capability)),
        )
        for (const unit of able)
          expect(unit.crew, `${type.code} ${unit.callsign}`).toBeGreaterThanOrEqual(need.min_crew)
      }
  })

  it('limits the age of a position for each kind that an agency has', () => {
    expect(city.agency_kinds.map((each) => each.kind).sort()).toEqual(
      [...new Set(city.agencies.map((agency) => agency.kind))].sort(),
    )
  })
})

describe('bases of neighbours', () => {
  it('lie outside the city within two hours, with a line only where it is one number for the whole country', () => {
    for (const { name, location, phone } of NEIGHBOUR_BASES) {
      expect(inRings([city.land], location), name).toBe(false)
      expect(distanceM(location, [109.675, -6.89]), name).toBeLessThan(80_000)
      expect([null, '110', '115', '119'], name).toContain(phone)
    }
  })
})
