/** What callers and hurried fingers do to a name, seeded; each function takes and gives text. */
export interface Noise {
  random: () => number
  pick: <T>(list: readonly T[]) => T
  chance: (share: number) => boolean
  /** One slip of a finger or of the ear in one word of four letters or more; now and then two. */
  typo: (text: string, share?: number) => string
  /** Colonial spelling of one sound of the text, where it has one. */
  old: (text: string, share?: number) => string
  letterCase: (text: string) => string
}

/** Letters taken for another; what is not listed becomes an `a`, the worst a finger does. */
const HEARD: Readonly<Record<string, string>> = {
  a: 'e',
  e: 'a',
  i: 'e',
  o: 'u',
  u: 'o',
  s: 'z',
  g: 'k',
  d: 't',
  b: 'p',
}
const COLONIAL: readonly (readonly [RegExp, string])[] = [
  [/(?<=[a-z])u/, 'oe'],
  [/c(?=[aiueo])/, 'tj'],
  [/(?<=[a-z])y(?=[aiueo])/, 'j'],
  [/(?<=[a-z])j(?=[aiueo])/, 'dj'],
]

export function noiseOf(random: () => number): Noise {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const chance = (share: number) => random() < share

  function slip(word: string): string {
    const at = 1 + Math.floor(random() * (word.length - 2))
    const kind = random()
    if (kind < 0.25) return word.slice(0, at) + word.slice(at + 1)
    if (kind < 0.5) return word.slice(0, at) + word[at] + word.slice(at)
    if (kind < 0.75) return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
    return word.slice(0, at) + (HEARD[word[at].toLowerCase()] ?? 'a') + word.slice(at + 1)
  }
  function once(text: string): string {
    const words = text.split(' ')
    const long = words.flatMap((word, i) => (/^[a-z]{4,}$/i.test(word) ? [i] : []))
    if (long.length === 0) return text
    const i = pick(long)
    words[i] = slip(words[i])
    return words.join(' ')
  }
  return {
    random,
    pick,
    chance,
    typo(text, share = 0.55) {
      if (!chance(share)) return text
      const slipped = once(text)
      return chance(0.08) ? once(slipped) : slipped
    },
    old(text, share = 0.08) {
      if (!chance(share)) return text
      const able = COLONIAL.filter(([sound]) => sound.test(text))
      if (able.length === 0) return text
      const [sound, by] = pick(able)
      return text.replace(sound, by)
    },
    letterCase: (text) => (chance(0.5) ? text.toLowerCase() : text),
  }
}
