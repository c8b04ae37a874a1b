import type { Capability, CityUnit } from './types.ts'

type Row = [
  callsign: string,
  station_code: string,
  kind: string,
  capabilities: Capability[],
  crew: number,
  turnout_seconds: number,
]

/**
 * A plausible fleet, not the city's list: the import or /admin replaces it. Turnout is what a crew at its post needs from
 * the call to the wheels turning: fire 80 s (NFPA 1710), ambulance 60 s, patrols already in the street 30 s, offices minutes.
 */
// prettier-ignore
const ROWS: Record<string, Row[]> = {
  damkar: [
    ['Damkar 1', 'damkar-mako', 'Mobil pompa', ['pump', 'rescue'], 6, 80],
    ['Damkar 2', 'damkar-mako', 'Mobil pompa', ['pump'], 5, 80],
    ['Damkar 3', 'damkar-mako', 'Mobil tangki', ['tanker', 'pump'], 3, 90],
    ['Damkar 4', 'damkar-mako', 'Mobil penyelamat', ['rescue', 'animal'], 4, 80],
    ['Damkar 5', 'damkar-mako', 'Pikap penyelamat', ['rescue', 'animal'], 3, 80],
  ],
  bpbd: [
    ['BPBD 1', 'bpbd-mako', 'Mobil penyelamat dan perahu karet', ['boat', 'rescue', 'evacuation'], 4, 180],
    ['BPBD 2', 'bpbd-mako', 'Pikap TRC', ['chainsaw', 'rescue'], 3, 120],
    ['BPBD 3', 'bpbd-mako', 'Truk serbaguna', ['evacuation', 'water_pump'], 4, 180],
  ],
  psc119: [
    ['PSC 119-1', 'psc119-dinkes', 'Ambulans', ['ambulance'], 3, 60],
    ['PSC 119-2', 'psc119-bendan', 'Ambulans', ['ambulance'], 3, 60],
    ['PSC 119-3', 'psc119-sokorejo', 'Ambulans', ['ambulance'], 3, 90],
    ['PSC 119-4', 'psc119-selatan', 'Ambulans', ['ambulance'], 3, 90],
  ],
  polres: [
    ['Polres 1', 'polres-mako', 'Mobil patroli', ['patrol'], 3, 30],
    ['Polres 2', 'polres-mako', 'Mobil Satlantas', ['traffic', 'patrol'], 2, 45],
    ['Polres 3', 'pospol-grogolan', 'Mobil Satlantas', ['traffic', 'patrol'], 2, 30],
    ['Polres 4', 'polsek-barat', 'Mobil patroli', ['patrol'], 2, 60],
    ['Polres 5', 'polsek-timur', 'Mobil patroli', ['patrol'], 2, 60],
    ['Polres 6', 'polsek-selatan', 'Mobil patroli', ['patrol'], 2, 60],
  ],
  pmi: [
    ['PMI 1', 'pmi-markas', 'Ambulans', ['ambulance'], 3, 90],
    ['PMI 2', 'pmi-markas', 'Mobil jenazah', ['hearse'], 2, 180],
    ['PMI 3', 'pmi-markas', 'Mobil unit donor darah', ['blood'], 2, 180],
  ],
  satpol: [
    ['Satpol 1', 'satpol-mako', 'Mobil patroli', ['patrol'], 4, 60],
    ['Satpol 2', 'satpol-mako', 'Truk dalmas', ['patrol', 'evacuation'], 8, 120],
  ],
  dishub: [
    ['Dishub 1', 'dishub-kantor', 'Mobil patroli lalu lintas', ['traffic'], 3, 120],
    ['Dishub 2', 'dishub-kantor', 'Mobil tangga', ['lift', 'repair'], 3, 300],
  ],
  dlh: [
    ['DLH 1', 'dlh-kantor', 'Truk pangkas pohon', ['chainsaw', 'lift'], 4, 240],
    ['DLH 2', 'dlh-kantor', 'Truk derek', ['chainsaw', 'crane'], 4, 300],
  ],
  dpupr: [
    ['DPUPR 1', 'dpupr-kantor', 'Truk unit reaksi cepat', ['repair'], 4, 300],
    ['DPUPR 2', 'dpupr-pengairan', 'Pompa bergerak', ['water_pump'], 3, 300],
  ],
  dinsos: [['Dinsos 1', 'dinsos-kantor', 'Mobil penjangkauan sosial', ['social'], 3, 240]],
  polairud: [['Polairud 1', 'polairud-pos', 'Kapal patroli', ['boat', 'rescue', 'patrol'], 5, 240]],
  tni: [['Kodim 1', 'koramil-timur', 'Truk pasukan', ['evacuation'], 10, 300]],
}

export const UNITS: readonly CityUnit[] = Object.entries(ROWS).flatMap(([agency_code, rows]) =>
  rows.map(([callsign, station_code, kind, capabilities, crew, turnout_seconds]) => ({
    callsign,
    agency_code,
    station_code,
    kind,
    capabilities,
    crew,
    turnout_seconds,
  })),
)
