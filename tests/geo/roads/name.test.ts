import { describe, expect, it } from 'vitest'
import { nameRoads } from '../../../geo/roads/name.ts'
import { at, edge, node } from './cases.ts'

const [a, b, c] = [node(0, 0, 0), node(1, 200, 0), node(2, 200, 150)]
const along = edge(0, a, b, { name: null })
const across = edge(1, b, c, { name: null })
const names = (...streets: Parameters<typeof nameRoads>[1]) => nameRoads([along, across], streets).map((e) => e.name)

describe('nameRoads', () => {
  it('names the edge a street runs along, not the one that only touches it', () => {
    expect(names({ name: 'Jl. Hayam Wuruk', coordinates: [[at(-50, 8), at(260, 8)]] })).toEqual([
      'Jl. Hayam Wuruk',
      null,
    ])
  })
  it('asks for most of the edge, and for nearness', () => {
    expect(names({ name: 'Jl. Pendek', coordinates: [[at(0, 3), at(90, 3)]] })).toEqual([null, null])
    expect(names({ name: 'Jl. Jauh', coordinates: [[at(0, 30), at(200, 30)]] })).toEqual([null, null])
  })
  it('lets the nearer of two parallel streets win, a nameless one too', () => {
    const far = { name: 'Jl. Sebelah', coordinates: [[at(0, 18), at(200, 18)]] }
    expect(names(far, { name: 'Jl. Sendiri', coordinates: [[at(0, 4), at(200, 4)]] })[0]).toBe('Jl. Sendiri')
    expect(names(far, { name: null, coordinates: [[at(0, 4), at(200, 4)]] })[0]).toBeNull()
  })
  it('keeps a name that is there', () => {
    const named = { ...along, name: 'Jl. Lama' }
    expect(nameRoads([named], [{ name: 'Jl. Baru', coordinates: [[at(0, 0), at(200, 0)]] }])[0].name).toBe('Jl. Lama')
  })
})
