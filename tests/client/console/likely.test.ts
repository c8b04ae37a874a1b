import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Likely } from '../../../client/console/state/likely.svelte.ts'
import { likelyWord } from '../../../client/console/ui/likely_word.ts'
import { at } from '../fixtures.ts'
import { ok, standIn } from './server.ts'

const row = (number: string) => ({
  ...{ incident_id: '22222222-2222-4222-8222-222222222222', number, incident_type: 'kebakaran', status: 'received' },
  ...{ place_label: 'Pasar', received_at: at(0), call_count: 1, distance_m: 120, age_seconds: 60, probability: 0.86 },
})
const pin = (lon: number) => ({ lon, lat: -6.89, accuracy_m: 50, incident_type: '' })
const settle = () => vi.advanceTimersByTimeAsync(500)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('asks once for what was typed in one go, with the type as soon as there is one', async () => {
  const server = standIn(() => ok([row('A')]))
  const likely = new Likely()
  likely.about(pin(1))
  likely.about(pin(2))
  likely.about({ ...pin(3), incident_type: 'kebakaran' })
  await settle()
  expect(server.asked.map(({ path }) => path)).toEqual([
    '/api/duplicates?lon=3&lat=-6.89&accuracy_m=50&incident_type=kebakaran',
  ])
  expect(likely.all.map(({ number }) => number)).toEqual(['A'])
})

it('drops an answer that a newer pin overtook', async () => {
  let late: () => void = () => undefined
  standIn(({ path }) =>
    path.includes('lon=1&') ? new Promise((done) => (late = () => done(ok([row('lama')])))) : ok([row('baru')]),
  )
  const likely = new Likely()
  likely.about(pin(1))
  await settle()
  likely.about(pin(2))
  await settle()
  late()
  await settle()
  expect(likely.all.map(({ number }) => number)).toEqual(['baru'])
})

it('shows nothing of another pin: none is set, or nobody answers', async () => {
  const server = standIn(() => ok([row('A')]))
  const likely = new Likely()
  likely.about(pin(1))
  await settle()
  likely.about(null)
  expect(likely.all).toEqual([])
  likely.about(pin(1))
  await settle()
  server.answer = () => 'away'
  likely.about(pin(2))
  await settle()
  expect(likely.all).toEqual([])
})

it.each([
  [0.99, 'likely_surely'],
  [0.5, 'likely_rather'],
  [0.49, 'likely_maybe'],
  [0.1, 'likely_hardly'],
] as const)('puts %d in words', (probability, word) => {
  expect(likelyWord(probability)).toBe(word)
})
