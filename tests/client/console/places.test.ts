import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { candidatesOf, isWeak, PlaceSearch } from '../../../client/console/state/places.svelte.ts'
import { ok, refusal, standIn } from './server.ts'

const found = (label: string) =>
  ok({
    features: [
      {
        geometry: { type: 'Point', coordinates: [109.66, -6.89] },
        properties: {
          geocoding: { type: 'poi', name: label, label, accuracy: 20, score: 0.9 },
          inside_city: true,
          ask: null,
        },
      },
    ],
  })
const words = (path: string) => new URL(path, 'http://x').searchParams.get('q') ?? ''
const settle = () => vi.advanceTimersByTimeAsync(500)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('never passes the places of older words off as those of newer ones', async () => {
  standIn(({ path }) => found(`untuk ${words(path)}`))
  const search = new PlaceSearch()
  search.search('rsud')
  await settle()
  expect(search.fits('rsud')).toBe(true)
  search.search('rsud kraton')
  // To be read, not to be taken.
  expect(search.results[0].properties.geocoding.label).toBe('untuk rsud')
  expect(search.fits('rsud kraton')).toBe(false)
  await settle()
  expect(search.results[0].properties.geocoding.label).toBe('untuk rsud kraton')
  expect(search.fits('rsud kraton')).toBe(true)
  expect(search.fits('rsud')).toBe(false)
})

it('does not ask again for the same words, spaces aside', async () => {
  const server = standIn(({ path }) => found(words(path)))
  const search = new PlaceSearch()
  search.search('rsud')
  await settle()
  search.search('rsud ')
  expect(search).toMatchObject({ state: 'done' })
  expect(search.fits('rsud ')).toBe(true)
  search.search('rsud k')
  search.search('rsud')
  await settle()
  expect(search).toMatchObject({ state: 'done' })
  expect(server.asked).toHaveLength(1)
})

it('drops an answer that newer words overtook', async () => {
  let late: () => void = () => undefined
  standIn(({ path }) =>
    words(path) === 'lama' ? new Promise((done) => (late = () => done(found('lama')))) : found('baru'),
  )
  const search = new PlaceSearch()
  search.search('lama')
  await settle()
  search.search('baru')
  await settle()
  late()
  await settle()
  expect(search.results[0].properties.geocoding.label).toBe('baru')
})

it.each([
  ['no server', 'away', 'away'],
  ['a session that ended', refusal('session', 'berakhir', 401), 'away'],
  ['words nobody can take', refusal('q', 'kosong', 422), 'done'],
] as const)('after %s is %s', async (_, said, state) => {
  standIn(() => said)
  const search = new PlaceSearch()
  search.search('pasar')
  await settle()
  expect(search).toMatchObject({ state, results: [] })
})

it('asks the same words again once names have changed or the server is back, when nothing stands', async () => {
  let known = false
  standIn(({ path }) => (known ? found(words(path)) : ok({ features: [], ask: 'Di jalan apa?' })))
  const search = new PlaceSearch()
  search.search('lampu merah ponolawen')
  await settle()
  expect(search.results).toEqual([])
  known = true
  search.renew()
  await settle()
  expect(search.results).toHaveLength(1)
  expect(search.fits('lampu merah ponolawen')).toBe(true)
})

it('does not change a list under the hand that reads it, but asks with the next key', async () => {
  let name = 'lama'
  const server = standIn(() => found(name))
  const search = new PlaceSearch()
  search.search('rsud')
  await settle()
  name = 'baru'
  search.renew()
  await settle()
  expect(server.asked).toHaveLength(1)
  expect(search.results[0].properties.geocoding.label).toBe('lama')
  search.search('rsud ')
  await settle()
  expect(search.results[0].properties.geocoding.label).toBe('baru')
})

it('numbers what was found as it is listed, and says when all of it is a guess', async () => {
  const scores = [0.04, 0.03]
  standIn(() =>
    ok({
      features: scores.map((score, i) => ({
        geometry: { type: 'Point', coordinates: [109.66 + i / 100, -6.89] },
        properties: {
          geocoding: { type: 'poi', name: 'x', label: 'x', accuracy: 20, score },
          inside_city: true,
          ask: null,
        },
      })),
    }),
  )
  const search = new PlaceSearch()
  search.search('zzzzqq')
  await settle()
  expect(candidatesOf(search.results).map(({ number, lon }) => [number, lon])).toEqual([
    [1, 109.66],
    [2, 109.67],
  ])
  expect(isWeak(search.results)).toBe(true)
  // Seven of one name share the certainty: each is unlikely, that it is one of them is not.
  expect(isWeak(Array.from({ length: 7 }, () => search.results[0]))).toBe(false)
  expect(isWeak([])).toBe(false)
  expect(candidatesOf(search.results.slice(0, 1))).toEqual([])
})
