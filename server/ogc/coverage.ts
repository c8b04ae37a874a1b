import { STANDARD_MINUTES, type Coverage } from '../../geo/wire/coverage.ts'
import { coverageNow } from '../stats/coverage.ts'
import { hexagon } from './hexagon.ts'
import { wholeCollection } from './whole.ts'

export const coverage = wholeCollection({
  id: 'coverage',
  title: 'Jangkauan',
  description:
    'Sel H3-10 kota dengan detik sampai unit pertama tiba dari posnya lewat jalan sekarang, waktu siap termasuk, menurut jenis instansi (seconds_…; kosong: tak terjangkau dalam satu jam), dan penduduknya.',
  permission: 'coverage.read',
  temporal: false,
  async all(services, { now }) {
    const kinds = services.city.agency_kinds.filter(({ tracked }) => tracked).map(({ kind }) => kind)
    const found: Coverage[] = []
    for (const agency_kind of kinds)
      found.push(await coverageNow(services, { agency_kind, minutes: STANDARD_MINUTES, from: 'posts' }, now))
    const [first] = found
    if (!first) return []
    return first.cells.h3.map((h3, cell) => ({
      type: 'Feature' as const,
      id: h3,
      geometry: hexagon(h3),
      properties: {
        ...Object.fromEntries(found.map(({ agency_kind, cells }) => [`seconds_${agency_kind}`, cells.seconds[cell]])),
        people: first.cells.people[cell],
        kelurahan_code: first.kelurahan[first.cells.kelurahan[cell]].code,
        kelurahan: first.kelurahan[first.cells.kelurahan[cell]].name,
        simulated: services.simulated,
      },
    }))
  },
})
