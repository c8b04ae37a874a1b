import { describe, expect, it } from 'vitest'
import { signInFrom, wayBack } from '../../../client/ui/way_back.ts'

const HERE = 'http://siaga.example:8112'

describe('the way back from signing in', () => {
  it('leads to the page one came from, with its tab', () => {
    const to = signInFrom({ pathname: '/admin', search: '?lang=en', hash: '#accounts' })
    const asked = new URLSearchParams(to.split('?')[1])
    expect(asked.get('lang')).toBe('en')
    expect(wayBack(asked.get('kembali'), HERE)).toBe('/admin?lang=en#accounts')
  })
  it.each([
    'https://situs-lain.example/',
    '//situs-lain.example',
    '/\\situs-lain.example',
    'javascript:alert(1)',
    '/masuk',
    '',
    '/.//situs-lain.example',
  ])('never leads to %s', (asked) => expect(wayBack(asked, HERE)).toBeNull())
})
