import { expect, inject, it } from 'vitest'
import { onPostgres } from '../helpers/database.ts'
import { runKills } from '../helpers/kills/run.ts'
import { seededRandom } from '../helpers/random.ts'

/** Most faults, each on one of the two databases; `npm run bench -- kills` lets all happen on both, many times. */
const FAULTS = onPostgres()
  ? [
      'server killed alone',
      'database killed',
      'server stands still',
      'database stands still',
      'a backend killed',
      'database connections cut in a transaction',
      'client connections cut before the answer',
      'disk read-only',
      'clock set ahead and back',
    ]
  : ['server and its children killed', 'disk full', 'database killed', 'server told to end']
const LASTS = [3_000, 3_400] as const

it('loses no acknowledged write, doubles none and goes on by itself, whatever fails while the room works', async () => {
  const { kills, acknowledged, lines, withheld, impossible } = await runKills({
    kind: onPostgres() ? 'postgres' : 'embedded',
    random: seededRandom(onPostgres() ? 801 : 802),
    count: FAULTS.length,
    only: FAULTS,
    lasts: LASTS,
    template: onPostgres() ? null : inject('template'),
    say: (text) => console.info(text),
  })
  expect(kills.flatMap(({ fault, faults }) => faults.map((text) => `${fault}: ${text}`))).toEqual([])
  expect(kills.map(({ lost, doubled }) => lost + doubled)).toEqual(kills.map(() => 0))
  // Root and Debian's faketime show all of them; who has neither sees the others, and is told.
  if (process.env.CI) expect(impossible).toEqual([])
  else if (impossible.length) console.info(`this machine cannot show: ${impossible.join(', ')}`)
  // Else the faults met no write on its way, and nothing was shown.
  expect(kills.reduce((sum, { in_doubt, refusals }) => sum + in_doubt + refusals.length, 0)).toBeGreaterThan(0)
  expect(acknowledged).toBeGreaterThan(30)
  expect(lines).toBeGreaterThan(30)
  expect(withheld).toBeGreaterThan(0)
}, 240_000)
