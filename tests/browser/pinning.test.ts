import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { distanceM } from '../../geo/earth.ts'
import type { CallDetail, IncidentCalls } from '../../geo/wire/calls.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { faultsOf, keepScreenshot } from '../helpers/browser.ts'
import { openRoom, says, saysNot } from '../helpers/room.ts'

const room = openRoom()
const openIncidents = () => room.ask<Incident[]>('GET', '/api/incidents?status=open')
const caseOf = (id: string) => room.ask<Incident & IncidentCalls>('GET', `/api/incidents/${id}`)
const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] })

interface Desk {
  page: Page
  faults: string[]
  keys: (...keys: string[]) => Promise<void>
}
/** One operator signs in once; each test has a tab of its own, and with it a storage of its own, but not all of the page to load again. */
let operator: BrowserContext | undefined
async function atDesk(): Promise<Desk> {
  const signed_in = operator !== undefined
  operator ??= await room.browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await operator.newPage()
  const faults = faultsOf(page)
  await page.goto(`${room.server.url}/console${signed_in ? '' : `?token=${room.token('operator')}`}`)
  await page.waitForSelector('[data-connection="live"]')
  await page.waitForSelector('.map canvas')
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key)
  }
  return { page, faults, keys }
}
const focused = (page: Page, id: string) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id)

/** Whatever the tests left open ends, so that none is a likely duplicate of the next test's. */
afterEach(async () => {
  for (const { id } of await openIncidents())
    await room.ask('PATCH', `/api/incidents/${id}`, { status: 'cancelled' }, 'supervisor')
  for (const page of operator?.pages() ?? []) await page.close()
})

/** By keyboard to a form with a type and with words that the server found something for. */
async function say({ page, keys }: Desk, words: string, type = 'keba'): Promise<void> {
  await keys('n')
  await focused(page, 'incident_type')
  await page.keyboard.type(type)
  await keys('Enter')
  await focused(page, 'location')
  await page.keyboard.type(words)
  await page.waitForSelector('#location-list[aria-busy="false"] [role="option"]')
}
/** …and with the first place taken for them. */
async function pin(desk: Desk, words: string, type?: string): Promise<void> {
  await say(desk, words, type)
  await desk.keys('Enter')
  await focused(desk.page, 'caller_number')
  await desk.page.waitForSelector('.desk-pin:not(.tentative)')
}
const chosen = (page: Page) => page.textContent('.pin')
const radius = (page: Page) => page.textContent('[role="group"] output')
/** What a clipboard brings to the field for the place. */
async function paste(page: Page, text: string): Promise<void> {
  await page.focus('#location')
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    // As the browser does: what nobody stopped goes into the field.
    if (document.activeElement?.dispatchEvent(event)) document.execCommand('insertText', false, pasted)
  }, text)
}
/** Waits until the map lies still, then answers the middle of an element on the screen. */
async function still(page: Page, selector: string): Promise<{ x: number; y: number }> {
  await page.waitForFunction((wanted) => {
    const node = document.querySelector(wanted)
    if (!node) return false
    const { x, y } = node.getBoundingClientRect()
    const at = `${Math.round(x)} ${Math.round(y)}`
    const held = (window as { lies?: { at: string; since: number } }).lies
    if (held?.at !== at) (window as { lies?: object }).lies = { at, since: performance.now() }
    return held?.at === at && performance.now() - held.since > 600
  }, selector)
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
async function drag(page: Page, selector: string, dx: number, dy: number): Promise<void> {
  const { x, y } = await still(page, selector)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 })
  await page.mouse.move(x + dx, y + dy, { steps: 4 })
  await page.mouse.up()
}
/** Saves the form; the incident as the server holds it. */
async function saved({ page, keys }: Desk): Promise<Incident & IncidentCalls & { address_text: string }> {
  const before = new Set((await openIncidents()).map(({ id }) => id))
  await keys('Control+Enter')
  await page.waitForSelector('[data-case]')
  const made = (await openIncidents()).find(({ id }) => !before.has(id))
  if (!made) throw new Error('nothing was saved')
  return (await caseOf(made.id)) as Incident & IncidentCalls & { address_text: string }
}
/** An incident as another operator records it. */
const record = async (at: [number, number], over: object = {}) =>
  (
    await room.ask<{ incident: Incident }>('POST', '/api/incidents', {
      ...{ incident_type: 'kebakaran', location: point(...at), accuracy_m: 40, ...over },
    })
  ).incident
const placeOf = async (words: string) =>
  (
    await room.ask<{ features: { geometry: { coordinates: [number, number] } }[] }>(
      ...(['GET', `/api/geocode?${new URLSearchParams({ q: words })}`] as const),
    )
  ).features[0].geometry.coordinates
const likely = (page: Page, { number }: Incident) => page.waitForSelector(`[data-row-of="${number}"]`)

describe('the pin', () => {
  it('is found by words, chosen by arrows, and what was said stays beside what was chosen', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await say(desk, 'rsud')
    await keys('ArrowDown')
    const second = (await page.textContent('#location-list [aria-selected="true"] .label')) ?? ''
    // The map follows before anything is taken.
    await page.waitForSelector('.desk-pin.tentative')
    await keys('Enter')
    await focused(page, 'caller_number')
    expect(await chosen(page)).toContain(second)
    expect(await page.textContent('.said')).toMatch(/Kata penelepon.*“rsud”/)
    expect(await page.inputValue('#location')).toBe('rsud')
    // Left and come back to, the next key goes where the last one went, and erases nothing.
    await page.focus('#description')
    await keys('Escape', 'n')
    await focused(page, 'description')
    expect(await chosen(page)).toContain(second)
    const incident = await saved(desk)
    expect(incident.address_text).toBe('rsud')
    await says(page, /“rsud”/)
    await says(page, new RegExp(`Dipilih\\s+${incident.place_label?.slice(0, 12)}`))
    expect(desk.faults).toEqual([])
  })

  it('is dragged, pressed onto the map and nudged, and is named anew each time', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await pin(desk, 'RSUD Bendan')
    const found = await placeOf('RSUD Bendan')
    const first = await chosen(page)
    await drag(page, '.desk-pin', 120, 60)
    await page.waitForFunction((old) => document.querySelector('.pin')?.textContent !== old, first)
    // Not its coordinates: words.
    await page.waitForFunction(() => !/-\d\.\d{5}/.test(document.querySelector('.pin')?.textContent ?? '-6.00000'))
    const dragged = await chosen(page)
    const before = await still(page, '.desk-pin')
    await page.focus('#location')
    await page.mouse.click(before.x - 200, before.y + 150)
    // Whoever types on writes the number and commands nothing.
    await focused(page, 'caller_number')
    await page.waitForFunction((old) => document.querySelector('.pin')?.textContent !== old, dragged)
    await still(page, '.desk-pin')
    await page.focus('.desk-pin')
    await keys('ArrowUp', 'Shift+ArrowRight')
    const after = await still(page, '.desk-pin')
    expect(after.x).toBeGreaterThan(before.x - 200)
    const incident = await saved(desk)
    const moved = distanceM(found, incident.location.coordinates)
    expect(moved).toBeGreaterThan(20)
    expect(moved).toBeLessThan(2_000)
    expect(incident.address_text).toBe('RSUD Bendan')
    expect(desk.faults).toEqual([])
  })

  it('has a circle that keys, buttons and its edge make wider, and that is what is sent', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await pin(desk, 'RSUD Bendan')
    const metres = async () => Number((await radius(page))?.match(/[\d.,]+/)?.[0].replace(',', '.'))
    const first = await metres()
    await keys('Alt+ArrowUp', 'Alt+ArrowUp')
    const second = await metres()
    expect(second).toBeGreaterThan(first)
    // Typing is not hurt: the caret's own keys stay with the field.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('caller_number')
    await page.focus('.desk-pin')
    await keys('+')
    const third = await metres()
    expect(third).toBeGreaterThan(second)
    await keys('-')
    expect(await metres()).toBe(second)
    await page.click('[aria-label="Perlebar radius"]')
    expect(await metres()).toBe(third)
    await drag(page, '.desk-radius', 60, 0)
    await page.waitForFunction((old) => document.querySelector('output')?.textContent !== old, `±${third} m`)
    const drawn = await metres()
    expect(drawn).toBeGreaterThan(third)
    await keepScreenshot(page, 'pinning-circle')
    expect((await saved(desk)).accuracy_m).toBe(drawn)
  })

  it('offers the other reading when latitude and longitude look swapped', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await say(desk, '109.6753, 6.8885')
    await keys('Enter')
    await focused(page, 'caller_number')
    await says(page, /Periksa: .*(minus|terbalik|tertukar)/)
    const read = await chosen(page)
    await page.click('.swap button')
    await page.waitForFunction((old) => document.querySelector('.pin')?.textContent !== old, read)
    // Far away, as it was written; and back.
    await says(page, /Di luar kota/)
    await page.click('.swap button')
    await saysNot(page, /Di luar kota/)
    expect(await page.inputValue('#location')).toBe('109.6753, 6.8885')
  })

  it('says in its own words why nothing was found', async () => {
    const { page, keys } = await atDesk()
    await keys('n')
    await page.focus('#location')
    await page.keyboard.type('https://maps.app.goo.gl/abc123')
    await says(page, /Tautan pendek tidak dapat dibaca/)
  })
})

describe('where the phone is', () => {
  it('is a second pin, used by one press and given back by another', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await pin(desk, 'RSUD Bendan')
    const first = await chosen(page)
    await paste(page, 'https://maps.google.com/?q=-6.883200,109.671500')
    await page.waitForSelector('[data-device="offered"]')
    await page.waitForSelector('.desk-device')
    expect(await page.textContent('[data-device]')).toMatch(/Lokasi perangkat\s+±5 m, [\d.,]+ k?m dari pin/)
    expect(await chosen(page)).toBe(first)
    expect(await page.inputValue('#location')).toBe('RSUD Bendan')
    await keepScreenshot(page, 'pinning-device')
    await keys('Alt+p')
    await page.waitForSelector('[data-device="taken"]')
    await keys('Alt+p')
    await page.waitForSelector('[data-device="offered"]')
    expect(await chosen(page)).toBe(first)
    await page.click('text=Pakai')
    await page.waitForSelector('[data-device="taken"]')
    const incident = await saved(desk)
    expect(distanceM([109.6715, -6.8832], incident.location.coordinates)).toBeLessThan(2)
    expect(incident.address_text).toBe('RSUD Bendan')
  })

  it('told by the network under the number finds its call while it is being typed', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    const caller_number = '0285 000 117'
    const fix = { caller_number, location: point(109.68, -6.895), accuracy_m: 30, source: 'aml' }
    await room.ask('POST', '/api/device-locations', fix)
    await pin(desk, 'RSUD Bendan')
    const first = await chosen(page)
    await page.keyboard.type(caller_number)
    await keys('Tab')
    await page.waitForSelector('[data-device="offered"]')
    expect(await chosen(page)).toBe(first)
  })

  it('told by the network stands beside the pin of its call, and survives a reload', async () => {
    const desk = await atDesk()
    const { page } = desk
    const registered = page.waitForResponse((answer) => answer.url().endsWith('/api/calls'))
    await pin(desk, 'RSUD Bendan')
    const { id } = (await (await registered).json()) as CallDetail
    const first = await chosen(page)
    const told = { call_id: id, location: point(109.68, -6.895), accuracy_m: 30, source: 'aml' }
    await room.ask('POST', '/api/device-locations', told)
    await page.waitForSelector('[data-device="offered"]')
    expect(await page.textContent('[data-device]')).toMatch(/±30 m/)
    expect(await chosen(page)).toBe(first)
    await page.reload()
    await page.waitForSelector('[data-device="offered"]')
    expect(await chosen(page)).toBe(first)
  })
})

describe('what lies outside', () => {
  it('is named, and handed over by one press, which no Enter reaches', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await say(desk, 'alun-alun kabupaten Batang')
    await page.waitForSelector('section.outside')
    expect(await page.textContent('section.outside')).toMatch(/Kabupaten Batang.*dari batas kota/s)
    await keepScreenshot(page, 'pinning-outside')
    await keys('Enter', 'Enter', 'Enter')
    await focused(page, 'caller_number')
    expect(await page.$('[data-case]')).toBeNull()
    await page.keyboard.type('0285 000 112')
    await keys('Alt+s')
    await page.waitForSelector('[data-case] [data-status="handed_over"]')
    await says(page, /→ Kab\. Batang/)
    expect(await openIncidents()).toEqual([])
    expect(await page.$('.send input')).toBeNull()
  })

  it('is handed over though the server is away, once it is back', async () => {
    const desk = await atDesk()
    const { page, keys } = desk
    await pin(desk, 'alun-alun kabupaten Batang')
    let refused = 0
    await page.route('**/api/incidents/*', (route) => {
      if (route.request().method() !== 'PATCH') return route.continue()
      refused++
      return route.abort()
    })
    await keys('Alt+s')
    await page.waitForSelector('header [data-unsent="1"]')
    expect(refused).toBeGreaterThan(0)
    await page.reload()
    await page.waitForSelector('header [data-unsent="1"]')
    await page.unroute('**/api/incidents/*')
    await page.waitForSelector('[data-unsent]', { state: 'detached', timeout: 20_000 })
    await page.waitForSelector('[data-case] [data-status="handed_over"]')
    const all = await room.ask<Incident[]>('GET', '/api/incidents?status=handed_over')
    expect(all.filter(({ handed_over_to }) => handed_over_to === 'Kab. Batang').length).toBe(2)
  })
})

describe('a likely duplicate', () => {
  it('appears while typing, can be looked at, and takes the call by keyboard alone', async () => {
    const at = await placeOf('RSUD Bendan')
    const fire = await record(at)
    const desk = await atDesk()
    const { page, keys } = desk
    await say(desk, 'RSUD Bendan')
    await likely(page, fire)
    expect(await page.textContent('[data-likely]')).toMatch(/Kebakaran.*hampir pasti sama · \d+ %/s)
    await keepScreenshot(page, 'pinning-likely')
    await keys('Alt+g', 'ArrowLeft', 'Enter')
    await page.waitForSelector('[data-likely] [aria-pressed="true"]')
    // The form is still there, and so is its place.
    expect(await page.inputValue('#location')).toBe('RSUD Bendan')
    await page.fill('#caller_number', '0285 000 114')
    await page.fill('#description', 'api makin besar')
    await keys('Alt+g')
    await page.waitForFunction(() => document.activeElement?.classList.contains('attach'))
    await keys('Enter')
    await page.waitForSelector(`[data-case="${fire.number}"]`)
    await says(page, /Panggilan digabungkan ke/)
    await says(page, /api makin besar/)
    expect(await openIncidents()).toHaveLength(1)
    const held = await caseOf(fire.id)
    expect(held.call_count).toBe(2)
    expect(held.calls.at(-1)).toMatchObject({ address_text: 'RSUD Bendan', caller_number: '0285 000 114' })

    // Undone in one press, the form is back with all that was typed, and the incident has what it had.
    await page.click('[data-arrived] button')
    await page.waitForSelector('#description')
    expect(await page.inputValue('#description')).toBe('api makin besar')
    expect((await caseOf(fire.id)).call_count).toBe(1)
    await page.waitForSelector('[data-likely="0"]')
    expect(desk.faults).toEqual([])
  })

  it('takes a call through an outage and a restart of the server, once', async () => {
    const fire = await record(await placeOf('RSUD Bendan'))
    const desk = await atDesk()
    const { page } = desk
    await pin(desk, 'RSUD Bendan')
    await likely(page, fire)
    await page.fill('#description', 'jangan hilang')
    await room.kill()
    await page.click('[data-likely] .attach')
    await page.waitForSelector('header [data-unsent="1"]')
    await page.fill('#description', 'jangan hilang, dua korban')
    await room.restart()
    await page.waitForSelector('header [data-unsent]', { state: 'detached', timeout: 30_000 })
    await page.waitForSelector(`[data-case="${fire.number}"]`)
    const held = await caseOf(fire.id)
    expect(held.calls.filter(({ description }) => description === 'jangan hilang, dua korban')).toHaveLength(1)
    expect(held.call_count).toBe(2)
    expect(await openIncidents()).toHaveLength(1)
  })

  it('that is none is not proposed again', async () => {
    const fire = await record(await placeOf('RSUD Bendan'))
    const desk = await atDesk()
    const { page, keys } = desk
    await pin(desk, 'RSUD Bendan')
    await likely(page, fire)
    await keys('Alt+g', 'ArrowRight', 'Enter')
    await says(page, /1 dinyatakan bukan/)
    const incident = await saved(desk)
    expect(incident.duplicate_of).toBeNull()
    await saysNot(page, /Mungkin kejadian yang sama/)
    expect(await openIncidents()).toHaveLength(2)
  })

  it('found on save is merged, tells so, and the merge is undone', async () => {
    const fire = await record(await placeOf('RSUD Bendan'))
    const desk = await atDesk()
    const { page } = desk
    await pin(desk, 'RSUD Bendan')
    const incident = await saved(desk)
    await says(page, /Mungkin kejadian yang sama/)
    // The key that saved it, pressed once more, sends nobody to what has been sent to already.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('case-title')
    await page.click(`[data-row-of="${fire.number}"] >> text=Gabungkan`)
    await page.waitForSelector(`[data-case="${fire.number}"]`)
    await says(page, new RegExp(`${incident.number} digabungkan ke kejadian ini`))
    await page.waitForSelector(`[data-merged="${incident.number}"]`)
    expect((await caseOf(fire.id)).call_count).toBe(2)
    await keepScreenshot(page, 'pinning-merged')
    await page.click('[data-arrived] button')
    await page.waitForSelector(`[data-case="${incident.number}"]`)
    expect(await openIncidents()).toHaveLength(2)

    // Merged again, and undone from its own page.
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'duplicate', duplicate_of: fire.id })
    await says(page, new RegExp(`Ganda dari ${fire.number}`))
    await page.click('text=Batalkan penggabungan')
    await saysNot(page, /Ganda dari/)
    expect(await openIncidents()).toHaveLength(2)
  })

  it('gives a call back when it is detached, after asking once', async () => {
    const fire = await record(await placeOf('RSUD Bendan'), { description: 'laporan pertama' })
    const desk = await atDesk()
    const { page, keys } = desk
    await pin(desk, 'RSUD Bendan')
    await likely(page, fire)
    await page.fill('#description', 'ternyata lain')
    await page.click('[data-likely] .attach')
    await page.waitForSelector(`[data-case="${fire.number}"]`)
    await says(page, /Panggilan · \d/)
    await page.click('text=Lepaskan…')
    await focused(page, 'detach_yes')
    await keys('Enter')
    await page.waitForSelector('#description')
    expect(await page.inputValue('#description')).toBe('ternyata lain')
    expect(await page.inputValue('#location')).toBe('RSUD Bendan')
    expect((await caseOf(fire.id)).call_count).toBe(1)
  })
})
