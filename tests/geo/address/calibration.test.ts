import { expect, it } from 'vitest'
import { geocode } from '../../../geo/address/geocode.ts'
import { buildGazetteer } from '../../../geo/address/index.ts'
import { seededRandom } from '../../helpers/random.ts'
import { geodataDir, loadCity } from './helpers/imported.ts'
import { rankOf } from './helpers/score.ts'
import { utterances } from './helpers/utterances.ts'

/** Share of the names that the gazetteer does not know in a round: callers name such things too. */
const UNKNOWN = 0.15
const ROUNDS = 3
/** Scores from .. to, and the share of right answers that the band may have. */
const BANDS = [
  { from: 0, to: 0.3, least: 0, most: 0.3 },
  { from: 0.3, to: 0.5, least: 0.1, most: 0.6 },
  { from: 0.5, to: 0.7, least: 0.4, most: 0.85 },
  { from: 0.7, to: 0.9, least: 0.8, most: 1 },
  { from: 0.9, to: 1.01, least: 0.98, most: 1 },
]

it.skipIf(!geodataDir)('means by its score what share of such answers is right, unknown names among them', () => {
  const city = loadCity(geodataDir as string)
  const answers: { score: number; right: boolean }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const random = seededRandom(900 + round)
    const unknown = new Map<string, boolean>()
    const known = city.entries.filter(({ name }) => {
      const key = name.toLowerCase().replace(/[^a-z0-9]/g, '')
      if (!unknown.has(key)) unknown.set(key, random() < UNKNOWN)
      return !unknown.get(key)
    })
    const index = buildGazetteer(known, city.areas)
    for (const each of utterances(city.entries, city.areas, random, 120)) {
      const { results } = geocode(index, each.q)
      if (results.length > 0) answers.push({ score: results[0].score, right: rankOf(each, results) === 0 })
    }
  }
  for (const { from, to, least, most } of BANDS) {
    const band = answers.filter(({ score }) => score >= from && score < to)
    const right = band.filter((each) => each.right).length / band.length
    console.info(`score ${from}-${Math.min(1, to)}: ${(100 * right).toFixed(1)} % of ${band.length} right`)
    expect(band.length).toBeGreaterThan(25)
    expect(right).toBeGreaterThanOrEqual(least)
    expect(right).toBeLessThanOrEqual(most)
  }
})
