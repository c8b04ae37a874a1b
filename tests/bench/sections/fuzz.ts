import { ROLES, type Role } from '../../../geo/wire/primitives.ts'
import { fuzz, SLOW_MS } from '../../helpers/fuzz/run.ts'
import { ask } from '../client.ts'
import { percentile, type Figure, type SectionResult } from '../figure.ts'
import type { Repeat } from '../bench.ts'
import type { House } from '../house.ts'

const COUNT = 100_000
const WARM_UP = 2_000
const TELL_EVERY = 5_000

/** What the server itself tells of its memory and of what is open. */
async function held(url: string): Promise<{ heap_mb: number; sockets: number; timers: number; readers: number }> {
  const { text } = await ask('GET', `${url}/metrics`)
  const of = (name: RegExp) => Number(name.exec(text)?.[1] ?? NaN)
  return {
    heap_mb: of(/^nodejs_heap_size_used_bytes ([\d.e+]+)/m) / 1024 / 1024,
    sockets: of(/^nodejs_active_handles\{type="Socket"\} (\d+)/m),
    timers: of(/^nodejs_active_resources\{type="Timeout"\} (\d+)/m),
    readers: of(/^siaga_live_readers (\d+)/m),
  }
}

/** Made-up requests, messages and bytes over every call (tests/helpers/fuzz/), by every role: `--seed` and `--count` choose others. */
export async function benchFuzz(house: House, { seed, count: wished }: Repeat): Promise<SectionResult> {
  const count = wished ?? COUNT
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  const tokens = new Map<Role, string>(ROLES.map((role) => [role, room.token(role)]))
  const target = { url: room.url, secret: 'QwxzRahasia', token: (role: Role) => tokens.get(role) ?? '' }
  await fuzz(target, { seed: seed + 1, count: Math.min(WARM_UP, count) })
  const heaps: number[] = []
  const before = await held(room.url)
  let last = performance.now()
  const { answers, faults, slowest, seconds } = await fuzz(target, {
    seed,
    count,
    told(done, answers) {
      void held(room.url).then(({ heap_mb }) => heaps.push(heap_mb))
      if (done % TELL_EVERY !== 0) return
      const each = Object.entries(answers).map(([status, n]) => `${status}: ${n}`)
      console.info(`  ${done} (${Math.round((TELL_EVERY / (performance.now() - last)) * 1000)}/s) ${each.join(', ')}`)
      last = performance.now()
    },
  })
  // Sockets that were let go are noticed by their next ping at the latest.
  await new Promise((done) => setTimeout(done, 32_000))
  const after = await held(room.url)
  for (const fault of faults) console.error(`  ${fault}`)
  const quarter = Math.max(1, Math.floor(heaps.length / 4))
  const least = (values: readonly number[]) => percentile(values, 0.1)
  const grown = least(heaps.slice(-quarter)) - least(heaps.slice(quarter, 2 * quarter))
  const figure = (what: string, measured: number, unit: string, most: number): Figure => ({
    ...{ what, measured, unit, baseline: null, beside: '' },
    bound: { most },
  })
  return {
    figures: [
      figure(`made-up requests (seed ${seed}): faults`, faults.length, '', 0),
      figure(
        'answers of 500 and more',
        Object.entries(answers).reduce((sum, [status, n]) => sum + (/^5\d\d$/.test(status) ? n : 0), 0),
        '',
        0,
      ),
      figure(`slower than ${SLOW_MS / 1000} s at first`, slowest.length, '', count / 1000),
      figure('heap, last quarter over the second', grown, 'MB', 20),
      figure('sockets left open', after.sockets - before.sockets, '', 4),
      figure('timers left running', after.timers - before.timers, '', 20),
      figure('readers of the live feed left', after.readers, '', 0),
    ],
    notes: [
      `${count} in ${seconds.toFixed(0)} s, ${(count / seconds).toFixed(0)} a second: ${JSON.stringify(answers)}`,
      ...faults.slice(0, 5),
    ],
  }
}
