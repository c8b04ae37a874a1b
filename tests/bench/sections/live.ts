import { seededRandom } from '../../helpers/random.ts'
import { ask, openReaders, pause, wallMs } from '../client.ts'
import { latencies, type SectionResult } from '../figure.ts'
import type { House } from '../house.ts'
import { incidentInput, openIncidents, startFleet } from '../traffic.ts'

const READERS = 50
const OPEN = 12
const ROUNDS = 150
const WARM_UP = 10
const isEvent = (text: string): boolean => text.startsWith('{"type":"event"')

/**
 * A change is asked for over HTTP and heard by 50 WebSocket readers, while 32 units drive. The commit lies between the two,
 * so what is measured is an upper bound of committed → received. Turn by turn with a bare express that inserts a row and
 * sends it to 50 bare sockets.
 */
export async function benchLive(house: House): Promise<SectionResult> {
  const random = seededRandom(93)
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  const desk = { url: room.url, operator: room.token('operator') }
  const bare = await house.bare(room)
  const ids = await openIncidents(desk, OPEN, random)
  const readers = await openReaders(`${room.url}/live`, READERS, room.token('screen'))
  house.later(() => readers.close())
  const bareReaders = await openReaders(bare, READERS)
  house.later(() => bareReaders.close())
  const fleet = startFleet(room.url, room.token('integration'), random)
  const ours: number[] = []
  const last: number[] = []
  const plain: number[] = []
  const answered: number[] = []
  await pause(1_500)
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const heard = readers.next(isEvent)
    const asked = wallMs()
    const body = { priority: 1 + (round % 4) }
    const [{ at }, answer] = await Promise.all([
      heard,
      ask('PATCH', `${room.url}/api/incidents/${ids[round % OPEN]}`, { token: desk.operator, body }),
    ])
    const bareHeard = bareReaders.next(isEvent)
    const bareAsked = wallMs()
    const [other] = await Promise.all([bareHeard, ask('POST', `${bare}/broadcast`, { body: incidentInput(random) })])
    if (round >= WARM_UP) {
      ours.push(...at.map((ms) => ms - asked))
      last.push(Math.max(...at) - asked)
      plain.push(...other.at.map((ms) => ms - bareAsked))
      answered.push(answer.ms)
    }
    await pause(20 + random() * 60)
  }
  await fleet.stop()
  const beside = { beside: 'bare express + insert + ws', values: plain }
  return {
    figures: [
      ...latencies(`asked → received by each of ${READERS}, ${room.kind}`, ours, beside, 200),
      ...latencies('asked → received by the last of them', last, null),
      ...latencies('asked → answered over HTTP', answered, null),
    ],
    notes: [
      `${OPEN} open incidents, 32 units sending each second; the commit lies after "asked": upper bounds of committed → received`,
    ],
  }
}
