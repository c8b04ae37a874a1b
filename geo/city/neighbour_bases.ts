import type { LonLat } from '../earth.ts'
import type { AgencyKind, NeighbourBase } from './types.ts'

/** Where regencies around are governed from: a base whose own address is not known stands in its seat. */
const SEATS: readonly [regency: string, town: string, location: LonLat][] = [
  ['Kab. Batang', 'Batang', [109.73, -6.908]],
  ['Kab. Pekalongan', 'Kajen', [109.588, -7.03]],
  ['Kab. Pemalang', 'Pemalang', [109.379, -6.891]],
]

/** Services every regency has, by the name before its own; lines that are one number for the whole country, else null. */
const SERVICES: readonly [kind: AgencyKind, name: string, phone: string | null][] = [
  ['damkar', 'Damkar', null],
  ['bpbd', 'BPBD', null],
  ['psc119', 'PSC 119', '119'],
  ['pmi', 'PMI', null],
  ['polres', 'Polres', '110'],
  ['satpol', 'Satpol PP', null],
  ['dishub', 'Dinas Perhubungan', null],
  ['dlh', 'Dinas Lingkungan Hidup', null],
  ['dpupr', 'DPUPR', null],
  ['dinsos', 'Dinas Sosial', null],
  ['polairud', 'Satpolairud Polres', '110'],
]

/**
 * Who can be asked when the city's own units do not suffice. Positions are those of the town, not of a gate; the room's own list has the
 * direct numbers.
 */
export const NEIGHBOUR_BASES: readonly NeighbourBase[] = [
  ...SERVICES.flatMap(([agency_kind, name, phone]) =>
    SEATS.map(([regency, town, location]): NeighbourBase => ({
      agency_kind,
      name: regency.endsWith(town) ? `${name} ${regency}` : `${name} ${regency} (${town})`,
      regency,
      location,
      phone,
    })),
  ),
  {
    agency_kind: 'basarnas',
    name: 'Kantor SAR Semarang',
    regency: 'Kota Semarang',
    location: [110.35, -6.99],
    phone: '115',
  },
]
