import { seededRandom } from '../../helpers/random.ts'
import { pause } from '../client.ts'
import { latencies, percentile, type SectionResult } from '../figure.ts'
import { importCity, NO_GEODATA, type House } from '../house.ts'
import { incidentInput, openIncidents, record, type Desk } from '../traffic.ts'

const OPEN = 12
const EVERY_MS = 50
const QUIET_MS = 10_000

/** Records an incident each 50 ms while `going`, one after the other; answers the milliseconds of each. */
async function recording(desk: Desk, random: () => number, name: string, going: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (going()) {
    const started = performance.now()
    const { ms } = await record(desk, incidentInput(random), `${name}-${times.length}`)
    times.push(ms)
    await pause(Math.max(0, EVERY_MS - (performance.now() - started)))
  }
  return times
}

/** Recording an incident on the embedded database while the real city is imported there, beside the same before it. */
export async function benchImport(house: House): Promise<SectionResult> {
  if (!house.geodata) return { figures: [], notes: [NO_GEODATA] }
  const random = seededRandom(95)
  const room = await house.room('embedded')
  const desk = { url: room.url, operator: room.token('operator') }
  await openIncidents(desk, OPEN, random)
  const until = performance.now() + QUIET_MS
  const quiet = await recording(desk, random, 'quiet', () => performance.now() < until)

  const started = performance.now()
  let running = true
  const done = importCity(room, house.geodata).finally(() => (running = false))
  const [busy] = await Promise.all([recording(desk, random, 'busy', () => running), done])
  const seconds = (performance.now() - started) / 1000
  return {
    figures: [
      ...latencies(
        'POST /api/incidents while the city is imported, embedded',
        busy,
        { beside: 'before the import', values: quiet },
        300,
      ),
      {
        what: 'the slowest of them',
        measured: percentile(busy, 1),
        unit: 'ms',
        baseline: percentile(quiet, 1),
        beside: 'before the import',
        bound: null,
      },
      {
        what: 'the import itself, with this traffic',
        measured: seconds,
        unit: 's',
        baseline: null,
        beside: '',
        bound: null,
      },
    ],
    notes: [`one incident each ${EVERY_MS} ms at most, one after the other; the room fills meanwhile`],
  }
}
