import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FixOutcome, ListedDevice, PairedDevice } from '../../geo/wire/field.ts'
import { distanceM, fromLocalM, type LonLat } from '../../geo/earth.ts'
import type { Fix } from '../../server/verbs/ingest_positions.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const HOME: LonLat = [109.67, -6.89]
const START = Date.UTC(2026, 10, 20, 3)
const random = seededRandom(68)
const between = (from: number, to: number) => from + random() * (to - from)
/** Metres of noise, normal, by Box and Muller. */
const noisy = (at: LonLat, sigma: number): LonLat => {
  const [r, a] = [sigma * Math.sqrt(-2 * Math.log(1 - random())), 2 * Math.PI * random()]
  return fromLocalM([r * Math.cos(a), r * Math.sin(a)], at)
}

let server: TestServer
let units: { id: string; callsign: string }[]
let turn = 0
beforeAll(async () => {
  server = await startTestServer()
  units = (await server.call<typeof units>('GET', '/api/units', { token: await server.token('operator') })).body
})
afterAll(() => server?.stop())

interface Sent {
  lon: number
  lat: number
  /** By the device, epoch ms. */
  at: number
  accuracy_m?: number
  speed_kmh?: number
}

/** A device of a unit of its own (or of the unit named) on a clock that the test turns. */
function device(unit_id = units[turn++ % units.length].id, id: string = randomUUID(), personal = false) {
  const { services } = server.running
  return {
    id,
    unit_id,
    async send(sent: Sent | Sent[], now: number): Promise<FixOutcome[]> {
      const fixes = [sent].flat().map(({ at, ...rest }): Fix => ({
        ...rest,
        unit_id,
        fix_at: new Date(at).toISOString(),
        source: 'json',
        personal,
      }))
      return (await services.intake.take(id, fixes, new Date(now))).map(({ outcome }) => outcome)
    },
    async shown(): Promise<{ at: LonLat; fix_at: number } | null> {
      const rows = await services.db.rows<{
        position: { unit_id: string; fix_at: string; location: { coordinates: LonLat } }
      }>('positions_since', { since: new Date(0), simulated: false })
      const found = rows.find(({ position }) => position.unit_id === unit_id)?.position
      return found ? { at: found.location.coordinates, fix_at: Date.parse(found.fix_at) } : null
    },
  }
}

/** What is wrong with a fix, and what it must be told to be. */
const FAULTS: Record<string, (good: Sent, before: Sent, now: number) => Sent> = {
  zero: (good) => ({ ...good, ...(random() < 0.5 ? { lon: 0, lat: 0 } : { lat: 0 }) }),
  sign_flipped: ({ lon, lat, ...rest }) =>
    random() < 0.5 ? { ...rest, lon, lat: -lat } : { ...rest, lon: -lon, lat: random() < 0.5 ? lat : -lat },
  swapped: ({ lon, lat, ...rest }) => ({ ...rest, lon: random() < 0.5 ? lat : -lat, lat: lon }),
  outside: (good) => ({ ...good, lon: between(118, 140), lat: between(-4, 30) }),
  inaccurate: (good) => ({ ...good, accuracy_m: between(1_001, 1e6) }),
  future: (good, _, now) => ({ ...good, at: now + between(3_600_000, 9e7) }),
  too_old: (good, _, now) => ({ ...good, at: now - between(9e7, 9e8) }),
  duplicate: (_, before) => before,
  teleport: ({ lon, lat, ...rest }) => {
    const [x, y] = fromLocalM([between(4_000, 9_000), between(-9_000, 9_000)], [lon, lat])
    return { ...rest, lon: x, lat: y }
  },
}

describe('a drive with 10 m of noise', () => {
  it.each([1, 2, 3])('is never refused, and each fault planted in it is told for what it is (track %i)', async () => {
    const car = device()
    let now = START
    let at = HOME
    let before: Sent = { lon: at[0], lat: at[1], at: now }
    let heading = between(0, 360)
    let shown = before
    const told: Record<string, number> = {}
    const batch: { sent: Sent; due: string }[] = [{ sent: before, due: 'good' }]
    for (let i = 0; i < 500; i++) {
      const seconds = between(1, 10)
      heading += between(-40, 40)
      const speed = random() < 0.2 ? 0 : between(2, 33)
      at = fromLocalM([Math.sin(heading / 57.3) * speed * seconds, Math.cos(heading / 57.3) * speed * seconds], at)
      // Within the town: turn back.
      if (distanceM(at, HOME) > 6_000) heading += 180
      now += seconds * 1000
      const [lon, lat] = noisy(at, 10)
      const good: Sent = { lon, lat, at: now, speed_kmh: speed * 3.6, ...(random() < 0.5 ? { accuracy_m: 10 } : {}) }
      const names = Object.keys(FAULTS)
      const fault = random() < 0.25 ? names[Math.floor(random() * names.length)] : null
      if (fault) batch.push({ sent: FAULTS[fault](good, before, now), due: fault })
      // A fault of the time stands beside its fix, not in its place: the next one comes anyway.
      if (!fault || fault === 'future' || fault === 'too_old') {
        batch.push({ sent: good, due: 'good' })
        before = good
      }
      if (random() < 0.8 && i < 499) continue
      const due = batch.splice(0)
      const outcomes = await car.send(
        due.map(({ sent }) => sent),
        now,
      )
      for (const [j, outcome] of outcomes.entries()) {
        told[outcome] = (told[outcome] ?? 0) + 1
        if (due[j].due === 'good') expect(['taken', 'held']).toContain(outcome)
        else expect(outcome).toBe(due[j].due)
        if (outcome === 'taken') shown = due[j].sent
      }
    }
    expect(Object.keys(told)).toEqual(expect.arrayContaining(['taken', ...Object.keys(FAULTS)]))
    expect(distanceM((await car.shown())?.at ?? [0, 0], [shown.lon, shown.lat])).toBeLessThan(1)
  })

  it('is taken up at once after a long silence, and after three fixes when its first was wrong', async () => {
    const car = device()
    expect(await car.send({ lon: 109.74, lat: -6.93, at: START }, START)).toEqual(['taken'])
    const true_ones = [1, 2, 3, 4].map((n) => ({ lon: HOME[0], lat: HOME[1] + n * 1e-4, at: START + n * 1000 }))
    const told: FixOutcome[] = []
    for (const one of true_ones) told.push(...(await car.send(one, one.at)))
    expect(told).toEqual(['teleport', 'teleport', 'taken', 'taken'])
    const far = { lon: 109.76, lat: -6.93, at: START + 600_000 }
    expect(await car.send(far, far.at)).toEqual(['taken'])
  })
})

it('a unit that stands is shown standing, alive, and leaves when it leaves', async () => {
  const car = device()
  await car.send({ lon: HOME[0], lat: HOME[1], at: START, accuracy_m: 20 }, START)
  for (let n = 1; n <= 60; n++) {
    const [r, a] = [20 * Math.sqrt(random()), 2 * Math.PI * random()]
    const [lon, lat] = fromLocalM([r * Math.cos(a), r * Math.sin(a)], HOME)
    const at = START + n * 5_000
    expect(await car.send({ lon, lat, at, accuracy_m: 20, speed_kmh: 3 }, at)).toEqual(['held'])
  }
  expect(await car.shown()).toEqual({ at: HOME, fix_at: START + 300_000 })
  const [lon, lat] = fromLocalM([0, 60], HOME)
  expect(await car.send({ lon, lat, at: START + 310_000, accuracy_m: 20 }, START + 310_000)).toEqual(['taken'])
})

describe('one clock', () => {
  /** Fixes each 5 s for a while, by a clock that is `wrong` ms ahead; how old what is shown is at the end of each, seconds. */
  async function ages(car: ReturnType<typeof device>, from: number, seconds: number, wrong: number) {
    const out: { outcome: FixOutcome; age: number }[] = []
    for (let t = 0; t <= seconds; t += 5) {
      const now = from + t * 1000
      const latency = between(50, 900)
      const [outcome] = await car.send({ lon: HOME[0], lat: HOME[1] + t * 1e-5, at: now - latency + wrong }, now)
      out.push({ outcome, age: (now - ((await car.shown())?.fix_at ?? 0)) / 1000 })
    }
    return out
  }

  it('a clock ahead is believed to be after half a minute: neither refused nor in the future', async () => {
    const told = await ages(device(), START, 120, 3_600_000)
    expect(told[0].outcome).toBe('future')
    for (const { outcome, age } of told.slice(7)) {
      expect(outcome).not.toBe('future')
      expect(age).toBeGreaterThanOrEqual(0)
      expect(age).toBeLessThan(2)
    }
  })

  it('one that is little ahead is taken from the first', async () => {
    for (const { outcome, age } of await ages(device(), START, 60, 40_000)) {
      expect(outcome).not.toBe('future')
      expect(age).toBeGreaterThanOrEqual(0)
      expect(age).toBeLessThan(2)
    }
  })

  it('a clock behind is stale for two minutes, then not; put right, it is found right again', async () => {
    const car = device()
    const told = await ages(car, START, 180, -400_000)
    expect(told[0].age).toBeGreaterThan(399)
    for (const { age } of told.slice(26)) expect(Math.abs(age - 1)).toBeLessThan(2)
    const right = await ages(car, START + 185_000, 120, 0)
    for (const { outcome } of right) expect(outcome).not.toBe('future')
    for (const { age } of right.slice(10)) expect(Math.abs(age - 1)).toBeLessThan(2)
    expect(told[0].outcome).toBe('taken')
  })

  it('days behind (a GPS week too few) is refused at first and taken then', async () => {
    const told = await ages(device(), START, 200, -7 * 86_400_000)
    expect(told[0].outcome).toBe('too_old')
    for (const { age } of told.slice(26)) expect(Math.abs(age - 1)).toBeLessThan(2)
  })

  it('what waited for signal is late, not a wrong clock', async () => {
    const car = device()
    for (let n = 0; n < 10; n++)
      await car.send({ lon: HOME[0], lat: HOME[1] + n * 1e-4, at: START + n * 5_000 }, START + n * 5_000)
    const now = START + 900_000
    const waited = Array.from({ length: 100 }, (_, n) => ({
      lon: HOME[0],
      lat: HOME[1] + n * 1e-4,
      at: START + 50_000 + n * 8_000,
    }))
    for (const one of waited) await car.send(one, now)
    const [last] = waited.slice(-1)
    expect((await car.shown())?.fix_at).toBe(last.at)
    // One that a later one overtook is history.
    expect(await car.send({ ...last, at: last.at - 3_000 }, now)).toEqual(['late'])
  })
})

it('a phone that repeats what was lost on the way changes nothing', async () => {
  const car = device()
  const sent = Array.from({ length: 30 }, (_, n) => ({
    lon: HOME[0] + n * 1e-4,
    lat: HOME[1],
    at: START + n * 2_000,
    speed_kmh: 20,
  }))
  expect(new Set(await car.send(sent, START + 60_000))).toEqual(new Set(['taken']))
  const before = await car.shown()
  expect(new Set(await car.send(sent, START + 61_000))).toEqual(new Set(['duplicate']))
  expect(await car.shown()).toEqual(before)
})

it('of two phones of a crew one is shown: the one that was, until it is silent; a tracker before both', async () => {
  const [a, b] = [device(undefined, randomUUID(), true), null]
  const second = b ?? device(a.unit_id, randomUUID(), true)
  const seen = new Set<string>()
  for (let n = 0; n < 20; n++) {
    const now = START + n * 10_000
    const [lon, lat] = [HOME[0] + n * 1e-3, HOME[1]]
    expect(await a.send({ lon, lat, at: now, accuracy_m: 12, speed_kmh: 30 }, now)).toEqual(['taken'])
    expect(
      await second.send({ lon, lat: lat + 4e-4, at: now + 3_000, accuracy_m: 9, speed_kmh: 30 }, now + 3_000),
    ).toEqual(['standby'])
    seen.add(String((await a.shown())?.at[1]))
  }
  expect([...seen]).toEqual([String(HOME[1])])
  const later = START + 240_000
  expect(await second.send({ ...{ lon: HOME[0] + 0.02, lat: HOME[1] }, at: later }, later)).toEqual(['taken'])
  // The former is back: it waits in its turn.
  expect(await a.send({ lon: HOME[0] + 0.02, lat: HOME[1], at: later + 1_000 }, later + 1_000)).toEqual(['standby'])
  const tracker = device(a.unit_id)
  expect(await tracker.send({ lon: HOME[0] + 0.02, lat: HOME[1], at: later + 2_000 }, later + 2_000)).toEqual(['taken'])
  expect(await second.send({ lon: HOME[0] + 0.02, lat: HOME[1], at: later + 3_000 }, later + 3_000)).toEqual([
    'standby',
  ])
  // One that knows its place to 8 m is better than one that knows it to 300 m.
  const rough = device(undefined, randomUUID(), true)
  const fine = device(rough.unit_id, randomUUID(), true)
  await rough.send({ lon: HOME[0], lat: HOME[1], at: START, accuracy_m: 300 }, START)
  expect(await fine.send({ lon: HOME[0], lat: HOME[1], at: START + 1, accuracy_m: 8 }, START + 1)).toEqual(['taken'])
  expect(await rough.send({ lon: HOME[0], lat: HOME[1], at: START + 2, accuracy_m: 300 }, START + 2)).toEqual([
    'standby',
  ])
})

it('over HTTP a phone is answered 200 whatever it sends, and its counts are told', async () => {
  const admin = await server.token('admin')
  const { id } = units[turn++ % units.length]
  const { body } = await server.call<PairedDevice>('POST', `/api/units/${id}/devices`, {
    token: admin,
    body: { app: 'traccar', label: 'HP regu 1' },
  })
  const list = async () => (await server.call<ListedDevice[]>('GET', `/api/units/${id}/devices`, { token: admin })).body
  expect((await list())[0].positions).toBeNull()
  const at = Math.floor(Date.now() / 1000)
  const osmand = (lon: number, lat: number, timestamp: number) =>
    fetch(
      `${server.url}/api/positions/osmand?id=${body.secret}&lon=${lon}&lat=${lat}&timestamp=${timestamp}&accuracy=8`,
    )
  for (const [lon, lat, when] of [
    [109.67, -6.89, at],
    [109.67, -6.89, at],
    [109.67, 6.89, at + 1],
    [-6.89, 109.67, at + 1],
    [0, 0, at + 1],
    [109.67, -6.89, at - 90_000],
    [109.74, -6.93, at + 1],
  ])
    expect((await osmand(lon, lat, when)).status).toBe(200)
  const [listed] = await list()
  expect(listed.positions).toMatchObject({
    taken: 1,
    refused: { duplicate: 1, sign_flipped: 1, swapped: 1, zero: 1, too_old: 1, teleport: 1 },
    refused_reason: 'teleport',
    shown: true,
    last_fix: { location: { coordinates: [109.67, -6.89] }, accuracy_m: 8 },
  })
})
