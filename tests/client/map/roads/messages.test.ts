import { expect, it } from 'vitest'
import { packQuestions, packWays, questionsIn, waysIn } from '../../../../client/map/roads/messages.ts'

it('questions and ways of the road worker come out as they went in, what is null included', () => {
  const questions = [
    { fix: [109.6, -6.9] as [number, number], heading: null, speed_mps: 0, accuracy_m: null, destination: null },
    {
      fix: [109.7, -6.8] as [number, number],
      heading: 359,
      speed_mps: 12.5,
      accuracy_m: 8,
      destination: [109.71, -6.81] as [number, number],
    },
  ]
  expect(questionsIn(packQuestions(questions))).toEqual(questions)
  const ways = [
    null,
    { coordinates: [[109.6, -6.9] as [number, number]], metres: [0], ahead_m: 0, seconds: null },
    null,
    {
      coordinates: [
        [109.6, -6.9],
        [109.61, -6.9],
      ] as [number, number][],
      metres: [0, 1104],
      ahead_m: 100,
      seconds: 90,
    },
  ]
  expect(waysIn(packWays(ways))).toEqual(ways)
  expect(waysIn(packWays([]))).toEqual([])
})
