import { describe, expect, it } from 'vitest'
import { passwordFault } from '../../../geo/wire/password.ts'

describe('a password', () => {
  it.each([
    'kuda lumping dua belas',
    'kopi tubruk jam 3',
    'jlamprang-batik-biru',
    '819274650381',
    'ꦥꦼꦏꦭꦺꦴꦔꦤ꧀ꦠꦸꦥꦶꦃ',
    'xK4#pQ9!vT2z',
  ])('may be %s: length is all that is asked', (password) => expect(passwordFault(password, 'agen1')).toBeNull())
  it('is 12 characters at least, counted as people do', () => {
    expect(passwordFault('kopi tubruk', null)).toMatch(/12 karakter \(sekarang 11\)/)
    expect(passwordFault('🐎'.repeat(6), null)).toMatch(/sekarang 6/)
    expect(passwordFault('a1b2c3d4e5'.repeat(26), null)).toMatch(/paling banyak 256/)
  })
  it.each([
    'password1234',
    'P@ssword2026!',
    'qwertyuiop12',
    'KataSandi2026',
    'pekalongan112',
    'siaga112siaga112',
    'admin12345678',
    'aaaaaaaaaaaa',
    '123456789012',
    '112112112112',
    'bismillah1234',
  ])('is not %s: anybody tries that first', (password) =>
    expect(passwordFault(password, 'agen1')).toMatch(/terlalu mudah/),
  )
  it.each(['damkar.jaga1', 'Damkar.Jaga2026', 'damkar.jagadamkar.jaga'])('is not the login: %s', (password) =>
    expect(passwordFault(password, 'damkar.jaga')).toMatch(/nama masuk/),
  )
})
