import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { faultsOf, keepScreenshot, text } from '../helpers/browser.ts'
import { openRoom, says } from '../helpers/room.ts'

const room = openRoom()
const openIncidents = () => room.ask<Incident[]>('GET', '/api/incidents?status=open')

/** The console as someone with `token` sees it; what the page throws ends up in `faults`. */
async function openConsole(token?: string, query = ''): Promise<{ page: Page; faults: string[] }> {
  const context = await room.browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${room.server.url}/console?${new URLSearchParams(token ? { token } : {})}${query}`)
  return { page, faults }
}
async function atDesk(
  query = '',
): Promise<{ page: Page; faults: string[]; keys: (...keys: string[]) => Promise<void> }> {
  const opened = await openConsole(room.token('operator'), query)
  await opened.page.waitForSelector('[data-connection="live"]')
  await opened.page.waitForSelector('.map canvas')
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await opened.page.keyboard.press(key)
  }
  return { ...opened, keys }
}
const focused = (page: Page, id: string) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id)

/** By keyboard from an empty desk to a form that only waits to be saved. */
async function fillByKeyboard(
  page: Page,
  keys: (...keys: string[]) => Promise<void>,
  words: string,
  description: string,
): Promise<void> {
  await keys('n')
  await focused(page, 'incident_type')
  await page.keyboard.type('keba')
  await keys('Enter')
  await focused(page, 'location')
  await page.keyboard.type(words)
  await page.waitForSelector('#location-list [role="option"]')
  await keys('Enter')
  await focused(page, 'caller_number')
  await page.keyboard.type('0285 000 112')
  await keys('Tab', 'Tab', 'Tab')
  await focused(page, 'description')
  await page.keyboard.type(description)
}

describe('the console', () => {
  it('takes a call from the words to the units on their way, by keyboard alone', async () => {
    const { page, faults, keys } = await atDesk()
    await fillByKeyboard(page, keys, 'RSUD Bendan', 'asap dari dapur')
    await keys('Control+Enter')
    await page.waitForSelector('.send input:focus')
    // The first units of each need are chosen already; nobody has to justify them.
    const chosen = await page.$$eval('.send input:checked', (boxes) => boxes.length)
    expect(chosen).toBeGreaterThanOrEqual(3)
    await keepScreenshot(page, 'console-send')
    await page.waitForTimeout(600)
    await keys('Control+Enter')
    await page.waitForSelector('[data-incident][data-status="dispatched"]')
    const [incident, ...others] = await openIncidents()
    expect(others).toEqual([])
    expect(incident).toMatchObject({ incident_type: 'kebakaran', kelurahan: 'Bendan Kergon', status: 'dispatched' })
    expect(incident.assignments.length).toBe(chosen)
    await says(page, /asap dari dapur/)
    expect(await text(page)).not.toMatch(/BASI|SIMULASI/)
    expect(await page.$$('.steps button')).toEqual([])
    expect(faults).toEqual([])

    await page.click('text=Batalkan')
    await page.click('text=Ya, batalkan')
    await page.waitForFunction(() => document.querySelector('[data-incident]') === null)
    expect(await openIncidents()).toEqual([])
    await page.context().close()
  })

  it('asks why when not the first are sent', async () => {
    const { page, keys } = await atDesk()
    await fillByKeyboard(page, keys, 'RSUD Bendan', 'uji alasan')
    await keys('Control+Enter')
    await page.waitForSelector('.send input:focus')
    const police = page.locator('[data-kind="polres"] input[type="checkbox"]')
    await police.nth(0).focus()
    await keys('Space', 'ArrowDown', 'Space')
    await page.waitForTimeout(600)
    await keys('Control+Enter')
    await focused(page, 'override_reason')
    expect((await openIncidents())[0].status).toBe('received')
    await page.keyboard.type('sedang patroli di sana')
    await page.waitForTimeout(600)
    await keys('Control+Enter')
    await page.waitForSelector('[data-incident][data-status="dispatched"]')
    const [incident] = await openIncidents()
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' })
    await page.context().close()
  })

  it('keeps what was typed through an outage and saves it once', async () => {
    const { page, faults, keys } = await atDesk()
    const loaded = await page.evaluate(() => performance.timeOrigin)
    await fillByKeyboard(page, keys, 'Alun-alun', 'api di atap')
    await room.kill()
    await keys('Control+Enter')
    await says(page, /BELUM TERSIMPAN/)
    await keys('Control+Enter')
    await says(page, /BASI/, 10_000)
    // The call goes on: what is said after the failed attempt counts too.
    await page.fill('#description', 'api di atap, dua orang di dalam')
    expect(await page.inputValue('#caller_number')).toBe('0285 000 112')
    await keepScreenshot(page, 'console-outage')
    await room.restart()
    await page.waitForSelector('[data-case]', { timeout: 20_000 })
    await says(page, /dua orang di dalam/)
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded)
    expect(await openIncidents()).toHaveLength(1)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('sends a lost answer once more under its key, and nothing is written twice', async () => {
    const { page, keys } = await atDesk()
    const before = (await openIncidents()).length
    await fillByKeyboard(page, keys, 'Stasiun Pekalongan', 'jawaban hilang')
    // The server writes it, but its answer never arrives.
    let lost = 0
    await page.route('**/api/incidents', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await keys('Control+Enter')
    await says(page, /BELUM TERSIMPAN/)
    expect(await openIncidents()).toHaveLength(before + 1)
    await keys('Control+Enter')
    await page.waitForSelector('[data-case]')
    expect(lost).toBeGreaterThan(1)
    // A press too many, meant for the form that has just been saved, sends nobody.
    await keys('Control+Enter', 'Control+Enter')
    await page.waitForTimeout(1_500)
    const after = await openIncidents()
    expect(after).toHaveLength(before + 1)
    expect(after.filter((incident) => incident.status !== 'received')).toEqual([])
    await page.context().close()
  })

  it('keeps the draft through a reload', async () => {
    const { page, keys } = await atDesk()
    await fillByKeyboard(page, keys, 'RSUD Bendan', 'jangan hilang')
    await page.reload()
    await page.waitForSelector('#description')
    expect(await page.inputValue('#description')).toBe('jangan hilang')
    expect(await page.inputValue('#incident_type')).toMatch(/Kebakaran/)
    await page.context().close()
  })

  it('tells a fault at its field', async () => {
    const { page, keys } = await atDesk()
    await fillByKeyboard(page, keys, 'RSUD Bendan', 'nomor salah')
    await page.fill('#caller_number', '0285 000 112, '.repeat(5))
    await keys('Control+Enter')
    await page.waitForSelector('#caller_number[aria-invalid="true"]')
    await says(page, /64/)
    await page.fill('#caller_number', '0285 000 112')
    await keys('Control+Enter')
    await page.waitForSelector('[data-case]')
    await page.context().close()
  })

  it('shows who is not signed in how to, and no empty queue', async () => {
    const { page } = await openConsole()
    await says(page, /Anda belum masuk/)
    expect(await text(page)).not.toMatch(/Tidak ada kejadian terbuka/)
    await page.context().close()
  })

  it('gives a supervisor the steps of an assignment', async () => {
    const { page } = await openConsole(room.token('supervisor'))
    await page.waitForSelector('[data-incident]')
    await page.click('[data-incident]')
    await page.waitForSelector('.send input:checked')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.send input:focus')
    await page.waitForTimeout(600)
    await page.keyboard.press('Control+Enter')
    await page.click('.steps button:has-text("Berangkat")')
    await page.waitForSelector('[data-assignment="en_route"]')
    await page.waitForSelector('[data-case] [data-status="handling"]')
    await page.context().close()
  })
})
