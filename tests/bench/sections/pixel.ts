import { launchChromium, openWall } from '../../helpers/browser.ts'
import { findChromium } from '../../helpers/chromium.mjs'
import { seededRandom } from '../../helpers/random.ts'
import { openReaders, pause, wallMs } from '../client.ts'
import { latencies, percentile, type SectionResult } from '../figure.ts'
import type { House } from '../house.ts'
import { cancel, incidentInput, openIncidents, record, startFleet } from '../traffic.ts'

const READERS = 49
const OPEN = 12
const ROUNDS = 60
const WARM_UP = 4
const PAINTED_WITHIN_MS = 20_000

declare global {
  interface Window {
    /** [seq shown, Date.now()] of each painted frame since the last look. */
    bench_frames: [number, number][]
  }
}

/**
 * A new incident (and, in turn, the end of one) is asked for over HTTP, arrives at 49 readers, and is painted by a real
 * wall at 1280x720 without a GPU while 32 units drive. The commit lies after "asked": an upper bound of committed → painted.
 */
export async function benchPixel(house: House): Promise<SectionResult> {
  if (!(await findChromium())) return { figures: [], notes: ['not run: no Chromium found (set CHROMIUM)'] }
  const random = seededRandom(96)
  const room = await house.room(house.postgres_missing ? 'embedded' : 'postgres')
  const desk = { url: room.url, operator: room.token('operator') }
  const screen = room.token('screen')
  const ids = await openIncidents(desk, OPEN, random)
  const readers = await openReaders(`${room.url}/live`, READERS, screen)
  house.later(() => readers.close())
  const browser = await launchChromium()
  house.later(() => browser.close())
  const { page, faults } = await openWall(browser, room.url, { width: 1280, height: 720 }, screen)
  const fleet = startFleet(room.url, room.token('integration'), random)
  await page.evaluate(() => {
    const root = document.documentElement
    window.bench_frames = []
    new MutationObserver(() => window.bench_frames.push([Number(root.dataset.seq), Date.now()])).observe(root, {
      attributeFilter: ['data-painted'],
    })
  })
  await pause(5_000)
  await page.evaluate(() => void (window.bench_frames = []))
  const watched = wallMs()
  const arrived: number[] = []
  const painted: number[] = []
  const after: number[] = []
  let frames = 0
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const heard = readers.next((text) => text.startsWith('{"type":"event"'))
    const asked = wallMs()
    const act =
      round % 2 === 0
        ? record(desk, incidentInput(random), `pixel-${round}`).then(({ id }) => void ids.push(id))
        : cancel(desk, ids.shift() ?? '')
    const [{ at, text }] = await Promise.all([heard, act])
    const { seq } = JSON.parse(text) as { seq: number }
    const shown = await page.waitForFunction(
      (wanted) => window.bench_frames.find(([seen]) => seen >= wanted) ?? null,
      seq,
      { timeout: PAINTED_WITHIN_MS, polling: 50 },
    )
    const [, painted_at] = (await shown.jsonValue()) as [number, number]
    if (round >= WARM_UP) {
      arrived.push(...at.map((ms) => ms - asked))
      painted.push(painted_at - asked)
      after.push(painted_at - percentile(at, 0.5))
    }
    await pause(300 + random() * 400)
    frames += await page.evaluate(() => window.bench_frames.splice(0).length)
  }
  const seconds = (wallMs() - watched) / 1000
  await fleet.stop()
  if (faults.length) throw new Error(`the wall had faults: ${faults.join('; ')}`)
  return {
    figures: [
      ...latencies(
        `asked → painted, ${room.kind}`,
        painted,
        { beside: `asked → received by ${READERS} readers`, values: arrived },
        200,
      ),
      ...latencies('received (median reader) → painted', after, null),
      {
        what: 'frames painted a second meanwhile',
        measured: frames / seconds,
        unit: '/s',
        baseline: null,
        beside: '',
        bound: { least: 2 },
      },
    ],
    notes: [
      `${READERS} readers and one real wall, ${OPEN} open incidents, 32 units driving; TicketsCAD on such a machine: median 1.4 s, p95 2.8 s`,
      'the commit lies after "asked": upper bounds of committed → painted; painted is when the map\'s frame was drawn (data-seq)',
    ],
  }
}
