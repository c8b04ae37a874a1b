/**
 * Kinds that people report one event as: of each line any two. A planning value of the room, not a measurement; a kind
 * that stands in no line is related to none.
 */
const TOGETHER: readonly (readonly string[])[] = [
  ['banjir', 'rob', 'angin_kencang'],
  ['angin_kencang', 'pohon_tumbang', 'listrik_padam'],
  ['kebakaran', 'listrik_padam', 'penyelamatan'],
  ['kebakaran', 'kebakaran_industri'],
  ['kebakaran_industri', 'bahan_kimia'],
  ['kebakaran', 'kebakaran_lahan'],
  ['kecelakaan', 'sakit_mendadak', 'penyelamatan'],
  ['kecelakaan', 'kriminalitas'],
  ['orang_tenggelam', 'sakit_mendadak', 'kecelakaan'],
  ['kriminalitas', 'kdrt', 'miras'],
  ['miras', 'odgj', 'pgot'],
  ['sarang_tawon', 'ular', 'evakuasi_hewan'],
  ['listrik_padam', 'lampu_jalan'],
  ['jalan_rusak', 'air_pdam', 'banjir'],
]

/** Codes of the kinds related to one, itself not among them. */
export const relatedKinds = (code: string): ReadonlySet<string> =>
  new Set(TOGETHER.filter((line) => line.includes(code)).flatMap((line) => line.filter((other) => other !== code)))
