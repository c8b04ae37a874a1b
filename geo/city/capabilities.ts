import type { Capability } from './types.ts'

/** What units can do, as people say it; a city may know words of its own. */
const WORDS: Readonly<Record<Capability, readonly [id: string, en: string]>> = {
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

const KNOWN = new Map<string, readonly [id: string, en: string]>(Object.entries(WORDS))

/** The Indonesian or English word for a capability's code; a code the program does not know stands as it is. */
export const capabilityWord = (code: string, locale: 'id' | 'en' = 'id'): string =>
  KNOWN.get(code)?.[locale === 'en' ? 1 : 0] ?? code
