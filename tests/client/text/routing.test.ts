import { expect, it } from 'vitest'
import { routingWords } from '../../../client/text/routing.ts'

const NOW = Date.parse('2026-11-28T11:30:00+07:00')

it.each([
  [{ routing: 'own' }, 'Waktu tempuh: graf jalan sendiri'],
  [{ routing: 'osrm' }, 'Waktu tempuh: OSRM'],
  [{ routing: 'fallback' }, 'Waktu tempuh: graf sendiri; OSRM tidak menjawab'],
  [
    { routing: 'fallback', routing_since: '2026-11-28T03:42:59Z' },
    'Waktu tempuh: graf sendiri; OSRM tidak menjawab sejak 10:42',
  ],
  [
    { routing: 'fallback', routing_since: '2026-11-26T03:42:59Z' },
    'Waktu tempuh: graf sendiri; OSRM 2 hari tidak menjawab',
  ],
] as const)('%o is said as "%s"', (said, words) => {
  expect(routingWords(said, NOW)).toBe(words)
})
