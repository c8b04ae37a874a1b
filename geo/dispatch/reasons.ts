/** Why somebody else than the first was sent: the short list. Words may stand beside each; `lainnya` is nothing without them. */
export const REASON_CODES = [
  'unit_lebih_sesuai',
  'permintaan_opd',
  'akses_jalan',
  'unit_dipersiapkan_lain',
  'informasi_lapangan',
  'lainnya',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

export interface OverrideReason {
  code: ReasonCode
  words: string | null
}

const isCode = (text: string): text is ReasonCode => (REASON_CODES as readonly string[]).includes(text)

/**
 * A reason as it comes over HTTP: a code of the list, with or without words of its own beside it, or free words alone, which count as
 * `lainnya`. Null when nothing was said; `lainnya` without words says nothing.
 */
export function readReason(reason: string | null | undefined, words?: string | null): OverrideReason | null {
  const [said, beside] = [reason?.trim() ?? '', words?.trim() ?? '']
  if (said === '') return beside === '' ? null : { code: 'lainnya', words: beside }
  if (!isCode(said)) return { code: 'lainnya', words: beside === '' ? said : `${said}; ${beside}` }
  return said === 'lainnya' && beside === '' ? null : { code: said, words: beside || null }
}
