import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Picture } from '../../client/state/picture.ts'
import { fileTape } from '../../client/wall/replay/file_tape.ts'
import { screensAt } from '../../client/wall/replay/screens.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { passage, recording, replay, replayMarks, type Passage, type Replay } from '../../geo/wire/replay.ts'
import { startServer } from '../../server/main.ts'
import { seededRandom } from '../helpers/random.ts'
import { readLive, startTestServer, type TestReader, type TestServer } from '../helpers/server.ts'

const random = seededRandom(6)
const POINT = { type: 'Point' as const, coordinates: [109.662, -6.89154] }
const somewhere = () => ({
  type: 'Point' as const,
  coordinates: [109.655 + random() * 0.03, -6.9 + random() * 0.03].map((n) => Math.round(n * 1e5) / 1e5),
})
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]

let server: TestServer
let url: string
let admin: string
let screen: string
let operator: string
let wall: Wall

/** What a screen holds, as plain values: lists are in no order, and closures that are over by then are shown by nobody. */
function holding(picture: Picture, at: number) {
  const rows = (map: ReadonlyMap<string, unknown>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  return structuredClone({
    seq: picture.seq,
    map_hash: picture.map_hash,
    incidents: rows(picture.incidents),
    units: rows(picture.units),
    agencies: rows(picture.agencies),
    // Medians stand as of now in a replay, and it says so.
    types: rows(
      new Map(
        [...picture.types].map(([code, type]) => [
          code,
          { ...type, median_on_scene_n: 0, median_on_scene_seconds: null },
        ]),
      ),
    ),
    closures: [...picture.closures]
      .filter(({ ends_at }) => Date.parse(ends_at) > at)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    calls: rows(picture.calls),
  })
}
type Holding = ReturnType<typeof holding>

/** A screen before the live feed that keeps the very picture the wall keeps, and what it held at each moment. */
class Wall {
  readonly picture = new Picture()
  readonly moments: { at: number; held: Holding; after: string }[] = []
  private reader!: TestReader
  private taken = 0

  async open(): Promise<void> {
    this.reader?.close()
    this.taken = 0
    this.reader = await readLive(url, { token: screen, ...(this.picture.seq >= 0 ? { since: this.picture.seq } : {}) })
    await this.reader.until((m) => m.type === 'snapshot' || m.type === 'positions')
  }

  close(): void {
    this.reader.close()
  }

  /** Takes what came until `done` holds, then notes what it shows. */
  async note(after: string, done: () => boolean): Promise<void> {
    for (let tries = 0; ; tries++) {
      for (; this.taken < this.reader.messages.length; this.taken++) {
        const { restart } = this.picture.apply(this.reader.messages[this.taken])
        if (restart) {
          this.picture.seq = -1
          await this.open()
          break
        }
      }
      if (done()) break
      if (tries > 400) throw new Error(`the wall never heard of: ${after}`)
      await sleep(10)
    }
    await sleep(2)
    const at = Date.now()
    this.moments.push({ at, held: holding(this.picture, at), after })
    await sleep(2)
  }
}

async function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  allowed: readonly number[] = [],
): Promise<T | null> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${admin}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  if (allowed.includes(answer.status)) return null
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}
const get = async <T>(path: string, schema: { parse(value: unknown): T }): Promise<T> =>
  schema.parse(await ask('GET', path))
const time = (at: number) => encodeURIComponent(new Date(at).toISOString())
const replayAt = (at: number) => get<Replay>(`/api/replay?at=${time(at)}`, replay)

const headOf = async () => (await server.running.services.db.one<{ seq: number }>('live_head')).seq

/** Does something and notes what the wall shows once it heard of it. */
async function then(what: string, act: () => Promise<unknown>): Promise<void> {
  await act()
  const head = await headOf()
  await wall.note(what, () => wall.picture.seq >= head)
}

const open = (): Incident[] => [...wall.picture.incidents.values()]
const units = (): Unit[] => [...wall.picture.units.values()]

const create = (body: object = {}) =>
  ask<{ incident: Incident }>('POST', '/api/incidents', {
    incident_type: pick([...wall.picture.types.keys()]),
    location: somewhere(),
    ...body,
  })
const assignTo = (incident: Incident, unit_ids: string[], more: object = {}) =>
  ask(
    'POST',
    `/api/incidents/${incident.id}/assignments`,
    { unit_ids, override_reason: 'uji', verified: true, ...more },
    [409, 422],
  )
const patch = (incident: Incident, body: object) => ask('PATCH', `/api/incidents/${incident.id}`, body, [409, 422])

const NEXT: Record<string, string> = {
  notified: 'acknowledged',
  acknowledged: 'en_route',
  en_route: 'on_scene',
  on_scene: 'done',
}
async function progress(): Promise<void> {
  const job = pick(open().flatMap(({ assignments }) => assignments.filter(({ status }) => NEXT[status])))
  if (job)
    await ask(
      'POST',
      `/api/assignments/${job.id}/status`,
      { status: random() < 0.1 ? 'declined' : NEXT[job.status], note: 'uji' },
      [409, 422],
    )
}
async function positions(): Promise<void> {
  const moving = [pick(units()), pick(units())]
  const fixes = moving.map(({ id }) => ({
    unit_id: id,
    location: somewhere(),
    speed_kmh: 30,
    heading: 90,
    fix_at: new Date().toISOString(),
  }))
  // One that was kept without signal comes late: it is no later than what is known.
  const late = { ...fixes[0], location: somewhere(), fix_at: new Date(Date.now() - 20_000).toISOString() }
  await ask('POST', '/api/positions', fixes)
  await ask('POST', '/api/positions', [late])
  await wall.note('positions', () =>
    fixes.every(({ unit_id, fix_at }) => {
      const shown = wall.picture.units.get(unit_id)?.position?.fix_at
      return shown !== undefined && Date.parse(shown) >= Date.parse(fix_at)
    }),
  )
}
const closureBody = () => ({
  kind: 'road',
  reason: 'uji',
  geometry: { type: 'LineString', coordinates: [POINT.coordinates, [109.664, -6.89154]] },
  starts_at: new Date().toISOString(),
  ends_at: new Date(Date.now() + 3_600_000).toISOString(),
})

/** One of what the room does in a day. */
async function something(): Promise<void> {
  const one = pick(open())
  const free = units().filter(({ incident_id }) => incident_id === null)
  const busy = units().filter(
    ({ incident_id, queued_incident_id }) => incident_id !== null && queued_incident_id === null,
  )
  const acts: [string, () => Promise<unknown>][] = [
    ['create', () => create()],
    ['progress', progress],
    ['progress', progress],
    [
      'duty',
      () =>
        ask('PATCH', `/api/units/${pick(units()).id}`, {
          duty: pick(['on', 'off']),
          crew: 1 + Math.floor(random() * 6),
        }),
    ],
    ['call', () => ask('POST', '/api/calls', {})],
    ...(one
      ? ([
          ['assign', () => assignTo(one, [pick(free).id, pick(free).id])],
          ['assign', () => assignTo(one, [pick(free).id])],
          ['correct', () => patch(one, { location: somewhere(), priority: pick([1, 2, 3]) })],
          ['close', () => patch(one, { status: 'closed' })],
          ['cancel', () => patch(one, { status: 'cancelled' })],
          ['hand over', () => patch(one, { status: 'handed_over', handed_over_to: 'Kab. Batang' })],
        ] as [string, () => Promise<unknown>][])
      : []),
    ...(one && busy.length > 0
      ? ([
          [
            'queue',
            () => {
              const { id, incident_id } = pick(busy)
              return assignTo(one, [id], { busy: [{ unit_id: id, incident_id, first_job: pick(['keep', 'free']) }] })
            },
          ],
        ] as [string, () => Promise<unknown>][])
      : []),
  ]
  const [what, act] = pick(acts)
  await then(what, act)
}

async function merge(): Promise<void> {
  let made: Incident[] = []
  await then('two of one', async () => {
    made = [(await create())?.incident, (await create())?.incident].filter((one) => one !== undefined)
  })
  await then('merged', () => patch(made[1], { status: 'duplicate', duplicate_of: made[0].id }))
  await then('unmerged', () => patch(made[1], { duplicate_of: null }))
}

async function restart(): Promise<void> {
  wall.close()
  await server.running.stop()
  server.running = await startServer(server.installation.config, {
    progress: () => undefined,
    clientDir: join(resolve(import.meta.dirname, '../..'), 'dist/client'),
    version: 'test',
  })
  url = server.running.url
  await wall.open()
  await wall.note('restart', () => true)
}

beforeAll(async () => {
  server = await startTestServer()
  url = server.url
  admin = await server.token('admin')
  screen = await server.token('screen')
  operator = await server.token('operator')
  wall = new Wall()
  await wall.open()
  await wall.note('opened', () => wall.picture.seq >= 0)
  for (let i = 0; i < 3; i++) await then('create', () => create())
  for (const one of open()) await then('assign', () => assignTo(one, [pick(units()).id]))
  for (let i = 0; i < 12; i++) await something()
  await positions()
  let closure: { id: string; revision: number } | null = null
  await then('closure', async () => void (closure = await ask('POST', '/api/closures', closureBody())))
  await then('late entry', () =>
    create({
      received_at: new Date(Date.now() - 20 * 3_600_000).toISOString(),
      dispatched_at: new Date(Date.now() - 19.9 * 3_600_000).toISOString(),
    }),
  )
  await then('needs', () =>
    ask('PUT', '/api/incident-types/kebakaran/needs', { needs: [{ agency_kind: 'damkar', quantity: 3 }] }),
  )
  await merge()
  await restart()
  for (let i = 0; i < 14; i++) await something()
  await positions()
  await then('closure ended', () => ask('PATCH', `/api/closures/${closure?.id}`, { ended: true }))
  await then('needs back', () => ask('DELETE', '/api/incident-types/kebakaran/needs'))
  // What an import does to open cases: every screen reads them anew, with the names of now.
  await then('city', async () => {
    const { db } = server.running.services
    await db.execute(`update layer_kelurahan set name = name || ' Baru'`)
    await db.value('import_event_placed', { actor: 'import', now: new Date(), moved: 1 })
  })
  for (let i = 0; i < 4; i++) await something()
  await positions()
})
afterAll(async () => {
  wall?.close()
  await server?.stop()
})

describe('a replay', () => {
  it('of every moment is what a screen held then', async () => {
    expect(wall.moments.length).toBeGreaterThan(40)
    for (const { at, held, after } of wall.moments) {
      const picture = new Picture()
      picture.apply(await replayAt(at))
      expect(holding(picture, at), `after ${after}`).toEqual(held)
    }
  })

  it('played from any moment ends with what asking at the end answers', async () => {
    const { moments } = wall
    for (let i = 0; i < 6; i++) {
      const first = Math.floor(random() * (moments.length - 1))
      const last = first + 1 + Math.floor(random() * (moments.length - 1 - first))
      const picture = new Picture()
      picture.apply(await replayAt(moments[first].at))
      const told = await wholePassage(moments[first].at, moments[last].at)
      await play(picture, told)
      picture.seq = moments[last].held.seq
      expect(holding(picture, moments[last].at), `${first} to ${last}`).toEqual(moments[last].held)
    }
  })

  it('knows nothing before the log, and no positions before the first', async () => {
    const [first] = wall.moments
    const before = await replayAt(Date.parse((await replayAt(first.at)).log_since ?? '') - 1000)
    expect(before).toMatchObject({ seq: 0, hash: '0'.repeat(64), incidents: [], positions_kept: false })
    const after = await replayAt(wall.moments.at(-1)?.at ?? 0)
    expect(after.positions_kept).toBe(true)
    expect(after.positions_kept_since).not.toBeNull()
    expect(
      (await replayAt(Date.parse(after.positions_kept_since ?? '') - 1)).units.every(
        ({ position }) => position === null,
      ),
    ).toBe(true)
  })

  it('names what is wrong with what was asked for', async () => {
    const refused = async (path: string, token = admin) => {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
      const { errors } = (await answer.json()) as { errors?: { field: string }[] }
      return [answer.status, errors?.[0]?.field]
    }
    expect(await refused('/api/replay?at=2999-01-01T00:00:00%2B07:00')).toEqual([422, 'at'])
    expect(await refused('/api/replay?at=kemarin')).toEqual([422, 'at'])
    expect(await refused('/api/replay')).toEqual([422, 'at'])
    expect(await refused('/api/replay/passage?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z')).toEqual([
      422,
      'from',
    ])
    expect(await refused('/api/replay/export?from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z')).toEqual([422, 'to'])
    expect(await refused(`/api/replay/passage?from=${time(Date.now() - 5000)}&to=${time(Date.now())}&next=x`)).toEqual([
      422,
      'next',
    ])
    expect(await refused('/api/replay?at=2026-01-01T00:00:00Z', screen)).toEqual([403, undefined])
    expect(await refused('/api/replay?at=2026-01-01T00:00:00Z', operator)).toEqual([403, undefined])
    // As an address has it: the + of the offset is a space there.
    expect((await ask<Replay>('GET', '/api/replay?at=2026-01-01T07:00:00+07:00'))?.at).toBe('2026-01-01T00:00:00.000Z')
  })

  it('goes into one file, which the log vouches for, and marks stand along its time', async () => {
    const [from, to] = [wall.moments[2].at, wall.moments.at(-1)?.at ?? 0]
    const answer = await fetch(`${url}/api/replay/export?from=${time(from)}&to=${time(to)}`, {
      headers: { authorization: `Bearer ${admin}` },
    })
    expect(answer.headers.get('content-disposition')).toMatch(/siaga112-putar-ulang-.*-wib\.json/)
    const written = await answer.text()
    const file = recording.parse(JSON.parse(written))
    const told = await wholePassage(from, to)
    expect(file.lines).toEqual(told.lines)
    expect(file.positions).toEqual(told.positions)
    expect(file.end).toEqual({ seq: wall.moments.at(-1)?.held.seq, hash: (await replayAt(to)).hash })
    const marks = await get(`/api/replay/marks?from=${time(from)}&to=${time(to)}`, replayMarks)
    expect(file.marks).toEqual(marks.marks)
    expect(marks.marks.filter(({ what }) => what === 'received').length).toBeGreaterThan(1)
    const [{ number, incident_id }] = marks.marks
    expect(await ask('GET', `/api/replay/case?number=${number}`)).toMatchObject({ number, incident_id })
    // On another machine, where nobody can be asked.
    const tape = fileTape(written, 'rekaman')
    for (const { at, held, after } of wall.moments.slice(2)) {
      const picture = new Picture()
      picture.apply(await tape.at(at))
      // Lines that tell a picture nothing are not in a file: its number is that of the last that did.
      picture.seq = held.seq
      expect(holding(picture, at), `in the file, after ${after}`).toEqual(held)
    }
    const csv = await fetch(`${url}/api/replay/export.csv?from=${time(from)}&to=${time(to)}`, {
      headers: { authorization: `Bearer ${admin}` },
    })
    const rows = (await csv.text()).trim().split('\r\n')
    expect(rows).toHaveLength(1 + told.lines.length)
    // By the clock of the room, not of Greenwich.
    const first = new Date(Date.parse(told.lines[0].at) + 7 * 3_600_000).toISOString()
    expect(rows[1].split(',').slice(0, 2)).toEqual([first.slice(0, 19).replace('T', ' '), String(told.lines[0].seq)])
  })
})

describe('what stood on the walls', () => {
  it('is told by the stretches in which each screen painted', async () => {
    const { db } = server.running.services
    const at = Date.now() - 1000
    const insert = (id: string, from: number, to: number, stale: string) =>
      db.execute(`insert into screen_span (screen_id, began_at, ended_at, stale_reason, scene, version, loaded)
        values ('${id}', '${new Date(at + from).toISOString()}', '${new Date(at + to).toISOString()}', ${stale}, 'live', 'x', 'opened')`)
    await insert('kiri', -90_000, -40_000, 'null')
    await insert('kiri', -39_000, 1_000, `'database'`)
    await insert('kanan', -7_200_000, -60_000, 'null')
    // Before anything was kept of them nothing is told: not "none painted".
    expect((await replayAt(at - 7_300_000)).screens).toBeNull()
    const then = await replayAt(at)
    expect(
      screensAt(then.screens ?? [], at).map(({ screen_id, state, stretch }) => [
        screen_id,
        state,
        stretch?.stale ?? null,
      ]),
    ).toEqual([
      ['kiri', 'stale', 'database'],
      ['kanan', 'silent', null],
    ])
    const { screens } = await get(`/api/replay/marks?from=${time(at - 100_000)}&to=${time(at)}`, replayMarks)
    expect(screens).toHaveLength(3)
    expect(screensAt(screens ?? [], at - 70_000).map(({ state }) => state)).toEqual(['fresh', 'fresh'])
  })
})

async function wholePassage(from: number, to: number): Promise<Pick<Passage, 'lines' | 'positions'>> {
  const whole: Pick<Passage, 'lines' | 'positions'> = { lines: [], positions: [] }
  for (let next: string | null = ''; next !== null;) {
    const page: Passage = await get(
      `/api/replay/passage?from=${time(from)}&to=${time(to)}${next === '' ? '' : `&next=${next}`}`,
      passage,
    )
    whole.lines.push(...page.lines)
    whole.positions.push(...page.positions)
    next = page.next
  }
  return whole
}

/** Plays what a passage tells in its order; a line that asks for a fresh picture gets that of its moment. */
async function play(picture: Picture, { lines, positions }: Pick<Passage, 'lines' | 'positions'>): Promise<void> {
  const told = [...lines.map((line) => ({ at: line.at, line })), ...positions.map((fixes) => ({ at: fixes.at, fixes }))]
  told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  for (const one of told) {
    if ('fixes' in one) picture.apply({ type: 'positions', server_time: one.at, positions: one.fixes.positions })
    else {
      picture.seq = one.line.seq - 1
      if (picture.apply(one.line).restart) picture.apply(await replayAt(Date.parse(one.at)))
    }
  }
}
