import { describe, expect, it } from 'vitest'
import { aliasOf } from '../../../geo/address/alias.ts'
import { seededRandom } from '../../helpers/random.ts'

describe('what a caller calls a place', () => {
  it.each([
    ['ada kebakaran di depan pabrik tahu kuning pak', 'pabrik tahu kuning'],
    ['Prapatan Ponolawen, banjir!', 'prapatan ponolawen'],
    ['tolong pohon tumbang di sebelah utara pabrik es, jl. melati no. 12 rt 03/rw 2', 'pabrik es jl melati'],
    ['gg 5 kebulen', 'gg 5 kebulen'],
    ['SDN 3 Klego', 'sdn 3 klego'],
    ['200 meter timur pabrik teh', 'pabrik teh'],
    ['krapyak lor', 'krapyak lor'],
    ['pertemuan jl melati dan jl kenanga', 'pertemuan jl melati dan jl kenanga'],
    ['kampung arab', 'kampung arab'],
    ['Jl. KH. Mas Mansyur no 5', 'jl kh mas mansyur'],
    ['pabrik teh https://contoh.example/a?b=1', 'pabrik teh'],
    ['gudang garam lama, kelurahan bendan kergon', 'gudang garam lama'],
    ['di rumah makan sederhana', 'rumah makan sederhana'],
    ['blok m no 7 a, pabrik payung', 'pabrik payung'],
  ])('%s: %s', (said, name) => expect(aliasOf(said)).toBe(name))

  it.each([
    ['nama saya Sekar Arum, kebakaran di pabrik payung', 'pabrik payung'],
    ['saya Sekar di pabrik payung', 'pabrik payung'],
    ['dengan ibu sekar arum wangi, pabrik payung', 'pabrik payung'],
    ['halo saya dr. Sekar, pabrik payung', 'pabrik payung'],
    ['pabrik payung, nama saya pak Sekar Arum 0812 3456 7890', 'pabrik payung'],
    ['pabrik payung (+62) 812-3456-7890', 'pabrik payung'],
    ['pabrik payung 0285421234', 'pabrik payung'],
    ['pelapor: sekar, pabrik payung', 'pabrik payung'],
    ['warung bu tini pabrik payung', 'warung bu tini pabrik payung'],
  ])('leaves out who speaks: %s', (said, name) => expect(aliasOf(said)).toBe(name))

  it.each([
    '',
    '   ',
    'masjid',
    'jalan',
    'depan masjid',
    'kebakaran pak tolong',
    'jl no 12 rt 3',
    '081234567890',
    'rumah pak budi',
    'nama saya Sekar Arum',
    '12',
    '😀😀',
    'di sini',
  ])('finds no name in "%s"', (said) => expect(aliasOf(said)).toBeNull())

  it('is short, clean and stable, whatever is said', () => {
    const random = seededRandom(41)
    const words =
      'pabrik,payung,kebakaran,di,depan,jl,melati,no,12,rt,03,nama saya sekar,pak,0812345678,dan,kelurahan,medono,warung,bu,tini,gang,\u0000,😀,Ünï,masjid,an,nur,/,;'.split(
        ',',
      )
    for (let round = 0; round < 2_000; round++) {
      const said = Array.from(
        { length: Math.floor(random() * 40) },
        () => words[Math.floor(random() * words.length)],
      ).join(' ')
      const name = aliasOf(said)
      if (name === null) continue
      expect(name.length).toBeLessThanOrEqual(60)
      expect(name).toMatch(/^[a-z0-9' ]+$/)
      expect(name).not.toMatch(/\d{4}|saya|nama|sekar/)
      expect(name).not.toMatch(/^(dan|x) | (dan|x)$/)
    }
    expect(aliasOf('x'.repeat(10_000))).toBeNull()
  })
})
