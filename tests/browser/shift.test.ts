import { isDeepStrictEqual } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import type { District } from '../../geo/wire/stats.ts'
import type { Ledger } from '../../geo/wire/ledger.ts'
import type { Handover } from '../../geo/wire/handover.ts'
import { PLACES } from '../../geo/city/places.ts'
import { walkChain } from '../../server/audit/chain.ts'
import { faultsOf, keepScreenshot, launchChromium } from '../helpers/browser.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'
import { readEverything } from '../helpers/shift/declared.ts'
import { clocksOf, isOpen, type Case, type Line, type Played } from '../helpers/shift/model.ts'
import { employ, type Person, type Staff } from '../helpers/shift/people.ts'
import { playShift } from '../helpers/shift/play.ts'
import { CALLS, CASES, OPD, writeScript } from '../helpers/shift/script.ts'

const DAY = '2026-11-24'
const HOUR = 3_600_000
const STARTS = Date.parse(`${DAY}T08:00:00+07:00`)

/** The moment everybody goes by; while a browser looks it goes on as it does outside. */
const clock = { at: STARTS - HOUR, running_since: null as number | null }
const now = () => new Date(clock.at + (clock.running_since === null ? 0 : performance.now() - clock.running_since))

let server: TestServer
let browser: Browser
let staff: Staff
let played: Played
/** What the pages showed in the middle and at the end, against what the script knows. */
const looked: { at: string; wall: unknown; console: unknown; expected: unknown; stale: boolean; faults: string[] }[] =
  []

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())
const openOnes = (cases: readonly Case[]) => cases.filter(isOpen)

/** By number, whether its clock that runs now is past its limit. */
function breaches(cases: readonly Case[], at: number): Record<string, boolean> {
  return Object.fromEntries(
    openOnes(cases).map((each) => {
      const clocks = clocksOf(each, at)
      const running = each.status === 'resolved' ? null : each.dispatched_at === undefined ? clocks?.agent : clocks?.opd
      return [each.number, running?.state === 'breached']
    }),
  )
}

async function page(path: string, who: Person | null, ready: string) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  if (who) {
    const [name, value] = who.cookie.split('=')
    await context.addCookies([{ name, value, url: server.url }])
  }
  const opened = await context.newPage()
  const faults = faultsOf(opened)
  let loads = 0
  opened.on('framenavigated', (frame) => {
    if (frame === opened.mainFrame() && ++loads > 1) faults.push(`loaded itself anew: ${frame.url()}`)
  })
  await opened.goto(server.url + path)
  await opened.waitForSelector(ready)
  return { context, page: opened, faults }
}

/** Opens the wall and a console as somebody who comes in at that moment would. */
async function look(played: Played, screen: string): Promise<void> {
  clock.running_since = performance.now()
  const wall = await page(`/wall?token=${screen}`, null, '[data-connection="live"]')
  const desk = await page('/console', staff.operators[0], '[data-connection="live"]')
  // A state is told by a class of its row beside words and shape.
  const shown = (selector: string) =>
    `Object.fromEntries([...document.querySelectorAll('${selector}')].map((row) => [row.dataset.incident, (row.dataset.state ?? row.className).includes('breached')]))`
  const rows = async (opened: Page, selector: string, n: number) =>
    opened.waitForFunction(([wanted, least]) => document.querySelectorAll(wanted).length >= least, [
      selector,
      n,
    ] as const)
  const open = openOnes(played.cases).length
  await rows(wall.page, '[data-incident]', Math.min(8, open))
  await rows(desk.page, '[data-row]', open)
  /** A page may be a second behind; a clock that passes its limit just now is looked at again. */
  const read = async () => {
    const before = breaches(played.cases, now().getTime() - 2000)
    const told = {
      at: now().toISOString(),
      wall: await wall.page.evaluate(shown('[data-incident]')),
      console: await desk.page.evaluate(shown('[data-row]')),
      expected: breaches(played.cases, now().getTime()),
    }
    return isDeepStrictEqual(before, told.expected) ? told : null
  }
  let told = await read()
  while (told === null) told = await read()
  looked.push({
    ...told,
    stale: /BASI/.test(await wall.page.evaluate(() => document.body.innerText)),
    faults: [...wall.faults, ...desk.faults],
  })
  if (looked.length === 1) await keepScreenshot(wall.page, 'shift-wall')
  if (looked.length === 1) await keepScreenshot(desk.page, 'shift-console')
  await wall.context.close()
  await desk.context.close()
  clock.running_since = null
}

/** The head of the log before the first ring. */
let before_seq = 0
let handed_over: { before: Played['cases']; at: number; note: Handover }

beforeAll(async () => {
  browser = await launchChromium()
  server = await startTestServer({}, { now })
  staff = await employ(server, OPD)
  const screen = await server.token('screen')
  const random = seededRandom(8)
  const places = PLACES.map(({ point }) => point)
  const script = writeScript(random, places, STARTS)
  before_seq = (await walkChain(server.running.services.db)).seq
  const hours = [4, 8]
  played = await playShift(server, staff, script, random, clock, [
    ...hours.map((n) => ({ at: STARTS + n * HOUR, look: (so_far: Played) => look(so_far, screen) })),
    { at: STARTS + 8 * HOUR + 60_000, look: handOver },
    { at: STARTS + 8 * HOUR + 180_000, look: takeOver },
  ])
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** The note of the shift that goes, taken over by the one that comes. */
async function handOver(so_far: Played): Promise<void> {
  const [writes] = staff.operators
  const before = structuredClone(so_far.cases.map(({ handler: _, ...rest }) => rest)) as unknown as Case[]
  const note = await writes.must<Handover>('PUT', '/api/handovers', {
    day: DAY,
    shift: 'pagi',
    words: 'tidak ada hal khusus',
    equipment: 'baik',
    revision: 0,
  })
  so_far.lines.push({
    kind: 'handover.written',
    actor: writes.actor,
    incident_id: null,
    occurred_at: clock.at,
    recorded_at: clock.at,
  })
  handed_over = { before, at: clock.at, note }
}

async function takeOver({ lines }: Played): Promise<void> {
  const { id, revision } = handed_over.note
  await staff.next.must('POST', `/api/handovers/${id}/acknowledge`, { revision })
  lines.push({
    kind: 'handover.acknowledged',
    actor: staff.next.actor,
    incident_id: null,
    occurred_at: clock.at,
    recorded_at: clock.at,
  })
}

describe('a shift of eight hours', () => {
  it('has 120 calls, of which 40 are a case of its own, and all come to an end', () => {
    expect([played.calls.length, played.cases.length]).toEqual([CALLS, CASES])
    expect(played.cases.filter(isOpen)).toEqual([])
    // Otherwise nothing of what follows would be tried.
    for (const course of [
      'declined',
      'help',
      'taken_over',
      'reassigned',
      'cancelled_after_dispatch',
      'handed_over',
      'duplicate',
    ])
      expect(played.cases.map((each) => each.course)).toContain(course)
  })

  it('leaves each line in the log that somebody’s doing must leave, by whom and when, and no other', async () => {
    const client = await server.running.services.db.client()
    const { rows } = await client.query<{
      kind: string
      actor: string
      incident_id: string | null
      occurred_at: Date
      recorded_at: Date
    }>(`select kind, actor, incident_id, occurred_at, recorded_at from event where seq > $1 order by seq`, [before_seq])
    await client.end()
    const numbers = new Map(played.cases.map(({ id, number }) => [id, number]))
    const told = ({ kind, actor, incident_id, occurred_at, recorded_at }: Line) =>
      `${iso(recorded_at)} ${kind} ${actor.replace(/^integration:.*/, 'integration')} ${incident_id ? numbers.get(incident_id) : '-'} ${iso(occurred_at)}`
    const written = rows.map((row) =>
      told({ ...row, occurred_at: row.occurred_at.getTime(), recorded_at: row.recorded_at.getTime() }),
    )
    expect(written.toSorted()).toEqual(played.lines.map(told).toSorted())
    // In the order in which it was recorded.
    expect(rows.map(({ recorded_at }) => recorded_at.getTime())).toEqual(
      rows.map(({ recorded_at }) => recorded_at.getTime()).toSorted((a, b) => a - b),
    )
  })

  it('refuses whatever was not somebody’s to do', () => {
    expect(played.refused.length).toBeGreaterThan(40)
    expect(played.refused.filter(({ status }) => ![403, 409, 422].includes(status))).toEqual([])
    expect(new Set(played.refused.map(({ what }) => what.split(' ')[0])).size).toBeGreaterThan(6)
  })

  it('has each case with the instants and the calls that the script knows', async () => {
    const list = await staff.supervisor.must<Incident[]>('GET', '/api/incidents?limit=500')
    const row = (each: Incident) => ({
      number: each.number,
      status: each.status,
      received_at: iso(Date.parse(each.received_at)),
      dispatched_at: each.dispatched_at && iso(Date.parse(each.dispatched_at)),
      resolved_at: each.resolved_at && iso(Date.parse(each.resolved_at)),
      closed_at: each.closed_at && iso(Date.parse(each.closed_at)),
      ended_at: each.ended_at && iso(Date.parse(each.ended_at)),
      call_count: each.call_count,
    })
    const expected = played.cases.map((each) => ({
      number: each.number,
      status: each.status,
      received_at: iso(each.received_at),
      dispatched_at: iso(each.dispatched_at),
      resolved_at: iso(each.resolved_at),
      closed_at: iso(each.closed_at),
      ended_at: iso(each.ended_at),
      call_count: each.calls,
    }))
    const byNumber = (a: { number: string }, b: { number: string }) => (a.number < b.number ? -1 : 1)
    expect(list.map(row).toSorted(byNumber)).toEqual(expected.toSorted(byNumber))
    // Numbers have no gaps.
    expect(list.map(({ number }) => Number(number.slice(-4))).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: CASES }, (_, i) => i + 1),
    )
  })

  it('shows in the middle and at the end, on wall and console what is open, and which clocks are past their limit', () => {
    expect(looked).toHaveLength(2)
    for (const { at, wall, console: desk, expected, stale, faults } of looked) {
      expect({ at, desk, stale, faults }).toEqual({ at, desk: expected, stale: false, faults: [] })
      expect(expected, at).toMatchObject(wall as object)
      expect(Object.keys(wall as object).length).toBeGreaterThanOrEqual(
        Math.min(8, Object.keys(expected as object).length),
      )
    }
  })

  it('is handed over with its open cases and their clocks', () => {
    const expected = handed_over.before.filter(isOpen).map((each) => {
      const clocks = clocksOf(each, handed_over.at)
      return { number: each.number, breached: [clocks?.agent.state === 'breached', clocks?.opd.state === 'breached'] }
    })
    expect(expected.length).toBeGreaterThan(0)
    expect(
      handed_over.note.cases
        .map(({ number, agent, opd }) => ({ number, breached: [agent.state === 'breached', opd.state === 'breached'] }))
        .toSorted((a, b) => (a.number < b.number ? -1 : 1)),
    ).toEqual(expected.toSorted((a, b) => (a.number < b.number ? -1 : 1)))
  })

  it('comes out in the figures as the script counts it', async () => {
    const districts = await staff.supervisor.must<District[]>('GET', `/api/stats/districts?from=${DAY}&to=2026-11-25`)
    const sum = (of: (district: District) => number) => districts.reduce((total, district) => total + of(district), 0)
    const counted = played.cases.flatMap((each) => clocksOf(each, clock.at) ?? [])
    const late = (stage: 'agent' | 'opd') => ({
      n: counted.filter((clocks) => clocks[stage].seconds !== null).length,
      breached: counted.filter((clocks) => clocks[stage].state === 'breached').length,
    })
    expect(late('agent').breached).toBeGreaterThan(0)
    expect(late('opd').breached).toBeGreaterThan(0)
    expect({ n: sum((each) => each.agent.n), breached: sum((each) => each.agent.breached) }).toEqual(late('agent'))
    expect({ n: sum((each) => each.opd.n), breached: sum((each) => each.opd.breached) }).toEqual(late('opd'))
    expect(sum((each) => each.incidents)).toBe(counted.length)
  })

  it('is read, whatever of it may be read, as the document of the API declares it', async () => {
    const [first] = played.cases.filter(({ status, jobs }) => status === 'closed' && jobs.length > 0)
    const [call] = played.calls
    const { rows } = await staff.supervisor.must<Ledger>('GET', `/api/ledger?month=${DAY.slice(0, 7)}&rows=all`)
    const [message] = await staff.supervisor.must<{ id: string }[]>('GET', '/api/outbox')
    const ids: Record<string, string | undefined> = {
      incidents: first.id,
      calls: call.id,
      assignments: first.jobs[0].id,
      units: first.jobs[0].unit_id ?? undefined,
      decisions: rows.at(0)?.id,
      outbox: message.id,
    }
    /** Stretches are days, but months of the survey and instants of a replay and of looks. */
    const stretch = (path: string, i: 0 | 1): string | undefined =>
      /^\/api\/(coverage|ledger)$/.test(path)
        ? undefined
        : /^\/api\/(replay|privacy)\b/.test(path)
          ? new Date(STARTS + (i === 0 ? 1 : 3) * HOUR).toISOString()
          : path.startsWith('/api/skm')
            ? ['2026-11-01', '2026-12-01'][i]
            : [DAY, '2026-11-25'][i]
    const { read, faults, refused } = await readEverything(server, (path, name) => {
      const one: Record<string, string | undefined> = {
        id: ids[/(\w+)\/\{id\}/.exec(path)?.[1] ?? ''],
        month: DAY.slice(0, 7),
        from: stretch(path, 0),
        to: stretch(path, 1),
        at: path === '/api/replay' ? stretch(path, 1) : undefined,
        number: first.number,
        lon: '109.67',
        lat: '-6.89',
        agency_kind: 'damkar',
        incident_type: path === '/api/duplicates' ? 'kebakaran' : undefined,
        rows: 'all',
        collection: 'incidents',
        feature: first.id,
      }
      return one[name]
    })
    expect(faults).toEqual([])
    expect(refused).toEqual([expect.stringMatching('^/api/complaints/{id}')])
    expect(read.length).toBeGreaterThan(60)
  })

  it('leaves a log that is whole', async () => {
    const { seq } = await walkChain(server.running.services.db)
    expect(seq).toBeGreaterThan(played.lines.length)
  })
})

/** What hands do on a page from now on: keys pressed, and whether a pointer was ever used. */
const hands = (opened: Page) =>
  opened.evaluate(() => {
    const done = { keys: 0, pointers: 0 }
    document.addEventListener('keydown', () => done.keys++, true)
    document.addEventListener('pointerdown', () => done.pointers++, true)
    Object.assign(window, { hands: done })
  })
const handsOf = (opened: Page) =>
  opened.evaluate(() => (window as unknown as { hands: { keys: number; pointers: number } }).hands)
const focused = (opened: Page, selector: string) =>
  opened.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector)

describe('one case', () => {
  it('goes from the ring to the closed case by keys alone, in less than a minute of typing', async () => {
    clock.running_since = performance.now()
    const desk = await page('/console', staff.operators[0], '[data-connection="live"]')
    const psc = [...staff.dispatchers.values()].find(({ login }) => login === 'opd.psc119') as Person
    const opd = await page('/dispatch', psc, '[data-connection="live"]')
    await hands(desk.page)
    await hands(opd.page)
    const operator = desk.page.keyboard
    const dispatcher = opd.page.keyboard

    const rang = await server.call<{ id: string }>('POST', '/api/calls', {
      token: await server.token('integration'),
      body: { caller_number: '0285 000 113', line: '112' },
    })
    await desk.page.waitForSelector(`[data-pop][data-row="${rang.body.id}"]`)
    await operator.press('j')
    await focused(desk.page, '#incident_type')
    await operator.type('sakit')
    await operator.press('Enter')
    await focused(desk.page, '#location')
    await operator.type('RSUD Bendan')
    await desk.page.waitForSelector('#location-list[aria-busy="false"] [role="option"]')
    await operator.press('Enter')
    await focused(desk.page, '#caller_number')
    expect(await desk.page.inputValue('#caller_number')).toBe('0285 000 113')
    while (!(await desk.page.evaluate(() => document.activeElement?.id === 'description'))) await operator.press('Tab')
    await operator.type('pingsan di halaman')
    await operator.press('Control+Enter')
    await focused(desk.page, '.send input')
    // A hand that saved lifts before it sends.
    await desk.page.waitForTimeout(600)
    await operator.press('Control+Enter')

    await opd.page.waitForSelector('[data-arrival]')
    for (const [key, status] of [
      ['t', 'acknowledged'],
      ['b', 'en_route'],
      ['l', 'on_scene'],
      ['s', 'done'],
    ]) {
      await dispatcher.press(key)
      await opd.page.waitForSelector(`[data-assignment="${status}"]`)
    }
    await dispatcher.press('r')
    await focused(opd.page, 'form input')
    for (const [field, words] of [
      [3, 'kelelahan'],
      [2, 'dibawa ke IGD'],
    ] as const) {
      for (let i = 0; i < field; i++) await dispatcher.press('Tab')
      await dispatcher.type(words)
    }
    // Esc takes the form away, and none of the words.
    await dispatcher.press('Escape')
    await opd.page.waitForFunction(() => document.querySelector('.case form') === null)
    await dispatcher.press('r')
    await focused(opd.page, 'form input')
    expect(await opd.page.inputValue('.case form textarea')).toBe('kelelahan')
    await dispatcher.press('Control+Enter')
    await opd.page.waitForSelector('[data-report]')

    await desk.page.waitForSelector('[data-opd-reports="1"]')
    await operator.press('Alt+l')
    await desk.page.waitForSelector('[data-final-form]')
    for (const [id, words] of [
      ['final-summary', 'pasien dibawa ke IGD'],
      ['final-outcome', 'aman'],
    ]) {
      while (!(await desk.page.evaluate((wanted) => document.activeElement?.id === wanted, id)))
        await operator.press('Tab')
      await operator.type(words)
    }
    await operator.press('Control+Enter')
    await desk.page.waitForSelector('[data-final-report="1"]')

    const [incident] = await staff.supervisor.must<Incident[]>('GET', '/api/incidents?status=closed&limit=1')
    expect(incident).toMatchObject({ status: 'closed', incident_type: 'sakit_mendadak', call_count: 1 })
    const { incident_id } = await staff.supervisor.must<{ incident_id: string }>('GET', `/api/calls/${rang.body.id}`)
    expect(incident_id).toBe(incident.id)
    const did = [await handsOf(desk.page), await handsOf(opd.page)]
    expect(did.map(({ pointers }) => pointers)).toEqual([0, 0])
    // Four keys a second, which is no typist.
    expect((did[0].keys + did[1].keys) / 4).toBeLessThan(60)
    expect([...desk.faults, ...opd.faults]).toEqual([])
    await desk.context.close()
    await opd.context.close()
  })
})
