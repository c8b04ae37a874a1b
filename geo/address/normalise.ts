/** Lower case, no accents, no control characters, one kind of quote and dash, single spaces. */
export function clean(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019\u02bc\u02bb`´]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
}

/** Spellings that sound alike: colonial (oe, dj, tj), Arabic transliterations (kh, sy, dl, dh) and foreign letters. */
const SOUNDS: readonly [RegExp, string][] = [
  [/oe/g, 'u'],
  [/dj/g, 'j'],
  [/tj/g, 'c'],
  [/[ck]h/g, 'h'],
  [/s[yjh]|ts/g, 's'],
  [/d[hlz]/g, 'd'],
  [/th/g, 't'],
  [/gh/g, 'g'],
  [/bh/g, 'b'],
  [/ph|v/g, 'f'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/iy/g, 'i'],
  [/uw/g, 'u'],
  [/ie/g, 'i'],
]

/** Holds for every word that some pattern of SOUNDS changes. */
const FOREIGN = /[qvxz]|oe|[cdgkbpt]h|[dt]j|s[yjh]|ts|dl|ck|iy|uw|ie/

/** The sound of one cleaned word: words with equal sound are taken as one spelling; doubled letters count once. */
export function fold(word: string): string {
  let sound = word
  if (FOREIGN.test(word)) for (const [pattern, by] of SOUNDS) sound = sound.replace(pattern, by)
  return sound.replace(/([a-z])\1+/g, '$1')
}
