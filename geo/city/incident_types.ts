import type { AgencyKind, Capability, CityIncidentType, IncidentClass, IncidentNeed } from './types.ts'

type Need = [agency_kind: AgencyKind, capability?: Capability | null, quantity?: number, min_crew?: number]
type Row = [
  code: string,
  name: string,
  name_en: string,
  letter: string,
  priority: 1 | 2 | 3 | 4,
  on_scene_minutes: number,
  ...needs: Need[],
]

/** Crew that makes a unit of use, where it is more than somebody to drive: a pump is worked by three (driver, nozzle, hydrant). */
const MIN_CREW: Partial<Record<Capability, number>> = {
  pump: 3,
  rescue: 2,
  ambulance: 2,
  boat: 3,
  chainsaw: 2,
  evacuation: 2,
}

/**
 * What is reported, and who is sent: the city's own division of work (fire, wasps, snakes: Damkar; fallen tree: DLH and
 * BPBD; ...). The first need is the lead. On-scene minutes are planning values until five cases give a median.
 * The first row is the one a new call starts with. An admin may set other needs (sql/functions/incident_needs_put.sql).
 */
// prettier-ignore
const ROWS: Record<IncidentClass, Row[]> = {
  gawat_darurat: [
    ['kebakaran', 'Kebakaran', 'Fire', 'K', 1, 45, ['damkar', 'pump', 2], ['polres', 'patrol'], ['psc119', 'ambulance']],
    ['kebakaran_industri', 'Kebakaran pabrik / workshop batik', 'Fire in a factory or batik workshop', 'X', 1, 120, ['damkar', 'pump', 2], ['damkar', 'tanker'], ['damkar', 'rescue'], ['psc119', 'ambulance', 2], ['polres', 'traffic'], ['bpbd', 'rescue'], ['pln'], ['dlh']],
    ['bahan_kimia', 'Bahan kimia / kebocoran gas', 'Chemicals or a gas leak', 'Y', 1, 90, ['damkar', 'rescue', 2], ['damkar', 'pump'], ['dlh'], ['psc119', 'ambulance'], ['polres', 'patrol'], ['bpbd', 'evacuation']],
    ['kebakaran_lahan', 'Kebakaran lahan / sampah', 'Burning scrub or rubbish', 'Z', 2, 45, ['damkar', 'pump'], ['damkar', 'tanker']],
    ['banjir', 'Banjir', 'Flood', 'B', 2, 90, ['bpbd', 'evacuation'], ['dpupr', 'water_pump'], ['pmi', 'ambulance']],
    ['rob', 'Banjir rob', 'Tidal flood', 'R', 2, 90, ['bpbd', 'evacuation'], ['dpupr', 'water_pump'], ['pmi', 'ambulance']],
    ['kecelakaan', 'Kecelakaan', 'Traffic accident', 'L', 1, 25, ['polres', 'traffic'], ['psc119', 'ambulance']],
    ['sakit_mendadak', 'Sakit mendadak (ambulans)', 'Medical emergency', 'S', 1, 20, ['psc119', 'ambulance']],
    ['mobil_jenazah', 'Mobil jenazah', 'Hearse', 'J', 4, 40, ['pmi', 'hearse']],
    ['orang_tenggelam', 'Orang tenggelam / kecelakaan laut', 'Drowning or accident at sea', 'T', 1, 90, ['polairud', 'boat'], ['bpbd', 'boat'], ['psc119', 'ambulance'], ['basarnas']],
    ['angin_kencang', 'Angin kencang', 'Storm damage', 'A', 2, 60, ['bpbd', 'rescue'], ['pln']],
    ['kriminalitas', 'Kriminalitas', 'Crime', 'C', 1, 30, ['polres', 'patrol']],
    ['kdrt', 'Kekerasan dalam rumah tangga', 'Domestic violence', 'V', 1, 30, ['polres', 'patrol'], ['dinsos', 'social']],
  ],
  gawat_tidak_darurat: [
    ['pohon_tumbang', 'Pohon tumbang', 'Fallen tree', 'P', 3, 45, ['dlh', 'chainsaw'], ['bpbd', 'chainsaw']],
    ['sarang_tawon', 'Sarang tawon', 'Wasp nest', 'W', 3, 30, ['damkar', 'animal']],
    ['ular', 'Ular', 'Snake', 'U', 3, 20, ['damkar', 'animal']],
    ['evakuasi_hewan', 'Evakuasi hewan', 'Animal rescue', 'H', 4, 25, ['damkar', 'animal']],
    ['penyelamatan', 'Penyelamatan (cincin, terkunci, terjebak)', 'Rescue (ring, locked in, trapped)', 'I', 3, 20, ['damkar', 'rescue']],
    ['pgot', 'PGOT', 'Homeless person in need', 'G', 4, 30, ['satpol', 'patrol'], ['dinsos', 'social']],
    ['miras', 'Miras / ketertiban umum', 'Drunkenness, public order', 'M', 3, 25, ['satpol', 'patrol']],
    ['odgj', 'ODGJ', 'Person with a mental disorder', 'O', 3, 35, ['dinsos', 'social'], ['satpol', 'patrol']],
    ['permintaan_darah', 'Permintaan darah', 'Blood request', 'D', 3, 30, ['pmi', 'blood']],
  ],
  informasi: [
    ['listrik_padam', 'Listrik padam', 'Power cut', 'E', 4, 60, ['pln']],
    ['lampu_jalan', 'Lampu jalan / lampu lalu lintas mati', 'Street or traffic light out', 'N', 4, 45, ['dishub', 'lift']],
    ['jalan_rusak', 'Jalan rusak', 'Damaged road or drain', 'Q', 4, 60, ['dpupr', 'repair']],
    ['air_pdam', 'Gangguan air PDAM', 'Water supply fault', 'F', 4, 60, ['pdam']],
  ],
}

const toNeed = ([agency_kind, capability = null, quantity = 1, min_crew]: Need): IncidentNeed => ({
  agency_kind,
  capability,
  quantity,
  min_crew: min_crew ?? (capability && MIN_CREW[capability]) ?? 1,
})

export const INCIDENT_TYPES: readonly CityIncidentType[] = (Object.entries(ROWS) as [IncidentClass, Row[]][]).flatMap(
  ([cls, rows]) =>
    rows.map(([code, name, name_en, letter, priority, on_scene_minutes, ...needs]) => ({
      code,
      name,
      name_en,
      letter,
      class: cls,
      priority,
      on_scene_minutes,
      needs: needs.map(toNeed),
    })),
)
