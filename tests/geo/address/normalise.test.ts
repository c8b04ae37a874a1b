import { describe, expect, it } from 'vitest'
import { editDistance, likeness } from '../../../geo/address/distance.ts'
import { clean, fold } from '../../../geo/address/normalise.ts'
import { nameTokens, queryTokens } from '../../../geo/address/tokens.ts'
import { seededRandom } from '../../helpers/random.ts'

const names = (text: string) => nameTokens(text).map((each) => each.text)
const asked = (text: string) =>
  queryTokens(text)
    .filter((each) => each.kind !== 'street_mark')
    .map((each) => each.text)

describe('spelling', () => {
  it('cleans quotes, accents and control characters', () => {
    expect(clean('  Asy’ari\u0000\tÉtape ')).toBe("asy'ari etape")
  })
  it.each([
    ['oerip', 'urip'],
    ['soemohardjo', 'sumoharjo'],
    ['tjokroaminoto', 'cokroaminoto'],
    ['khodijah', 'hodijah'],
    ['achmad', 'ahmad'],
    ['raudlatul', 'raudatul'],
    ['syafii', 'safi'],
    ['kentjana', 'kencana'],
  ])('%s sounds like %s', (a, b) => expect(fold(a)).toBe(fold(b)))
  it('counts a swap below two substitutions, and confusable letters below others', () => {
    expect(editDistance('kartini', 'katrini')).toBeLessThan(1)
    expect(editDistance('pattimura', 'patimura')).toBe(1)
    expect(editDistance('jasim', 'yasim')).toBeLessThan(editDistance('jasim', 'basim'))
  })
  it('is symmetric and gives up only beyond the limit (brute force)', () => {
    const random = seededRandom(31)
    const word = () =>
      Array.from({ length: 3 + Math.floor(random() * 6) }, () => 'abeghjkotuy'[Math.floor(random() * 11)]).join('')
    for (let i = 0; i < 500; i++) {
      const [a, b] = [word(), word()]
      const d = editDistance(a, b)
      expect(editDistance(b, a)).toBeCloseTo(d, 9)
      expect(editDistance(a, b, d)).toBeCloseTo(d, 9)
      if (d > 0.5) expect(editDistance(a, b, d - 0.1)).toBe(Infinity)
    }
  })
  it('keeps short words apart', () => expect(likeness('pln', 'pln', 'bpn', 'bpn')).toBe(0))
})

describe('words of names and questions', () => {
  it.each([
    ['Jl. KH. Wahid Hasyim', ['kh', 'wahid', 'hasyim']],
    ['SD Negeri 05 Landungsari', ['sd', 'negeri', '5', 'landungsari']],
    ['SDN 2Pasir', ['sd', 'negeri', '2', 'pasir']],
    ['Pustu Pragak', ['puskesmas', 'pembantu', 'pragak']],
    ['Jl. Pelita II', ['pelita', '2']],
    ['Kantor Lurah Noyontaan', ['kantorlurah', 'noyontaan']],
  ])('%s', (name, words) => expect(names(name)).toEqual(words))
  it.each([
    'Jl Kartini',
    'jln. Kartini',
    'JALAN kartini',
    'jl.Kartini no 110',
    'Kartini RT 03/RW 07',
    'jalna kartini nomor 12 a',
    'jl kartini rt 3/7',
  ])('%s is Kartini', (text) => expect(asked(text)).toEqual(['kartini']))
  it('keeps a numbered alley as a hint only', () => {
    expect(
      queryTokens('Jl. Ampera Gg. 2')
        .filter((each) => each.text !== 'jalan')
        .map((each) => [each.text, each.kind]),
    ).toEqual([
      ['ampera', 'word'],
      ['gang', 'weak'],
      ['2', 'weak'],
    ])
  })
  it('reads at most forty words', () => expect(queryTokens('medono '.repeat(500))).toHaveLength(40))
})
