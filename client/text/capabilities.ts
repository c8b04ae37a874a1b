import { locale } from './text.ts'

/** What units can do, as people say it; a word the program does not know stands as it is. */
const WORDS: Record<string, [id: string, en: string]> = {
  pump: ['pompa', 'pump'],
  tanker: ['tangki air', 'water tanker'],
  rescue: ['penyelamatan', 'rescue'],
  animal: ['evakuasi hewan', 'animal rescue'],
  ambulance: ['ambulans', 'ambulance'],
  hearse: ['mobil jenazah', 'hearse'],
  blood: ['donor darah', 'blood'],
  patrol: ['patroli', 'patrol'],
  traffic: ['lalu lintas', 'traffic'],
  boat: ['perahu', 'boat'],
  chainsaw: ['gergaji mesin', 'chainsaw'],
  crane: ['derek', 'crane'],
  lift: ['mobil tangga', 'lift'],
  evacuation: ['evakuasi', 'evacuation'],
  water_pump: ['pompa banjir', 'flood pump'],
  social: ['petugas sosial', 'social worker'],
  repair: ['perbaikan', 'repair'],
}

export const capabilityWord = (code: string): string => WORDS[code]?.[locale === 'en' ? 1 : 0] ?? code
