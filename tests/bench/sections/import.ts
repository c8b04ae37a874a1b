import { seededRandom } from '../../helpers/random.ts'
import { pause } from '../client.ts'
import { latencies, percentile, type SectionResult } from '../figure.ts'
import { importCity, NO_GEODATA, type House } from '../house.ts'
import { cancel, incidentInput, openIncidents, record, type Desk } from '../traffic.ts'

const OPEN = 12
const EVERY_MS = 100
const QUIET_MS = 20_000

/** Records an incident each 100 ms (cancelling each again) while `going`; answers the milliseconds of each. */
async function recording(desk: Desk, random: () => number, name: string, going: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (going()) {
    const started = performance.now()
    const { id, ms } = await record(desk, incidentInput(random), `${name}-${times.length}`)
    times.push(ms)
    await cancel(desk, id)
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
      ...latencies('POST /api/incidents while the city is imported, embedded', busy, { beside: 'before the import', values: quiet }, 300),
      { what: 'the slowest of them', measured: percentile(busy, 1), unit: 'ms', baseline: percentile(quiet, 1), beside: 'before the import', bound: null },
      { what: 'the import itself, with this traffic', measured: seconds, unit: 's', baseline: null, beside: '', bound: null },
    ],
    notes: [`one incident each ${EVERY_MS} ms, each cancelled again`],
  }
}
