import { findChromium } from '../../helpers/chromium.mjs'
import { seededRandom } from '../../helpers/random.ts'
import { growth, soak, type Held } from '../../helpers/soak.ts'
import type { Figure, SectionResult } from '../figure.ts'
import type { House } from '../house.ts'
import { openIncidents } from '../traffic.ts'

const HOURS = 48
/** A whole day first: until then the browser still compiles what it runs, which looks like growth and ends. */
const WARM_UP = 24
const MOST_GROWTH_PERCENT = 5

/** A day of a busy city, after a day before it, played into a real wall in minutes: what it holds after garbage was collected. */
export async function benchSoak(house: House): Promise<SectionResult> {
  if (!(await findChromium())) return { figures: [], notes: ['not run: no Chromium found (set CHROMIUM)'] }
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  await openIncidents({ url: room.url, operator: room.token('operator') }, 6, seededRandom(98))
  const {
    held,
    messages,
    events,
    scenes,
    faults,
    seconds,
    grown: left,
  } = await soak(room.url, room.token('screen'), {
    hours: HOURS,
    warm_up: WARM_UP,
    looks: 4,
    pace: 4000,
    positions_every: 6,
    incidents_a_day: 200,
  })
  if (faults.length) throw new Error(`the wall had faults: ${faults.join('; ')}`)
  const first = held[0]
  const last = held[held.length - 1]
  const grown = (what: 'heap_mb' | 'nodes' | 'listeners', name: string, unit: string): Figure => ({
    what: `${name}, grown from hour ${WARM_UP} to hour ${HOURS}`,
    measured: growth(held, what) * 100,
    unit: '%',
    baseline: first[what],
    beside: `${unit} at hour ${WARM_UP}; ${last[what].toFixed(1)} at hour ${HOURS}`,
    bound: { most: MOST_GROWTH_PERCENT },
  })
  return {
    figures: [
      grown('heap_mb', 'JavaScript heap', 'MB'),
      grown('nodes', 'DOM nodes', 'nodes'),
      grown('listeners', 'event listeners', 'listeners'),
      {
        what: 'WebGL contexts, base map and live layers',
        measured: Math.max(...held.map(({ contexts }) => contexts)),
        unit: '',
        baseline: first.contexts,
        beside: `at hour ${WARM_UP}`,
        bound: { most: 2 },
      },
    ],
    notes: [
      `${messages} messages, ${events} lines of the log, ${scenes} changes of scene in ${Math.round(seconds)} s`,
      `live allocations since hour ${WARM_UP}: ${left.slice(0, 4).join('; ')}`,
      `heap by hour: ${held.map(({ hours, heap_mb }: Held) => `${Math.round(hours)} h ${heap_mb.toFixed(1)} MB`).join(', ')}`,
    ],
  }
}
