import { en } from './en.ts'
import { id } from './id.ts'
import type { TextKey } from './id.ts'

export type Locale = 'id' | 'en'

const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang')
export const locale: Locale = asked === 'en' ? 'en' : 'id'
const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))

/** A page's own words in the page's language, spoken as by {@link t}. */
export function textsOf<K extends string>(indonesian: Record<K, string>, english: Record<K, string>) {
  const texts = locale === 'en' ? english : indonesian
  return (key: K, values: Record<string, string | number> = {}): string => fill(texts[key], values)
}

/** The text of `key` in the page's language (`?lang=en`, else Indonesian) with `{name}` filled from `values`. */
export const t: (key: TextKey, values?: Record<string, string | number>) => string = textsOf(id, en)
