import { afterEach, describe, expect, it } from 'vitest'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf } from '../helpers/browser.ts'
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
  'the log’s integrity': { path: '/admin#audit', role: 'admin', ready: '#audit-title' },
}

describe('axe finds nothing serious on', () => {
  it.each(Object.entries(PAGES))('%s', async (_name, { path, role, ready, keys = [], then }) => {
    if ((await room.ask<unknown[]>('GET', '/api/incidents?status=open')).length === 0)
      await room.ask('POST', '/api/incidents', {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.6702, -6.8958] },
        accuracy_m: 30,
        caller_name: 'Penelepon Uji',
        caller_number: '0285 000 112',
      })
    const context = await room.browser.newContext({ viewport: { width: 1920, height: 1080 } })
    const page = await context.newPage()
    const faults = faultsOf(page)
    const url = new URL(path, room.server.url)
    if (role) url.searchParams.set('token', room.token(role))
    await page.goto(url.href)
    await page.waitForSelector(ready)
    for (const key of keys) await page.keyboard.press(key)
    if (then) await page.waitForSelector(then)
    // Whatever is loaded after the first paint stands there, too.
    await page.waitForTimeout(500)
    expect(await seriousFindings(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
