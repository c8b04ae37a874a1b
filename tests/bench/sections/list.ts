import { seededRandom } from '../../helpers/random.ts'
import { ask } from '../client.ts'
import { latencies, type Figure, type SectionResult } from '../figure.ts'
import type { DatabaseKind, House } from '../house.ts'
import { openIncidents } from '../traffic.ts'

const OPEN = 500
const ROUNDS = 100
const WARM_UP = 10
/** What browsers ask for. */
const BROWSER = { 'accept-encoding': 'gzip, deflate, br' }
const MOST_BYTES = 25_000

/** The list of 500 open incidents, turn by turn with a bare express that answers the same rows from memory. */
async function on(house: House, kind: DatabaseKind): Promise<Figure[]> {
  const room = await house.room(kind)
  const desk = { url: room.url, operator: room.token('operator') }
  const bare = await house.bare(room)
  await openIncidents(desk, OPEN, seededRandom(92))
  const path = `${room.url}/api/incidents?status=open`
  const whole = await ask('GET', path, { token: desk.operator })
  const rows = JSON.parse(whole.text) as unknown[]
  if (rows.length !== OPEN) throw new Error(`${rows.length} open incidents listed, ${OPEN} expected`)
  await ask('PUT', `${bare}/list`, { body: rows })
  const ours: number[] = []
  const plain: number[] = []
  const bytes = { ours: 0, plain: 0, encoding: '' }
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const mine = await ask('GET', path, { token: desk.operator, headers: BROWSER })
    const other = await ask('GET', `${bare}/list`, { headers: BROWSER })
    bytes.ours = mine.bytes
    bytes.plain = other.bytes
    bytes.encoding = mine.encoding
    if (round < WARM_UP) continue
    ours.push(mine.ms)
    plain.push(other.ms)
  }
  const gzip = await ask('GET', path, { token: desk.operator, headers: { 'accept-encoding': 'gzip' } })
  const size = (what: string, measured: number, baseline: number | null): Figure => ({
    what: `${what}, ${kind}`,
    measured: measured / 1000,
    unit: 'kB',
    baseline: baseline === null ? null : baseline / 1000,
    beside: 'the same rows, bare express',
    bound: { most: MOST_BYTES / 1000 },
  })
  return [
    ...latencies(
      `GET /api/incidents?status=open, ${OPEN} rows, ${kind}`,
      ours,
      { beside: 'bare express, static rows', values: plain },
      20,
    ),
    size(`compressed as browsers ask (${bytes.encoding})`, bytes.ours, bytes.plain),
    size('compressed by gzip alone', gzip.bytes, null),
    {
      what: `uncompressed, ${kind}`,
      measured: whole.bytes / 1000,
      unit: 'kB',
      baseline: null,
      beside: '',
      bound: null,
    },
  ]
}

export async function benchList(house: House): Promise<SectionResult> {
  const notes = ['TicketsCAD on such a machine: 805 ms median']
  if (!house.postgres_missing) return { figures: await on(house, 'postgres'), notes }
  notes.push(`PostgreSQL not run: ${house.postgres_missing}`)
  return { figures: await on(house, 'embedded'), notes }
}
