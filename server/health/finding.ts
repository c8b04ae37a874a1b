import type { HealthPart, HealthPartRow, HealthState } from '../../geo/wire/health.ts'
import { WORDS, type Told, type Words } from './words.ts'

export type Finding = Omit<HealthPartRow, 'since' | 'or_earlier'>

type Key = keyof typeof WORDS
/** The names of the `{name}`s in a text. */
type Names<T> = T extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never
type NamesOf<K extends Key> = Names<(typeof WORDS)[K]['words'][number]>
type Values<K extends Key> = Readonly<Record<NamesOf<K>, string | number | Words>>

/** What is found of a part, in words of {@link WORDS}, each `{name}` filled from `values`; `age_seconds` of what they tell of. */
export function finding<K extends Key>(
  id: HealthPart,
  state: HealthState,
  key: K,
  ...[values, age_seconds = null]: [NamesOf<K>] extends [never]
    ? [values?: null, age_seconds?: number | null]
    : [values: Values<K>, age_seconds?: number | null]
): Finding {
  const { words, todo }: Told = WORDS[key]
  const filled = new Map(Object.entries<string | number | Words>(values ?? {}))
  const fill = (text: string, language: 0 | 1) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = filled.get(name)
      return String(typeof value === 'object' ? value[language] : value)
    })
  return {
    ...{ id, state, age_seconds },
    ...{ words: fill(words[0], 0), todo: todo ? todo[0] : null },
    ...{ words_en: fill(words[1], 1), todo_en: todo ? todo[1] : null },
  }
}
