import { seededRandom } from '../../helpers/random.ts'
import { ask } from '../client.ts'
import { latencies, type Figure, type SectionResult } from '../figure.ts'
import type { DatabaseKind, House } from '../house.ts'
import { cancel, incidentInput, openIncidents, record } from '../traffic.ts'

const OPEN = 500
const ROUNDS = 300
const WARM_UP = 30
/** Milliseconds; README ("Measured") bounds only PostgreSQL when no import runs. */
const BOUND: Record<DatabaseKind, number | undefined> = { postgres: 10, embedded: undefined }

/** An incident is recorded while 500 are open; turn by turn with a bare express that inserts one row in the same database. */
async function on(house: House, kind: DatabaseKind): Promise<Figure[]> {
  const random = seededRandom(91)
  const room = await house.room(kind)
  const desk = { url: room.url, operator: room.token('operator') }
  const bare = await house.bare(room)
  await openIncidents(desk, OPEN, random)
  const ours: number[] = []
  const plain: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const input = incidentInput(random)
    const { id, ms } = await record(desk, input, `timed-${round}`)
    await cancel(desk, id)
    const other = await ask('POST', `${bare}/insert`, { body: input })
    if (round < WARM_UP) continue
    ours.push(ms)
    plain.push(other.ms)
  }
  return latencies(
    `POST /api/incidents, ${OPEN} open, ${kind}`,
    ours,
    { beside: 'bare express + 1 insert', values: plain },
    BOUND[kind],
  )
}

export async function benchCreate(house: House): Promise<SectionResult> {
  const figures: Figure[] = []
  const notes = ['TicketsCAD on such a machine: 13.5 ms']
  if (house.postgres_missing) notes.push(`PostgreSQL not run: ${house.postgres_missing}`)
  else figures.push(...(await on(house, 'postgres')))
  await house.clear()
  figures.push(...(await on(house, 'embedded')))
  return { figures, notes }
}
