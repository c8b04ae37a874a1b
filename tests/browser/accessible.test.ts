import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf, keepScreenshot } from '../helpers/browser.ts'
import { png } from '../helpers/pictures.ts'
import { openRoom } from '../helpers/room.ts'

const room = openRoom()
afterEach(async () => {
  for (const context of room.browser.contexts()) await context.close()
})

interface Shown {
  /** Address behind the host. */
  path: string
  /** Who looks; nobody in particular when not told. */
  role?: string
  /** What stands on the page once it is whole. */
  ready: string
  /** Keys pressed after that, and what they bring. */
  keys?: string[]
  then?: string
  /** What is in the room before; answers the path where only that tells it. */
  before?: () => Promise<string | void>
  /** What is done on the page after all that. */
  act?: (page: Page) => Promise<void>
  picture?: string
}

const anOpenCase = async () => (await room.ask<Incident[]>('GET', '/api/incidents?status=open'))[0]
/** The case on the desk was sent out, and its OPD has taken a photo. */
async function sent() {
  const { id, assignments } = await anOpenCase()
  if (assignments.length > 0) return
  const [agency] = await room.ask<{ id: string }[]>('GET', '/api/agencies')
  const body = { agency_ids: [agency.id], override_reason: 'uji' }
  await room.ask('POST', `/api/incidents/${id}/assignments`, body)
  for (const width of [640, 480]) {
    const answer = await fetch(`${room.server.url}/api/incidents/${id}/report/photos?agency_id=${agency.id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${room.token('supervisor')}`, 'content-type': 'image/png' },
      body: new Uint8Array(png(width, 400)),
    })
    expect(answer.status).toBe(201)
  }
}
async function aBlock() {
  const { id } = await room.ask<{ id: string }>('POST', '/api/calls', {}, 'integration')
  await room.ask('PATCH', `/api/calls/${id}`, { kind: 'prank', caller_number: '0285 000 999' })
  await room.ask('POST', `/api/calls/${id}/block`, { hours: 8 })
}
async function aSurvey() {
  const { id } = await room.ask<{ id: string }>('POST', '/api/calls', {}, 'integration')
  await room.ask('PATCH', `/api/calls/${id}`, { kind: 'information', ended_at: new Date().toISOString() })
  return (await room.ask<{ path: string }>('POST', '/api/surveys', { call_id: id }, 'complaints_officer')).path
}
const aComplaint = () =>
  room
    .ask(
      'POST',
      '/api/complaints',
      { id: randomUUID(), channel: 'phone', category: 'slow_arrival', words: 'lama sekali' },
      'complaints_officer',
    )
    .then(() => undefined)
const press = async (page: Page, ...keys: [key: string, then: string][]) => {
  for (const [key, then] of keys) {
    await page.keyboard.press(key)
    await page.waitForSelector(then)
  }
}
const onCase = {
  path: '/console',
  role: 'operator',
  ready: '[data-incident]',
  keys: ['q', 'Enter'],
  then: '[data-case]',
}

const PAGES: Record<string, Shown> = {
  'the start page': { path: '/', ready: 'main li' },
  'signing in': { path: '/masuk', ready: 'form input' },
  'the wall': { path: '/wall', role: 'screen', ready: '[data-incident]' },
  'the console at rest': { path: '/console', role: 'operator', ready: '[data-connection="live"]' },
  'the console with a call': {
    path: '/console',
    role: 'operator',
    ready: '[data-connection="live"]',
    keys: ['n'],
    then: '#incident_type',
  },
  'the console with a case': {
    path: '/console',
    role: 'operator',
    ready: '[data-incident]',
    keys: ['q', 'Enter'],
    then: '.case, [data-case]',
  },
  'the OPD’s page': { path: '/dispatch', role: 'supervisor', ready: '[data-connection="live"]' },
  'the trackers of units': { path: '/field', role: 'supervisor', ready: 'select' },
  'an account of one’s own': { path: '/masuk', role: 'operator', ready: 'main, form' },
  'other names': { path: '/admin#aliases', role: 'admin', ready: 'header nav a[aria-current="page"]' },
  'needs of types': { path: '/admin#needs', role: 'admin', ready: 'h1' },
  'the ledger': { path: '/admin#ledger', role: 'kabid', ready: 'h1' },
  closures: { path: '/admin#closures', role: 'admin', ready: 'h1' },
  accounts: { path: '/admin#accounts', role: 'admin', ready: 'h1' },
  'the room now': {
    path: '/supervisor',
    role: 'supervisor',
    ready: '[data-case]',
    keys: ['ArrowDown'],
    then: '[data-side]',
  },
  'the hand-over': { path: '/supervisor#handover', role: 'supervisor', ready: '#note-words' },
  'the shift plan': { path: '/supervisor#plan', role: 'supervisor', ready: '[data-month]' },
  'the staff': { path: '/supervisor#staff', role: 'admin', ready: '#staff-title', keys: ['n'], then: '#staff-code' },
  'the Kabid’s reviews': { path: '/supervisor', role: 'kabid', ready: '#review-title' },
  'the coverage of a kind': { path: '/coverage', role: 'kabid', ready: '[data-gap]' },
  'the log’s integrity': { path: '/admin#audit', role: 'admin', ready: '#audit-title' },
  'the health of the service': { path: '/admin#health', role: 'supervisor', ready: '[data-part="database"]' },
  'what goes to Kominfo': { path: '/admin#outbox', role: 'admin', ready: '#outbox-title' },
  'personal data of a case': {
    path: '/admin#privacy',
    role: 'admin',
    ready: '#case-number',
    act: async (page) => {
      await page.fill('#case-number', (await anOpenCase()).number)
      await press(page, ['Enter', '[data-file]'])
    },
  },
  'a month’s hotspots': {
    path: '/hotspots',
    role: 'planner',
    ready: '[data-section="tide"]',
    keys: ['ArrowDown', 'm', 'm', 'p'],
    then: '[data-view="trend"]',
  },
  'blocked numbers': {
    path: '/supervisor#blocks',
    role: 'supervisor',
    before: aBlock,
    ready: '[data-block]',
    act: (page) => press(page, ['ArrowDown', '[data-block][aria-current="true"]'], ['b', '[role="alert"]']),
    picture: 'supervisor-blocks',
  },
  'a complaint': {
    path: '/complaints',
    role: 'complaints_officer',
    before: aComplaint,
    ready: '[data-complaint]',
    keys: ['ArrowDown', 'Enter'],
    then: 'article',
  },
  'a complaint being written': {
    path: '/complaints#cases',
    role: 'complaints_officer',
    ready: '#complaints-title',
    keys: ['n'],
    then: '#words',
  },
  'the satisfaction index': { path: '/complaints#skm', role: 'admin', ready: '#skm-title' },
  'figures of complaints': { path: '/complaints#figures', role: 'admin', ready: 'main[aria-busy="false"]' },
  'rules of complaints': { path: '/complaints#rules', role: 'admin', ready: '#terms' },
  'the survey’s first question': {
    path: '/survey',
    before: aSurvey,
    ready: 'button.go',
    act: async (page) => {
      await page.focus('button.go')
      await press(page, ['Enter', '#question'])
    },
  },
  'the final report': {
    ...onCase,
    before: sent,
    act: (page) => press(page, ['Alt+l', '#final-summary']),
  },
  'photos of an OPD': {
    ...onCase,
    before: sent,
    act: async (page) => {
      const asked: string[] = []
      page.on('request', (request) => asked.push(...(/photos\/.+/.exec(request.url()) ?? [])))
      await page.focus('[data-look]')
      await press(page, ['Enter', '[data-photo="2"]'])
      await page.waitForFunction(() => document.activeElement?.getAttribute('data-photo') === '1')
      await keepScreenshot(page, 'console-photos')
      await press(page, ['Enter', '[data-viewer="1"]'], ['ArrowRight', '[data-viewer="2"]'])
      expect(asked).toHaveLength(2)
      await page.keyboard.press('Escape')
      await page.waitForSelector('[data-viewer]', { state: 'detached' })
      expect(await page.locator('[data-case]').count()).toBe(1)
      await page.waitForFunction(() => document.activeElement?.getAttribute('data-photo') === '2')
      await press(page, ['Enter', '[data-viewer]'])
    },
    picture: 'console-photo',
  },
  'a call that rings': {
    path: '/console',
    role: 'operator',
    before: async () => void (await room.ask('POST', '/api/calls', {}, 'integration')),
    ready: '[data-pop="ringing"]',
    act: async (page) => {
      expect(await seriousFindings(page)).toEqual([])
      await press(page, ['n', '[data-ringing="1"]'])
    },
    picture: 'console-ringing',
  },
}

describe('axe finds nothing serious on', () => {
  it.each(Object.entries(PAGES))('%s', async (_name, { path, role, ready, keys = [], then, before, act, picture }) => {
    if ((await room.ask<unknown[]>('GET', '/api/incidents?status=open')).length === 0)
      await room.ask('POST', '/api/incidents', {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.6702, -6.8958] },
        accuracy_m: 30,
        caller_name: 'Penelepon Uji',
        caller_number: '0285 000 112',
      })
    const context = await room.browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    const faults = faultsOf(page)
    const url = new URL((await before?.()) ?? path, room.server.url)
    if (role) url.searchParams.set('token', room.token(role))
    await page.goto(url.href)
    await page.waitForSelector(ready)
    for (const key of keys) await page.keyboard.press(key)
    if (then) await page.waitForSelector(then)
    await act?.(page)
    // Whatever is loaded after the first paint stands there, too.
    await page.waitForTimeout(250)
    if (picture) await keepScreenshot(page, picture)
    expect(await seriousFindings(page)).toEqual([])
    expect(faults).toEqual([])
  })
})

describe('the content security policy', () => {
  const violations = async () =>
    [
      ...(await (await fetch(`${room.server.url}/metrics`)).text()).matchAll(
        /^siaga_csp_violations_total\{.*?"(.+)"\} (\d+)/gm,
      ),
    ].map(([, directive, n]) => `${directive}: ${n}`)

  it('was broken by none of these pages, and would have been told', async () => {
    expect(await violations()).toEqual([])
    const context = await room.browser.newContext()
    const page = await context.newPage()
    await page.goto(`${room.server.url}/wall`)
    await page.evaluate(() => {
      const words = document.createElement('p')
      words.setAttribute('style', 'color: red')
      document.body.append(words)
      const script = document.createElement('script')
      script.textContent = 'document.title = "ran"'
      document.body.append(script)
    })
    await expect.poll(violations, { timeout: 10_000 }).toEqual(['style-src-attr: 1', 'script-src-elem: 1'])
    expect(await page.title()).not.toBe('ran')
  })
})
