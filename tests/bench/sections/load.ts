import WebSocket from 'ws'
import { seededRandom } from '../../helpers/random.ts'
import { ask, openReaders, pause, wallMs } from '../client.ts'
import { latencies, percentile, type Figure, type SectionResult } from '../figure.ts'
import type { House, Room } from '../house.ts'
import { cancel, driving, incidentInput, openIncidents, record, type Desk } from '../traffic.ts'

const SCREENS = 200
const CONSOLES = 50
const ROUNDS = 100
const WARM_UP = 10
const OPEN = 12
const MANY_OPEN = 5_000
const JOINS = 100
const COLD_JOINS = 20
const STEPS = ['acknowledged', 'en_route', 'on_scene', 'done']
/** An hour at ten cases a minute (the city's worst are about one) in five minutes. */
const HOUR_MS = 300_000
const CASES = 600
const FIXES_EVERY_MS = 1_000 / 12
const JOIN_EVERY_MS = 1_000
const isEvent = (text: string): boolean => text.startsWith('{"type":"event"')

/** A change asked for over HTTP and heard by 250 at once, turn by turn with bare sockets of the same number. */
async function crowd(house: House, room: Room, desk: Desk): Promise<Figure[]> {
  const random = seededRandom(95)
  const bare = await house.bare(room)
  const ids = await openIncidents(desk, OPEN, random)
  const screens = await openReaders(`${room.url}/live`, SCREENS, room.token('screen'))
  const consoles = await openReaders(`${room.url}/live`, CONSOLES, desk.operator)
  const plain = await openReaders(bare, SCREENS + CONSOLES)
  const ours: number[] = []
  const floor: number[] = []
  await pause(1_500)
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const heard = Promise.all([screens.next(isEvent), consoles.next(isEvent)])
    const asked = wallMs()
    const body = { priority: 1 + (round % 4) }
    await ask('PATCH', `${room.url}/api/incidents/${ids[round % OPEN]}`, { token: desk.operator, body })
    const at = (await heard).flatMap((readers) => readers.at)
    const bareHeard = plain.next(isEvent)
    const bareAsked = wallMs()
    await ask('POST', `${bare}/broadcast`, { body: incidentInput(random) })
    const other = await bareHeard
    if (round >= WARM_UP) {
      ours.push(...at.map((ms) => ms - asked))
      floor.push(...other.at.map((ms) => ms - bareAsked))
    }
    await pause(20 + random() * 60)
  }
  for (const readers of [screens, consoles, plain]) readers.close()
  for (const id of ids) await cancel(desk, id)
  const beside = { beside: 'bare express + insert + ws', values: floor }
  return latencies(`event → ${SCREENS} screens and ${CONSOLES} consoles, ${room.kind}`, ours, beside, 250)
}

/** Milliseconds from asking for a socket to having all of the first message for which `wanted` holds. */
function join(url: string, wanted: (text: string) => boolean, token?: string): Promise<{ ms: number; text: string }> {
  return new Promise((done, failed) => {
    const started = performance.now()
    const ws = new WebSocket(url.replace('http', 'ws'), {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      perMessageDeflate: false,
      maxPayload: 0,
    })
    ws.once('error', failed)
    ws.on('message', (data: Buffer) => {
      if (!wanted(data.subarray(0, 32).toString())) return
      const ms = performance.now() - started
      ws.terminate()
      done({ ms, text: data.toString() })
    })
  })
}

/** A page opens while 5,000 cases are open and change, turn by turn with a bare socket that sends the same bytes from memory. */
async function bigPicture(house: House, room: Room, desk: Desk): Promise<Figure[]> {
  const random = seededRandom(96)
  const ids = await openIncidents(desk, MANY_OPEN, random, 'many')
  const [bare, admin] = [await house.bare(room), room.token('admin')]
  const isSnapshot = (text: string) => text.startsWith('{"type":"snapshot"')
  const open = () => join(`${room.url}/live`, isSnapshot, desk.operator)
  const { text } = await open()
  const { incidents } = JSON.parse(text) as { incidents: unknown[] }
  if (incidents.length !== MANY_OPEN) throw new Error(`${incidents.length} open in the picture, ${MANY_OPEN} expected`)
  await ask('PUT', `${bare}/greeting`, { body: { text } })
  const ours: number[] = []
  const floor: number[] = []
  const cold: number[] = []
  const change = (n: number) =>
    ask('PATCH', `${room.url}/api/incidents/${ids[(n * 37) % MANY_OPEN]}`, {
      token: desk.operator,
      body: { priority: 1 + (n % 4) },
    })
  for (let round = 0; round < JOINS + WARM_UP; round++) {
    await change(round)
    const mine = await open()
    const other = await join(bare, isSnapshot)
    if (round >= WARM_UP) {
      ours.push(mine.ms)
      floor.push(other.ms)
    }
    await pause(50)
  }
  for (let round = 0; round < COLD_JOINS; round++) {
    // Master data changed: whatever was kept is read anew.
    const body = { position_age_limit_seconds: 60 + round }
    await ask('PUT', `${room.url}/api/agency-kinds/pmi`, { token: admin, body })
    cold.push((await open()).ms)
  }
  const beside = { beside: 'bare ws, the same bytes from memory', values: floor }
  return [
    ...latencies(`page opened → whole picture, ${MANY_OPEN} open and changing, ${room.kind}`, ours, beside, 50),
    ...latencies('the same, read anew from the database each time', cold, null),
    {
      ...{ what: 'size of that picture', measured: Buffer.byteLength(text) / 1e6, unit: 'MB' },
      ...{ baseline: null, beside: '', bound: null },
    },
  ]
}

/** A case from its call to its end, as desk, OPD and crew tell of it. */
async function wholeCase(desk: Desk, admin: string, random: () => number, n: number): Promise<void> {
  const { id } = await record(desk, incidentInput(random), `hour-${n}`)
  const path = `${desk.url}/api/incidents/${id}`
  const told = await ask('GET', `${path}/recommendations`, { token: desk.operator })
  const groups = JSON.parse(told.text) as { units: { unit_id: string }[] }[]
  const unit = groups.flatMap(({ units }) => units)[0]
  if (!unit) return void (await cancel(desk, id))
  const body = { unit_ids: [unit.unit_id], override_words: 'beban uji' }
  // Another case took the unit meanwhile, as happens in a room.
  const sent = await ask('POST', `${path}/assignments`, { token: admin, body }).catch(() => null)
  if (sent === null) return void (await cancel(desk, id).catch(() => undefined))
  const [assignment] = JSON.parse(sent.text) as { id: string }[]
  for (const status of STEPS)
    await ask('POST', `${desk.url}/api/assignments/${assignment.id}/status`, { token: admin, body: { status } })
  await ask('PATCH', path, { token: desk.operator, body: { status: 'closed' } })
}

async function memory(url: string): Promise<{ heap: number; rss: number }> {
  const { text } = await ask('GET', `${url}/metrics`)
  const of = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]) / 1e6
  return { heap: of('nodejs_heap_size_used_bytes'), rss: of('process_resident_memory_bytes') }
}

/** An hour's cases, fixes and readers that come and go, in five minutes: what the server holds after collecting must not grow. */
async function hour(room: Room, desk: Desk): Promise<Figure[]> {
  const random = seededRandom(97)
  const [admin, integration, screen] = [room.token('admin'), room.token('integration'), room.token('screen')]
  const fixes = driving(random)
  const readers = await openReaders(`${room.url}/live`, OPEN, screen)
  const looks: { at: number; heap: number; rss: number }[] = []
  const started = performance.now()
  const passed = () => performance.now() - started
  const every = async (ms: number, work: (n: number) => Promise<unknown>) => {
    for (let n = 0; passed() < HOUR_MS; n++) {
      await work(n)
      await pause(Math.max(0, (n + 1) * ms - passed()))
    }
  }
  await Promise.all([
    every(HOUR_MS / CASES, (n) => wholeCase(desk, admin, random, n)),
    every(FIXES_EVERY_MS, () => ask('POST', `${room.url}/api/positions`, { token: integration, body: fixes() })),
    every(JOIN_EVERY_MS, () => join(`${room.url}/live`, (text) => text.startsWith('{"type":"snapshot"'), screen)),
    every(500, async () => void looks.push({ at: passed(), ...(await memory(room.url)) })),
  ])
  readers.close()
  // The lowest between two collections is what is really held.
  const least = (from: number, to: number, of: 'heap' | 'rss') =>
    Math.min(...looks.filter(({ at }) => at >= from * HOUR_MS && at < to * HOUR_MS).map((look) => look[of]))
  const early = { heap: least(0.25, 0.5, 'heap'), rss: least(0.25, 0.5, 'rss') }
  const late = { heap: least(0.75, 1, 'heap'), rss: least(0.75, 1, 'rss') }
  const answered = percentile(
    looks.map(({ heap }) => heap),
    0.95,
  )
  const mb = { unit: 'MB', beside: 'a quarter of an hour in', bound: null }
  return [
    {
      ...{
        what: `heap held after an hour's load of ${CASES} cases / after a quarter`,
        measured: late.heap / early.heap,
      },
      ...{ unit: 'x', baseline: null, beside: '', bound: { most: 1.05 } },
    },
    { what: 'heap held at the end', measured: late.heap, baseline: early.heap, ...mb },
    { what: 'resident memory at the end', measured: late.rss, baseline: early.rss, ...mb },
    { ...{ what: 'heap before collecting, p95', measured: answered }, ...mb, baseline: null, beside: '' },
  ]
}

/** As many people as a city ten times this one has, more open cases than it ever will, and an hour of work in five minutes. */
export async function benchLoad(house: House): Promise<SectionResult> {
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  const desk = { url: room.url, operator: room.token('operator') }
  const figures = [
    ...(await crowd(house, room, desk)),
    ...(await hour(room, desk)),
    ...(await bigPicture(house, room, desk)),
  ]
  return {
    figures,
    notes: [
      'the commit lies after "asked": upper bounds of committed → received; readers, server and database share the cores',
      'a page that opens is given the picture read within 30 s, carried on to the last line',
    ],
  }
}
