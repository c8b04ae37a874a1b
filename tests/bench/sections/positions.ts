import WebSocket from 'ws'
import { seededRandom } from '../../helpers/random.ts'
import { ask, pause } from '../client.ts'
import { percentile, type SectionResult } from '../figure.ts'
import type { House } from '../house.ts'
import { CALLSIGNS, somewhere } from '../traffic.ts'

const BATCH = 100
const RUN_MS = 15_000
const LANES = 4
const WANTED_PER_SECOND = 3_000

interface Shown {
  at: number
  age_ms: number
}

/** A batch of fixes, 100 over the units in turn, each unit's stamps rising to now. */
function batches(random: () => number): () => object[] {
  const from = CALLSIGNS.map(() => somewhere(random))
  let turn = 0
  return () => {
    const now = Date.now()
    return Array.from({ length: BATCH }, (_, i) => {
      const unit = turn++ % CALLSIGNS.length
      return {
        callsign: CALLSIGNS[unit],
        fix_at: new Date(now - Math.floor((BATCH - 1 - i) / CALLSIGNS.length)).toISOString(),
        speed_kmh: 36,
        heading: (turn * 7) % 360,
        location: {
          type: 'Point',
          coordinates: [from[unit][0] + (random() - 0.5) * 1e-3, from[unit][1] + (random() - 0.5) * 1e-3],
        },
      }
    })
  }
}

/** As fast as answers come, on four connections. Answers positions a second. */
async function flood(url: string, token: string | undefined, next: () => object[]): Promise<number> {
  const started = performance.now()
  let taken = 0
  const lane = async (): Promise<void> => {
    while (performance.now() - started < RUN_MS) {
      const { text } = await ask('POST', url, { token, body: next() })
      // What was refused was not taken in.
      taken += (JSON.parse(text) as { accepted: number }).accepted
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return (taken * 1000) / (performance.now() - started)
}

/** 3,000 a second whatever the server does: a batch each 33 ms. Answers the milliseconds of each, and how many were under way at most. */
async function steady(
  url: string,
  token: string,
  next: () => object[],
): Promise<{ answered: number[]; most_under_way: number; per_second: number }> {
  const answered: number[] = []
  let taken = 0
  const under_way = new Set<Promise<void>>()
  let most_under_way = 0
  let failure: unknown = null
  const started = performance.now()
  const total = (RUN_MS / 1000) * (WANTED_PER_SECOND / BATCH)
  for (let n = 0; n < total && !failure; n++) {
    await pause(Math.max(0, started + (n * 1000 * BATCH) / WANTED_PER_SECOND - performance.now()))
    const asked = performance.now()
    const one = ask('POST', url, { token, body: next() }).then(
      ({ text }) => {
        answered.push(performance.now() - asked)
        taken += (JSON.parse(text) as { accepted: number }).accepted
      },
      (error: unknown) => void (failure = error),
    )
    under_way.add(one)
    void one.then(() => under_way.delete(one))
    most_under_way = Math.max(most_under_way, under_way.size)
  }
  await Promise.all(under_way)
  if (failure) throw failure
  return { answered, most_under_way, per_second: (taken * 1000) / (performance.now() - started) }
}

async function watch(url: string, token: string): Promise<{ shown: Shown[]; close(): void }> {
  const shown: Shown[] = []
  const ws = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } })
  ws.on('message', (data) => {
    const text = String(data)
    if (!text.startsWith('{"type":"positions"')) return
    const { positions } = JSON.parse(text) as { positions: { fix_at: string }[] }
    const at = Date.now()
    for (const { fix_at } of positions) shown.push({ at, age_ms: at - Date.parse(fix_at) })
  })
  await new Promise<void>((done, failed) => ws.once('open', () => done()).once('error', failed))
  return { shown, close: () => ws.terminate() }
}

const quarter = (values: readonly number[], which: number): number[] =>
  values.slice(Math.floor((which * values.length) / 4), Math.floor(((which + 1) * values.length) / 4))

/** Positions by batches of 100: as many as go in, and 3,000 a second with a reader that must not fall behind. */
export async function benchPositions(house: House): Promise<SectionResult> {
  const next = batches(seededRandom(94))
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  const token = room.token('integration')
  const path = `${room.url}/api/positions`
  const bare = await house.bare(room)
  const reader = await watch(room.url, room.token('screen'))
  house.later(() => reader.close())
  for (let n = 0; n < 20; n++) await ask('POST', path, { token, body: next() })

  await pause(1_000)
  reader.shown.length = 0
  const held = await steady(path, token, next)
  const ages = reader.shown.map(({ age_ms }) => age_ms)
  const [first, last] = [percentile(quarter(ages, 0), 0.5), percentile(quarter(ages, 3), 0.5)]
  if (!ages.length) throw new Error('no position reached the reader')
  const most = await flood(path, token, next)
  const plain = await flood(`${bare}/positions`, undefined, next)
  const info = { baseline: null, beside: '', bound: null }
  return {
    figures: [
      {
        what: `positions taken in, as fast as they go, ${room.kind}`,
        measured: most,
        unit: '/s',
        baseline: plain,
        beside: 'bare express + multi-row insert',
        bound: { least: WANTED_PER_SECOND },
      },
      {
        what: `offered ${WANTED_PER_SECOND}/s for 15 s: taken in`,
        measured: held.per_second,
        unit: '/s',
        ...info,
        bound: { least: WANTED_PER_SECOND * 0.98 },
      },
      {
        what: 'age when shown to a reader, last quarter / first',
        measured: last / first,
        unit: 'x',
        ...info,
        bound: { most: 1.5 },
      },
      {
        what: 'age when shown, p50 of the last quarter',
        measured: last,
        unit: 'ms',
        baseline: first,
        beside: 'first quarter',
        bound: null,
      },
      { what: 'age when shown, p95', measured: percentile(ages, 0.95), unit: 'ms', ...info },
      { what: 'batch of 100 answered, p95', measured: percentile(held.answered, 0.95), unit: 'ms', ...info },
      { what: 'batches under way at most', measured: held.most_under_way, unit: '', ...info },
    ],
    notes: [
      `batches of ${BATCH} over ${CALLSIGNS.length} units; the reader gets the latest of each unit four times a second; age is that fix's when it arrives`,
    ],
  }
}
