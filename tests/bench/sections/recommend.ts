import { fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { seededRandom } from '../../helpers/random.ts'
import { ask, openReaders, pause, wallMs, type Readers } from '../client.ts'
import { latencies, percentile, type Figure, type SectionResult } from '../figure.ts'
import { importCity, type House, type Room } from '../house.ts'
import { townFolder, type TownFolder } from '../town_folder.ts'
import { incidentInput, record } from '../traffic.ts'

const UNITS = 1_000
const INCIDENTS = 40
const ROUNDS = 200
const WARM_UP = 20
const AT_ONCE = 50
const BURSTS = 12
const QUIET = 60
/** Commits while a burst is being answered. */
const COMMITS = 8
const READERS = 5

interface Units {
  units: unknown[]
}

/** A fire in the town, and another, at places of its own. */
async function fires(room: Room, operator: string, { anywhere }: TownFolder, random: () => number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < INCIDENTS; i++) {
    const location = { type: 'Point', coordinates: anywhere() }
    const input = { ...incidentInput(random), incident_type: 'kebakaran', location }
    ids.push((await record({ url: room.url, operator }, input, `fire-${i}`)).id)
  }
  return ids
}

const recommendationsOf = (room: Room, id: string): string => `${room.url}/api/incidents/${id}/recommendations`

/** Milliseconds of processor time the server has used. */
async function serverCpu(room: Room): Promise<number> {
  const { text } = await ask('GET', `${room.url}/metrics`)
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]) * 1000
}

/** Three in four units tell where they are. */
async function positions(room: Room, { callsigns, anywhere }: TownFolder): Promise<void> {
  const token = room.token('integration')
  const fix_at = new Date().toISOString()
  const fixes = callsigns
    .filter((_, i) => i % 4 !== 1)
    .map((callsign) => ({
      callsign,
      fix_at,
      speed_kmh: 0,
      heading: 0,
      location: { type: 'Point', coordinates: anywhere() },
    }))
  for (let i = 0; i < fixes.length; i += 250)
    await ask('POST', `${room.url}/api/positions`, { token, body: fixes.slice(i, i + 250) })
}

const isEvent = (text: string): boolean => text.startsWith('{"type":"event"')

/** Milliseconds from a commit (in a client of the bench's own) to each reader that hears its line. */
async function committed(client: pg.Client, id: string, priority: number, readers: Readers): Promise<number[]> {
  const heard = readers.next(isEvent)
  await client.query('select incident_patch($1, $2, $3, $4, false)', [id, { priority }, 'bench', new Date()])
  const done = wallMs()
  const { at } = await heard
  return at.map((ms) => Math.max(0, ms - done))
}

/** The feed while nothing else happens, and while 50 recommendations are asked for at once. */
async function feed(room: Room, operator: string, ids: string[], house: House): Promise<Figure[]> {
  const client = await room.sql()
  const readers = await openReaders(`${room.url}/live`, READERS, room.token('screen'))
  house.later(() => readers.close())
  const quiet: number[] = []
  const busy: number[] = []
  const burst: number[] = []
  const urls = Array.from({ length: AT_ONCE }, (_, i) => recommendationsOf(room, ids[i % ids.length]))
  const child = fork(join(import.meta.dirname, '../burst.mjs'), [], { execArgv: [] })
  house.later(() => child.disconnect())
  const ask50 = () =>
    new Promise<number>((done, failed) => {
      child.once('exit', (code) => failed(new Error(`the burst ended with ${code}`)))
      child.once('message', (ms) => (child.removeAllListeners('exit'), done(Number(ms))))
      child.send({ urls, token: operator })
    })
  let turn = 0
  const commit = () => committed(client, ids[turn++ % ids.length], 1 + (turn % 4), readers)
  await pause(1_500)
  for (let round = 0; round < QUIET; round++) {
    quiet.push(...(await commit()))
    await pause(20)
  }
  for (let round = 0; round < BURSTS; round++) {
    let over = false
    const answers = ask50().then((ms) => {
      over = true
      burst.push(ms)
    })
    // Only what was committed while the burst was being answered counts.
    for (let i = 0; i < COMMITS && !over; i++) busy.push(...(await commit()))
    await answers
    await pause(200)
  }
  const delay = percentile(busy, 0.95) - percentile(quiet, 0.95)
  const beside = { beside: 'quiet', values: quiet }
  return [
    ...latencies(`committed → received while ${AT_ONCE} recommendations are asked for at once`, busy, beside),
    { what: 'later than quiet by, p95', measured: delay, unit: 'ms', baseline: null, beside: '', bound: { most: 50 } },
    ...latencies(`${AT_ONCE} recommendations at once, all answered`, burst, null),
  ]
}

/**
 * Recommendations over HTTP, everything included, in a generated town of 20,000 nodes with 1,000 units; turn by turn with a
 * bare express that answers the same bytes from memory.
 */
export async function benchRecommend(house: House): Promise<SectionResult> {
  const random = seededRandom(96)
  const kind = house.postgres_missing ? 'embedded' : 'postgres'
  const room = await house.room(kind)
  const town = townFolder(random, UNITS)
  house.later(() => rmSync(town.dir, { recursive: true, force: true }))
  await importCity(room, town.dir)
  const operator = room.token('operator')
  const bare = await house.bare(room)
  await pause(3_000)
  const ids = await fires(room, operator, town, random)
  await positions(room, town)
  const path = (i: number): string => recommendationsOf(room, ids[i % ids.length])
  const whole = await ask('GET', path(0), { token: operator })
  const listed = (JSON.parse(whole.text) as Units[]).reduce((sum, group) => sum + group.units.length, 0)
  await ask('PUT', `${bare}/list`, { body: JSON.parse(whole.text) })
  const ours: number[] = []
  const plain: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const mine = await ask('GET', path(round), { token: operator })
    const other = await ask('GET', `${bare}/list`)
    if (round < WARM_UP) continue
    ours.push(mine.ms)
    plain.push(other.ms)
  }
  const beside = { beside: 'bare express, the same bytes', values: plain }
  const used = await serverCpu(room)
  for (let round = 0; round < ROUNDS; round++) await ask('GET', path(round), { token: operator })
  const cpu = ((await serverCpu(room)) - used) / ROUNDS
  return {
    figures: [
      ...latencies(`GET recommendations, ${UNITS} units, 20,164 nodes, ${kind}`, ours, beside, 30),
      {
        what: 'the same in processor time of the server, mean',
        measured: cpu,
        unit: 'ms',
        baseline: null,
        beside: '',
        bound: null,
      },
      ...(await feed(room, operator, ids, house)),
    ],
    notes: [`${listed} units ranked in each answer, ${(whole.bytes / 1000).toFixed(0)} kB`],
  }
}
