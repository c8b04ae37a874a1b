import type { CDPSession, Page } from 'playwright-core'
import WebSocket from 'ws'
import { z } from 'zod'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Hello, Snapshot } from '../../geo/wire/live.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { faultsOf, launchChromium, painted } from './browser.ts'
import { seededRandom } from './random.ts'

/** What a page holds after garbage was collected, the city being as quiet as at the first look. */
export interface Held {
  /** Of the city's day. */
  hours: number
  heap_mb: number
  /** DOM nodes, detached ones included, and listeners, as the browser counts them. */
  nodes: number
  listeners: number
  /** WebGL contexts that were made and are not lost. */
  contexts: number
  /** Objects of the city's own that are still there: exact, where the heap also holds what V8 compiled and MapLibre's tiles. */
  incidents: number
  fixes: number
}

export interface SoakOptions {
  /** Hours of the city that are played; the first look comes after `warm_up` of them. */
  hours: number
  warm_up: number
  looks: number
  /** Messages that the page is given a second, at most. */
  pace: number
  /** Seconds of the city between two messages of positions. */
  positions_every: number
  incidents_a_day: number
  /** Run in the page before it begins: a leak, to see that it is found. */
  plant?: () => void
}

export interface Soaked {
  held: Held[]
  messages: number
  events: number
  scenes: number
  faults: string[]
  seconds: number
  /** Who allocated most of what was made since the first look and is still there, kB by function: where to look for a leak. */
  grown: string[]
}

/** Where each incident of the day stands; each step is a line of the log. */
const STEPS = ['verified', 'dispatched', 'handling', 'resolved', 'closed'] as const
/**
 * What often runs, V8 compiles again and again, and keeps what it learned of it: megabytes that lie in the heap and are held by nobody. Without that
 * the heap is what the page holds.
 */
const COUNTED_HEAP = '--js-flags=--no-opt --no-maglev --no-sparkplug --no-lazy-feedback-allocation'
const SCENES = 5
/** Quarters of a second in a row without a new element. */
const WHOLE_AFTER = 3
/** The quiet minutes before each look. */
const QUIET_MS = 1500

declare global {
  interface Window {
    soak_contexts: WeakRef<WebGL2RenderingContext>[]
  }
}

/**
 * Plays a day of the city into a real wall, as fast as it takes it: incidents begin, are sent to, driven to and closed, units move, scenes change.
 * The day is invented here and goes in where the socket would bring it; map and figures come from the server.
 */
export async function soak(url: string, token: string, options: SoakOptions): Promise<Soaked> {
  const began = Date.now()
  const browser = await launchChromium(COUNTED_HEAP)
  const { hello, snapshot } = await firstWords(url, token)
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  const faults = faultsOf(page)
  await page.addInitScript(() => {
    window.soak_contexts = []
    const get = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: Parameters<typeof get>) {
      const context = get.apply(this, args)
      if (context instanceof WebGL2RenderingContext && !window.soak_contexts.some((kept) => kept.deref() === context))
        window.soak_contexts.push(new WeakRef(context))
      return context
    } as typeof get
  })
  if (options.plant) await page.addInitScript(options.plant)
  const day = new Day(hello, snapshot, options)
  let send = (_text: string) => {}
  await page.routeWebSocket(/\/live/, (socket) => {
    send = (text) => socket.send(text)
    for (const message of day.greeting()) socket.send(JSON.stringify(message))
  })
  await page.goto(`${url}/wall?inches=55&distance=6&token=${token}`)
  await painted(page)
  await tour(page, () => send(JSON.stringify(day.beat())))
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const held: Held[] = []
  let scenes = 0
  let grown: string[] = []
  const per_look = (options.hours - options.warm_up) / options.looks
  for (let look = 0; look <= options.looks; look++) {
    const until = options.warm_up + look * per_look
    while (day.hours < until) {
      const started = performance.now()
      // A tenth of a second of messages, and as fast as the page takes them: it answers when it has had them.
      for (const message of day.next(options.pace / 10)) send(JSON.stringify(message))
      send(JSON.stringify(day.beat()))
      if (Math.floor(day.hours / 0.25) !== scenes) await changeScene(page, (scenes = Math.floor(day.hours / 0.25)))
      await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)))
      await pause(100 - (performance.now() - started))
    }
    for (const message of day.quiet()) send(JSON.stringify(message))
    await changeScene(page, 0)
    await page.locator('[data-scene=live]').waitFor()
    const quiet_until = performance.now() + QUIET_MS
    while (performance.now() < quiet_until) {
      send(JSON.stringify(day.beat()))
      await pause(500)
    }
    const words = await page.evaluate(() => document.body.innerText)
    // A wall that took none of it in would hold little, too.
    if (/BASI|Menunggu server/.test(words)) throw new Error(`the wall did not follow: ${words.slice(0, 200)}`)
    held.push({ hours: day.hours, ...(await measure(page, cdp)) })
    if (look === 0) await cdp.send('HeapProfiler.startSampling', { samplingInterval: 16_384 })
    if (look === options.looks) grown = heaviest((await cdp.send('HeapProfiler.stopSampling')).profile.head)
  }
  await browser.close()
  return {
    held,
    messages: day.messages,
    events: day.events,
    scenes,
    faults,
    seconds: (Date.now() - began) / 1000,
    grown,
  }
}

/** By how much the last look holds more than the first, in parts of it; the least of two neighbours each, for what was being collected. */
export function growth(held: readonly Held[], what: 'heap_mb' | 'nodes' | 'listeners'): number {
  const values = held.map((each) => each[what])
  const first = Math.min(...values.slice(0, 2))
  const last = Math.min(...values.slice(-2))
  return last / first - 1
}

interface Allocated {
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number }
  selfSize: number
  children: Allocated[]
}

function heaviest(head: Allocated): string[] {
  const kb = new Map<string, number>()
  const walk = ({ callFrame: at, selfSize, children }: Allocated) => {
    const where = `${at.functionName || 'anonymous'} ${at.url.split('/').at(-1) ?? ''}:${at.lineNumber + 1}:${at.columnNumber + 1}`
    kb.set(where, (kb.get(where) ?? 0) + selfSize / 1024)
    for (const child of children) walk(child)
  }
  walk(head)
  const most = [...kb].sort((a, b) => b[1] - a[1]).slice(0, 12)
  return most.map(([where, size]) => `${Math.round(size)} kB ${where}`)
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, Math.max(0, ms)))

/** Not by hand: a hand would be left alone with the map for a minute. */
const changeScene = (page: Page, n: number) =>
  page.evaluate((key) => dispatchEvent(new KeyboardEvent('keydown', { key })) && undefined, String(1 + (n % SCENES)))

/**
 * Shows each scene until it is whole: the template of each part that is drawn for the first time stays in memory for good, and a machine that is busy may
 * not have drawn all of them in the hours before the first look.
 */
async function tour(page: Page, beat: () => void): Promise<void> {
  for (let n = SCENES; n >= 0; n--) {
    await changeScene(page, n)
    let [size, same] = [0, 0]
    for (const end = performance.now() + 20_000; same < WHOLE_AFTER && performance.now() < end;) {
      beat()
      await pause(250)
      const found = await page.evaluate(() => document.querySelectorAll('*').length)
      same = found === size ? same + 1 : 0
      size = found
    }
  }
}

async function measure(page: Page, cdp: CDPSession): Promise<Omit<Held, 'hours'>> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  const contexts = await page.evaluate(
    () => window.soak_contexts.filter((kept) => kept.deref()?.isContextLost() === false).length,
  )
  return {
    heap_mb: value('JSHeapUsedSize') / 1_048_576,
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
    contexts,
    ...(await countObjects(cdp)),
  }
}

/** How many incidents and fixes the page has in its memory, wherever they hang. */
async function countObjects(cdp: CDPSession): Promise<Pick<Held, 'incidents' | 'fixes'>> {
  const group = 'soak'
  const { result } = await cdp.send('Runtime.evaluate', { expression: 'Object.prototype', objectGroup: group })
  const { objects } = await cdp.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
    objectGroup: group,
  })
  const counted = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    returnByValue: true,
    functionDeclaration: `function () {
      const own = (of, ...names) => names.every((name) => Object.prototype.hasOwnProperty.call(of, name))
      let incidents = 0, fixes = 0
      for (const each of this)
        if (own(each, 'incident_type', 'assignments', 'received_at')) incidents++
        else if (own(each, 'fix_at', 'speed_kmh', 'heading')) fixes++
      return { incidents, fixes }
    }`,
  })
  await cdp.send('Runtime.releaseObjectGroup', { objectGroup: group })
  return z.object({ incidents: z.number(), fixes: z.number() }).parse(counted.result.value)
}

async function firstWords(url: string, token: string): Promise<{ hello: Hello; snapshot: Snapshot }> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } })
  const words: (Hello | Snapshot)[] = []
  await new Promise<void>((told, failed) => {
    ws.on('error', failed)
    ws.on('message', (data) => {
      words.push(JSON.parse(String(data)) as Hello | Snapshot)
      if (words.length === 2) told()
    })
  })
  ws.close()
  return { hello: words[0] as Hello, snapshot: words[1] as Snapshot }
}

/** The city's day, message by message, in its own time; what it tells of lies about the present. */
class Day {
  messages = 0
  events = 0
  hours = 0
  private seq: number
  private made = 0
  private readonly random = seededRandom(112)
  private readonly template: Incident
  private readonly open: { incident: Incident; step: number; due: number }[] = []
  private readonly places = new Map<string, [number, number]>()

  constructor(
    private readonly hello: Hello,
    private readonly snapshot: Snapshot,
    private readonly options: SoakOptions,
  ) {
    this.seq = snapshot.seq
    const [template] = snapshot.incidents
    if (!template) throw new Error('the soak needs one open incident to model the others on')
    this.template = template
    for (const unit of snapshot.units) this.places.set(unit.id, this.somewhere())
  }

  greeting(): object[] {
    return [
      this.hello,
      {
        ...this.snapshot,
        seq: this.seq,
        server_time: now(),
        incidents: [this.template, ...this.open.map(({ incident }) => incident)],
      },
    ]
  }

  beat(): object {
    return { type: 'heartbeat', server_time: now(), seq: this.seq, checked_at: now(), routing: 'own' }
  }

  /** The next `count` messages. */
  next(count: number): object[] {
    const out: object[] = []
    const { positions_every, incidents_a_day } = this.options
    while (out.length < count) {
      this.hours += positions_every / 3600
      out.push(this.positions())
      if (this.random() < (incidents_a_day * positions_every) / 86_400) out.push(this.begin())
      for (const each of this.open.filter(({ due }) => due <= this.hours)) out.push(this.go(each))
    }
    this.messages += out.length
    return out
  }

  /** Every incident of the day ends: as many are open as at first. */
  quiet(): object[] {
    const out: object[] = []
    while (this.open.length > 0) out.push(this.go(this.open[0]))
    return out
  }

  private begin(): object {
    const at = now()
    const types = this.snapshot.incident_types
    const id = uuid(++this.made)
    const incident: Incident = {
      ...this.template,
      id,
      number: `112-20261123-${String(this.made).padStart(4, '0')}`,
      incident_type: types[Math.floor(this.random() * types.length)].code,
      status: 'received',
      location: { type: 'Point', coordinates: this.somewhere() },
      place_label: `Jalan Uji ${this.made}`,
      assignments: [],
      received_at: at,
      verified_at: null,
      dispatched_at: null,
      resolved_at: null,
      closed_at: null,
    }
    this.open.push({ incident, step: 0, due: this.hours + this.random() * 0.1 })
    return this.line('incident.created', incident)
  }

  private go(each: (typeof this.open)[number]): object {
    const status = STEPS[each.step++]
    const at = now()
    const { snapshot } = this
    const unit = snapshot.units[this.made % snapshot.units.length]
    each.due = this.hours + 0.05 + this.random() * 0.3
    each.incident = {
      ...each.incident,
      status,
      verified_at: each.incident.verified_at ?? at,
      dispatched_at: each.step >= 2 ? (each.incident.dispatched_at ?? at) : null,
      resolved_at: each.step >= 4 ? at : null,
      closed_at: each.step >= 5 ? at : null,
    }
    const busy = each.step >= 2 && each.step < 4
    if (status === 'closed') this.open.splice(this.open.indexOf(each), 1)
    const { position: _, ...rest } = unit
    const told: Omit<Unit, 'position'> = {
      ...rest,
      incident_id: busy ? each.incident.id : null,
      assignment_status: busy ? (each.step === 2 ? 'notified' : 'en_route') : null,
    }
    return this.line(`incident.${status}`, each.incident, [told])
  }

  private line(kind: string, incident: Incident, units: Omit<Unit, 'position'>[] = []): object {
    this.events++
    const at = now()
    return {
      type: 'event',
      seq: ++this.seq,
      kind,
      occurred_at: at,
      recorded_at: at,
      incident,
      ...(units.length ? { units } : {}),
    }
  }

  private positions(): object {
    const at = now()
    const moving = this.snapshot.units.filter(() => this.random() < 0.25)
    const positions = moving.map((unit) => {
      const [lon, lat] = this.places.get(unit.id) ?? this.somewhere()
      const place: [number, number] = [lon + (this.random() - 0.5) * 4e-4, lat + (this.random() - 0.5) * 4e-4]
      this.places.set(unit.id, place)
      return {
        unit_id: unit.id,
        location: { type: 'Point', coordinates: place },
        fix_at: at,
        accuracy_m: 8,
        speed_kmh: 30,
        heading: Math.floor(this.random() * 360),
        simulated: unit.position?.simulated ?? false,
      }
    })
    return { type: 'positions', server_time: at, positions }
  }

  private somewhere(): [number, number] {
    return [109.65 + this.random() * 0.06, -6.92 + this.random() * 0.05]
  }
}

const now = () => new Date().toISOString()
const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
