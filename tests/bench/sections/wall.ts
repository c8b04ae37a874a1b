import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { distanceM, bearingDeg } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { launchChromium, openWall } from '../../helpers/browser.ts'
import { findChromium } from '../../helpers/chromium.mjs'
import { seededRandom } from '../../helpers/random.ts'
import type { BareData } from '../bare_wall/main.ts'
import { buildBareWall, gzipped, javascriptOf, serveFolder } from '../bare_wall/build.ts'
import { ask, pause } from '../client.ts'
import type { Figure, SectionResult } from '../figure.ts'
import { importCity, type House, type Room } from '../house.ts'
import { somewhere } from '../traffic.ts'

const INCIDENTS = 5_000
/** Of them: past their limit. */
const LATE = 100
/** As many as the wall shows with sign and ring (client/map/layers/incidents.ts); the rest are dots. */
const WHOLE = 150
const UNITS = 1_000
const SIZE = { width: 1920, height: 1080 }
const REST_S = 20
const RUN_S = 15
const CLIENT = resolve(import.meta.dirname, '../../../dist/client')

const info = { baseline: null, beside: '', bound: null }

/** What one page's JavaScript cost between two looks, and the frames it painted meanwhile. */
interface Cost {
  script_ms: number
  /** Of that, in the callbacks of animation frames: moving, writing, drawing. */
  in_frames_ms: number
  frames: number
  seconds: number
}

async function costOf(page: Page, frames: () => Promise<number>, seconds: number): Promise<Cost> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000
    const in_frames_ms = await page.evaluate(() => window.bench_in_frames_ms)
    return { script_ms: of('ScriptDuration'), in_frames_ms, at: Date.now(), frames: await frames() }
  }
  const before = await read()
  await pause(seconds * 1000)
  const after = await read()
  await session.detach()
  return {
    script_ms: after.script_ms - before.script_ms,
    in_frames_ms: after.in_frames_ms - before.in_frames_ms,
    frames: after.frames - before.frames,
    seconds: (after.at - before.at) / 1000,
  }
}

declare global {
  interface Window {
    bench_in_frames_ms: number
  }
}

/** Adds up what a page does in its animation frames. */
function clockFrames(): void {
  const { requestAnimationFrame } = window
  window.bench_in_frames_ms = 0
  window.requestAnimationFrame = (callback) =>
    requestAnimationFrame.call(window, (at) => {
      const began = performance.now()
      callback(at)
      window.bench_in_frames_ms += performance.now() - began
    })
}

const paintedOf = (page: Page) => () => page.evaluate(() => Number(document.documentElement.dataset.painted ?? 0))

/** Milliseconds from navigation to the first painted frame, of a page that was opened before in the same browser. */
async function firstPaint(
  browser: Browser,
  url: string,
  token: string,
): Promise<{ warm: number[]; scripts: string[] }> {
  const context = await browser.newContext({ viewport: SIZE })
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const root = document.documentElement
      if (!root?.dataset.painted) return
      observer.disconnect()
      root.dataset.firstPaint = String(performance.now())
    }).observe(document, { subtree: true, attributeFilter: ['data-painted'] })
  })
  const warm: number[] = []
  let scripts: string[] = []
  for (let round = 0; round < 5; round++) {
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => {
      if (/\/assets\/.*\.m?js$/.test(request.url())) asked.push(new URL(request.url()).pathname)
    })
    await page.goto(round === 0 ? `${url}/wall?token=${token}` : `${url}/wall`)
    await page.waitForFunction(() => document.documentElement.dataset.firstPaint, null, { timeout: 60_000 })
    if (round === 0) scripts = [...new Set(asked)]
    // What came after the first picture did not hold it up.
    if (round === 0) {
      const before = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter(({ startTime }) => startTime < Number(document.documentElement.dataset.firstPaint))
          .map(({ name }) => new URL(name).pathname),
      )
      scripts = scripts.filter((path) => before.includes(path))
    } else warm.push(Number(await page.evaluate(() => document.documentElement.dataset.firstPaint)))
    await page.close()
    await pause(500)
  }
  await context.close()
  return { warm, scripts }
}

/** Straight into the tables: through the verbs it would take minutes, and the wall reads a snapshot. */
async function fill(room: Room, random: () => number): Promise<void> {
  const sql = await room.sql()
  await sql.query(
    `insert into unit (callsign, agency_id, kind, duty) select 'Ukur ' || n, (select id from agency where kind = 'polres' limit 1), 'patroli', 'on' from generate_series(1, $1::integer) n`,
    [UNITS],
  )
  const points = Array.from({ length: INCIDENTS }, () => somewhere(random))
  await sql.query(
    `insert into incident (number, incident_type, priority, status, location, accuracy_m, inside_city, received_at, verified_at, dispatched_at, simulated, created_by, created_at)
     select 'UKUR-' || n, (array['kebakaran', 'kecelakaan', 'banjir', 'sakit_mendadak', 'pohon_tumbang', 'ular'])[1 + n % 6], 2, 'dispatched',
       st_setsrid(st_makepoint(p.lon, p.lat), 4326), 25, true, t.at - interval '1 minute', t.at, t.at, false, 'bench', t.at
     from unnest($1::float8[], $2::float8[]) with ordinality as p (lon, lat, n),
       lateral (select now() - case when n <= $3::integer then interval '40 minutes' else (n % 1200) * interval '1 second' end as at) t`,
    [points.map(([lon]) => lon), points.map(([, lat]) => lat), LATE],
  )
}

/** Every unit drives up and down a road of the map, ten metres a second, a fix each second. */
async function driveAlong(room: Room, token: string, random: () => number) {
  const manifest = JSON.parse((await ask('GET', `${room.url}/api/map`, { token })).text) as {
    layers: { layer: string; url: string }[]
  }
  const url = manifest.layers.find(({ layer }) => layer === 'road')?.url ?? ''
  const roads = JSON.parse((await ask('GET', room.url + url, { token })).text) as {
    features: { geometry: { coordinates: LonLat[] } }[]
  }
  const lines = roads.features.map(({ geometry }) => geometry.coordinates).filter((line) => line.length > 1)
  const cars = Array.from({ length: UNITS }, () => {
    const line = lines[Math.floor(random() * lines.length)]
    const length_m = line.slice(1).reduce((sum, to, i) => sum + distanceM(line[i], to), 0)
    return { line, length_m, at_m: random() * length_m, way: random() < 0.5 ? 1 : -1 }
  })
  const place = (car: (typeof cars)[number]): { at: LonLat; heading: number } => {
    let left = car.at_m
    for (let i = 1; ; i++) {
      const [a, b] = [car.line[i - 1], car.line[i]]
      const step = distanceM(a, b)
      if (left > step && i < car.line.length - 1) {
        left -= step
        continue
      }
      const part = Math.min(1, step === 0 ? 0 : left / step)
      const heading = (bearingDeg(a, b) + (car.way < 0 ? 180 : 0)) % 360
      return { at: [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part], heading }
    }
  }
  let going = true
  let failed: unknown = null
  const fixes = () => {
    const fix_at = new Date().toISOString()
    return cars.map((car, i) => {
      car.at_m += 10 * car.way
      if (car.at_m > car.length_m || car.at_m < 0) car.way *= -1
      car.at_m = Math.max(0, Math.min(car.length_m, car.at_m))
      const { at, heading } = place(car)
      const location = { type: 'Point', coordinates: at }
      return { callsign: `Ukur ${i + 1}`, location, fix_at, speed_kmh: 36, heading }
    })
  }
  const run = (async () => {
    while (going) {
      const started = Date.now()
      const all = fixes()
      for (let i = 0; i < all.length; i += 250)
        await ask('POST', `${room.url}/api/positions`, { token, body: all.slice(i, i + 250) })
      await pause(Math.max(0, 1_000 - (Date.now() - started)))
    }
  })().catch((error: unknown) => (failed = error))
  return {
    places: () => cars.map((car) => place(car).at),
    async stop() {
      going = false
      await run
      if (failed) throw failed
    },
  }
}

/** The wall itself: at rest, opened again, and with 5,000 incidents and 1,000 moving units beside a page of MapLibre and deck.gl alone. */
export async function benchWall(house: House): Promise<SectionResult> {
  if (!(await findChromium())) return { figures: [], notes: ['not run: no Chromium found (set CHROMIUM)'] }
  const random = seededRandom(97)
  const folder = mkdtempSync(join(tmpdir(), 'siaga-bare-'))
  house.later(() => rmSync(folder, { recursive: true, force: true }))
  await buildBareWall(folder)
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  if (house.geodata) await importCity(room, house.geodata)
  const screen = room.token('screen')
  const token = room.token('integration')
  const browser = await launchChromium()
  house.later(() => browser.close())

  const { warm, scripts } = await firstPaint(browser, room.url, screen)
  const first = [...warm].sort((a, b) => a - b)[Math.floor(warm.length / 2)]
  const size = scripts.reduce((sum, path) => sum + gzipped(join(CLIENT, path)), 0)

  const { page, faults } = await openWall(browser, room.url, SIZE, screen)
  await pause(6_000)
  const rest = await costOf(page, paintedOf(page), REST_S)

  await fill(room, random)
  await page.addInitScript(clockFrames)
  await page.reload()
  await page.waitForFunction((n) => Number(document.documentElement.dataset.painted ?? 0) > n, 1, { timeout: 120_000 })
  const fleet = await driveAlong(room, token, random)
  await pause(10_000)
  const moving = await costOf(page, paintedOf(page), RUN_S)
  const points = Array.from({ length: INCIDENTS }, () => somewhere(random))
  const data: BareData = {
    incidents: points.slice(0, WHOLE),
    incident_dots: points.slice(WHOLE),
    alarming: LATE,
    units: fleet.places(),
    dots: 0,
    polygons: Array.from({ length: 60 }, () => {
      const [lon, lat] = somewhere(random)
      return [0, 60, 120, 180, 240, 300].map((turn): [number, number] => [
        lon + Math.cos((turn * Math.PI) / 180) * 2e-3,
        lat + Math.sin((turn * Math.PI) / 180) * 2e-3,
      ])
    }),
    pace_ms: Math.round((moving.seconds * 1000) / Math.max(1, moving.frames)),
  }
  await page.close()
  if (faults.length) throw new Error(`the wall had faults: ${faults.join('; ')}`)

  const server = await serveFolder(folder)
  house.later(() => server.close())
  const plain = await browser.newPage({ viewport: SIZE })
  await plain.addInitScript(clockFrames)
  await plain.goto(server.url)
  await plain.waitForFunction(() => document.documentElement.dataset.ready)
  await plain.evaluate((given) => window.bare(given), data)
  await pause(8_000)
  const bare = await costOf(plain, () => plain.evaluate(() => window.bare_frames), RUN_S)
  await plain.close()
  // Until here: both pages are measured beside the same work of this machine.
  await fleet.stop()

  const per_frame = (cost: Cost) => cost.in_frames_ms / cost.frames
  const figures: Figure[] = [
    {
      what: `script in frames, per painted frame, ${INCIDENTS} incidents and ${UNITS} moving units`,
      measured: per_frame(moving),
      unit: 'ms',
      baseline: per_frame(bare),
      beside: 'MapLibre + deck.gl alone, same layers, static',
      bound: { most: per_frame(bare) * 1.25 },
    },
    {
      what: 'the same as a multiple',
      measured: per_frame(moving) / per_frame(bare),
      unit: 'x',
      ...info,
      bound: { most: 1.25 },
    },
    {
      what: 'frames painted a second meanwhile',
      measured: moving.frames / moving.seconds,
      unit: '/s',
      baseline: bare.frames / bare.seconds,
      beside: 'at the same pace',
      bound: { least: 2 },
    },
    {
      what: 'script a second meanwhile',
      measured: moving.script_ms / moving.seconds,
      unit: 'ms',
      baseline: bare.script_ms / bare.seconds,
      beside: 'MapLibre + deck.gl alone',
      bound: null,
    },
    {
      what: `frames at rest in ${REST_S} s (a canary each 2 s)`,
      measured: rest.frames,
      unit: '',
      ...info,
      bound: { most: REST_S / 2 + 1, least: REST_S / 2 - 2 },
    },
    { what: 'script a second at rest', measured: rest.script_ms / rest.seconds, unit: 'ms', ...info },
    {
      what: 'first paint of a warm wall after navigation, median of 4',
      measured: first,
      unit: 'ms',
      ...info,
      bound: { most: 2_000 },
    },
    {
      what: 'JavaScript asked for before the first paint, gzip',
      measured: size / 1000,
      unit: 'kB',
      baseline: javascriptOf(folder) / 1000,
      beside: 'MapLibre + deck.gl alone, same bundler',
      bound: { most: (javascriptOf(folder) / 1000) * 1.15 },
    },
  ]
  return {
    figures,
    notes: [
      'the server and the senders of fixes share the two cores with either page',
      `1920x1080 without a graphics card; ${LATE} of the incidents are late; a fix of each unit each second, along the roads of the map`,
      "script: all JavaScript of the page by the browser's own count (Performance.getMetrics), messages, lists and words included; the bare page has none of these",
    ],
  }
}
