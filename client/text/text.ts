import { en } from './en.ts'
import { id } from './id.ts'
import type { TextKey } from './id.ts'

export type Locale = 'id' | 'en'

const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang')
export const locale: Locale = asked === 'en' ? 'en' : 'id'
const texts = locale === 'en' ? en : id

/** The text of `key` in the page's language (`?lang=en`, else Indonesian) with `{name}` filled from `values`. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
