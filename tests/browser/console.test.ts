import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { faultsOf, keepScreenshot, launchProfile, text } from '../helpers/browser.ts'
import { phoneJpeg } from '../helpers/pictures.ts'
import { openRoom, says, saysNot } from '../helpers/room.ts'
import { runCommand } from '../helpers/spawned.ts'

const room = openRoom()
// A page that a failed test left behind would go on ringing and painting beside the next ones.
afterEach(async () => {
  for (const context of room.browser.contexts()) await context.close()
})
const openIncidents = () => room.ask<Incident[]>('GET', '/api/incidents?status=open')

/** The console as someone with `token` sees it; what the page throws ends up in `faults`. */
interface Opening {
  /** 1366 x 768 unless told: without a graphics card each pixel of a map costs the other tests their time. */
  viewport?: { width: number; height: number }
  /** What is to be laid between the page and the server before it opens. */
  between?: (page: Page) => Promise<void>
}
async function openConsole(token?: string, options: Opening = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await room.browser.newContext({ viewport: options.viewport ?? { width: 1366, height: 768 } })
  const page = await context.newPage()
  const faults = faultsOf(page)
  await options.between?.(page)
  await page.goto(`${room.server.url}/console?${new URLSearchParams(token ? { token } : {})}`)
  return { page, faults }
}
interface Desk {
  page: Page
  faults: string[]
  keys: (...keys: string[]) => Promise<void>
}
async function atDesk(options?: Opening): Promise<Desk> {
  const opened = await openConsole(room.token('operator'), options)
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
  await fillForm(page, keys, words, description)
}
/** The same in a form that is in front already, and still empty. */
async function fillForm(
  page: Page,
  keys: (...keys: string[]) => Promise<void>,
  words: string,
  description: string,
): Promise<void> {
  await focused(page, 'incident_type')
  await page.keyboard.type('keba')
  await keys('Enter')
  await focused(page, 'location')
  await page.keyboard.type(words)
  // The list must be the answer to all the words.
  await page.waitForSelector('#location-list[aria-busy="false"] [role="option"]')
  await keys('Enter')
  await focused(page, 'caller_number')
  await page.keyboard.type('0285 000 112')
  await keys('Tab', 'Tab', 'Tab')
  await focused(page, 'description')
  await page.keyboard.type(description)
}

/** Whether a file under the folder of a profile's IndexedDB holds the words, in either of the encodings that Chromium writes. */
function holds(folder: string, words: string): boolean {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const kept = files.filter((file) => file.isFile() && file.parentPath.includes('IndexedDB'))
  return kept.some((file) => {
    const bytes = readFileSync(join(file.parentPath, file.name))
    return (
      bytes.includes(words) ||
      bytes.includes(Buffer.from(words, 'utf16le')) ||
      bytes.includes(Buffer.from(words, 'utf16le').swap16())
    )
  })
}

/** An incident as another operator records it. */
const record = async (over: object = {}) =>
  (
    await room.ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: { type: 'Point', coordinates: [109.675, -6.888] },
      ...over,
    })
  ).incident
const end = (id: string) => room.ask('PATCH', `/api/incidents/${id}`, { status: 'cancelled' }, 'supervisor')
const rowOf = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row ?? null)
const focusedRow = (page: Page, row: string) =>
  page.waitForFunction((wanted) => (document.activeElement as HTMLElement | null)?.dataset.row === wanted, row)
const open = async (page: Page, { number }: Incident) => {
  await page.click(`[data-incident="${number}"]`)
  await page.waitForSelector(`[data-case="${number}"] .send input`)
}
/** From now on no POST of an incident reaches the server, until the answer is called. */
async function cutOff(page: Page): Promise<() => Promise<void>> {
  await page.route('**/api/incidents', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  return () => page.unroute('**/api/incidents')
}

it('draws no map while nothing on it changes, with a case whose clock runs', async () => {
  const { incident } = await room.ask<{ incident: Incident }>('POST', '/api/incidents', {
    incident_type: 'kebakaran',
    location: { type: 'Point', coordinates: [109.662, -6.89154] },
  })
  const { page } = await atDesk({
    async between(opening) {
      await opening.addInitScript(() => {
        const { drawElements } = WebGL2RenderingContext.prototype
        const counted = globalThis as unknown as { draws?: number }
        WebGL2RenderingContext.prototype.drawElements = function (mode, count, type, offset) {
          counted.draws = (counted.draws ?? 0) + 1
          drawElements.call(this, mode, count, type, offset)
        }
      })
    },
  })
  const draws = () => page.evaluate(() => (globalThis as unknown as { draws?: number }).draws ?? 0)
  try {
    await says(page, /Kebakaran/)
    await expect.poll(draws).toBeGreaterThan(0)
    // Names and roads come a moment after the first picture.
    await expect
      .poll(
        async () => {
          const before = await draws()
          await page.waitForTimeout(3_000)
          return (await draws()) - before
        },
        { timeout: 20_000 },
      )
      .toBe(0)
  } finally {
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' }, 'supervisor')
  }
})

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

    await end(incident.id)
    await page.waitForFunction(() => document.querySelector('[data-incident]') === null)
    expect(await openIncidents()).toEqual([])
    await page.context().close()
  })

  it('keeps what the arrows point at in the list of types while the seconds go by', async () => {
    const { page, faults, keys } = await atDesk()
    await keys('n')
    await focused(page, 'incident_type')
    await keys('ArrowDown', 'ArrowDown')
    const pointed = () => page.getAttribute('#incident_type-list [aria-selected="true"]', 'id')
    const before = await pointed()
    const first = await page.getAttribute('#incident_type-list [role="option"]', 'id')
    expect(before).not.toBe(first)
    // The page makes its lists anew each second.
    await page.waitForTimeout(2_200)
    expect(await pointed()).toBe(before)
    expect(faults).toEqual([])
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
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' }, 'supervisor')
    await page.context().close()
  })

  it('asks what becomes of a busy unit’s job, by keyboard; and says who was quicker', async () => {
    const { page, faults, keys } = await atDesk()
    const first = await record({
      incident_type: 'mobil_jenazah',
      location: { type: 'Point', coordinates: [109.661, -6.893] },
    })
    const { groups } = await room
      .ask<{ units: { unit_id: string }[] }[]>('GET', `/api/incidents/${first.id}/recommendations`)
      .then((groups) => ({ groups }))
    const [hearse] = groups[0].units
    await room.ask('POST', `/api/incidents/${first.id}/assignments`, { unit_ids: [hearse.unit_id] })
    const second = await record({
      incident_type: 'mobil_jenazah',
      location: { type: 'Point', coordinates: [109.69, -6.87] },
    })
    await open(page, second)
    // Nobody is free: the busy one is in sight, and nothing is chosen for the operator.
    const box = `[data-busy="${hearse.unit_id}"]`
    await page.waitForSelector(box)
    await page.focus(box)
    await keys('Space')
    await page.waitForSelector('[role="dialog"] button:focus')
    await says(page, new RegExp(`PMI 2 sedang bertugas[\\s\\S]*${first.number}[\\s\\S]*tanpa unit`))
    await keepScreenshot(page, 'console-busy')
    await keys('Escape')
    await page.waitForSelector('[role="dialog"]', { state: 'detached' })
    await page.waitForSelector(`${box}:focus`)
    expect(await page.isChecked(box)).toBe(false)
    await keys('Space')
    await page.waitForSelector('[role="dialog"] button:focus')
    await keys('Enter')
    await page.waitForSelector(`${box}:focus:checked`)
    await page.waitForTimeout(600)
    await keys('Control+Enter')
    await says(page, new RegExp(`antre sesudah ${first.number}`))
    const [waiting] = (await room.ask<Incident>('GET', `/api/incidents/${second.id}`)).assignments
    expect(waiting).toMatchObject({ unit_id: hearse.unit_id, queued_behind: { number: first.number } })
    // The first ends: it comes.
    await end(first.id)
    await saysNot(page, /antre sesudah/)
    await end(second.id)

    const [mine, theirs] = [
      await record({ incident_type: 'mobil_jenazah', location: { type: 'Point', coordinates: [109.67, -6.9] } }),
      await record({ incident_type: 'mobil_jenazah', location: { type: 'Point', coordinates: [109.68, -6.86] } }),
    ]
    await open(page, mine)
    await page.waitForSelector('.send input:checked')
    await page.route(`**/api/incidents/${mine.id}/assignments`, async (route) => {
      await room.ask('POST', `/api/incidents/${theirs.id}/assignments`, { unit_ids: [hearse.unit_id] })
      await route.continue()
    })
    await page.focus('.send input:checked')
    await keys('Control+Enter')
    await says(page, new RegExp(`PMI 2 sudah dikirim ke ${theirs.number} .* oleh operator [0-9a-f]+`))
    await page.waitForSelector(`${box}:not(:checked)`)
    expect(faults).toEqual([])
    await end(mine.id)
    await end(theirs.id)
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
    // A press too many, meant for the form that has just been saved, sends nobody: two within one breath, as the case appears, however busy the machine is.
    await page.evaluate(() => {
      const watch = new MutationObserver(() => {
        if (!document.querySelector('[data-case]')) return
        watch.disconnect()
        const press = { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }
        for (let i = 0; i < 2; i++)
          (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', press))
        document.documentElement.dataset.pressed = 'twice'
      })
      watch.observe(document.body, { childList: true, subtree: true, attributes: true })
    })
    await keys('Control+Enter')
    await page.waitForSelector('html[data-pressed] [data-case]')
    expect(lost).toBeGreaterThan(1)
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
    // the types come with the live picture
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#incident_type')?.value === 'Kebakaran')
    await page.context().close()
  })

  it('loses nothing when server and browser are killed, and sends once though two tabs are open', async () => {
    const before = await openIncidents()
    const folder = mkdtempSync(join(tmpdir(), 'siaga-desk-'))
    const address = `${room.server.url}/console?${new URLSearchParams({ token: room.token('operator') })}`
    const first = await launchProfile(folder)
    const page = await first.context.newPage()
    await page.goto(address)
    await page.waitForSelector('[data-connection="live"]')
    const keys = async (...pressed: string[]) => {
      for (const key of pressed) await page.keyboard.press(key)
    }
    const type = async (words: string, description: string) => {
      await focused(page, 'incident_type')
      await page.keyboard.type('keba')
      await keys('Enter')
      await focused(page, 'location')
      await page.keyboard.type(words)
      await page.focus('#description')
      await page.keyboard.type(description)
    }
    await room.kill()
    // Nobody but this browser knows that it rang.
    const rang = Date.now()
    await keys('n')
    await type('Alun-alun', 'saat server mati')
    await says(page, /tidak terjangkau/)
    await keys('Control+Enter')
    await page.waitForSelector('header [data-unsent="1"]')
    await keys('Alt+n')
    await type('Stasiun', 'belum selesai diketik')
    await page.waitForTimeout(300)
    await first.kill()
    // Whoever takes the disk away reads nobody's words in it.
    expect(holds(folder, 'saat server mati')).toBe(false)
    expect(holds(folder, 'siaga112-console')).toBe(true)
    await room.restart()

    const second = await launchProfile(folder)
    const posts: string[] = []
    second.context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/incidents')) posts.push(request.postData() ?? '')
    })
    const tabs = [await second.context.newPage(), await second.context.newPage()]
    await Promise.all(tabs.map((tab) => tab.goto(address)))
    await expect.poll(async () => (await openIncidents()).length, { timeout: 15_000 }).toBe(before.length + 1)
    const [sent] = (await openIncidents()).filter(({ id }) => !before.some((old) => old.id === id))
    expect(Math.abs(Date.parse(sent.received_at) - rang)).toBeLessThan(5_000)
    expect(await room.ask('GET', `/api/incidents/${sent.id}`)).toMatchObject({ description: 'saat server mati' })
    // The other draft is offered by one of the tabs, and not sent by itself.
    const offers = () => Promise.all(tabs.map((tab) => tab.locator('[data-call="typing"]').count()))
    await expect.poll(async () => (await offers()).sort()).toEqual([0, 1])
    const desk = tabs[(await offers()).indexOf(1)]
    await says(desk, /Panggilan belum tersimpan dari/)
    await keepScreenshot(desk, 'console-offered')
    expect(posts).toHaveLength(1)
    await desk.focus('[data-call="typing"]')
    await desk.keyboard.press('Enter')
    await desk.waitForSelector('#description')
    expect(await desk.inputValue('#description')).toBe('belum selesai diketik')
    expect(await desk.inputValue('#location')).toBe('Stasiun')
    await desk.focus('#description')
    await desk.getByRole('button', { name: 'Bukan kejadian' }).click()
    await desk.getByRole('button', { name: 'Uji' }).click()
    await desk.waitForSelector('#description', { state: 'detached' })
    const left = () =>
      desk.evaluate(
        () =>
          new Promise<number>((done) => {
            const opened = indexedDB.open('siaga112-console')
            opened.onsuccess = () => {
              const count = opened.result.transaction('calls').objectStore('calls').count()
              count.onsuccess = () => done(count.result)
            }
          }),
      )
    await expect.poll(left).toBe(0)
    await second.context.close()
    rmSync(folder, { recursive: true, force: true })
    await end(sent.id)
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

  it('takes only a place that was found for the very words in the field', async () => {
    const { page, keys } = await atDesk()
    let answer = () => {}
    const answered = new Promise<void>((done) => (answer = done))
    await page.route(/api\/geocode\?q=rsud\+b/, async (route) => {
      await answered
      await route.continue().catch(() => undefined)
    })
    await keys('n')
    await focused(page, 'incident_type')
    await page.keyboard.type('keba')
    await keys('Enter')
    await focused(page, 'location')
    await page.keyboard.type('rsud')
    await page.waitForSelector('#location-list[aria-busy="false"] [aria-selected="true"]:has-text("RSUD Kraton")')
    await page.keyboard.type(' bendan')
    await keys('Enter')
    // The old list stays to be read; neither Enter nor the pointer takes from it.
    await page.waitForSelector('#location-list[aria-busy="true"]')
    await keepScreenshot(page, 'console-older-words')
    await page.locator('#location-list [role="option"]').first().dispatchEvent('pointerdown')
    expect(await page.$('.pin')).toBeNull()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('location')
    // The answer comes, and with it what Enter asked for.
    answer()
    await focused(page, 'caller_number')
    expect(await page.textContent('.pin')).toMatch(/Dipilih · RSUD Bendan/)
    await page.context().close()
  })

  it('shows the list when the answer to an early Enter leaves a doubt', async () => {
    const { page, keys } = await atDesk()
    await keys('n', '/')
    await page.focus('#location')
    await page.keyboard.type('rsud')
    await keys('Enter')
    await says(page, /Maksudnya RSUD/)
    await page.waitForSelector('#location-list[aria-busy="false"] [aria-selected="true"]')
    expect(await page.$('.pin:not(.tentative)')).toBeNull()
    await keys('Enter')
    await focused(page, 'caller_number')
    expect(await page.textContent('.pin')).toMatch(/Dipilih · RSUD/)
    await page.context().close()
  })

  it('keeps what stands in a field that is only visited', async () => {
    const { page, keys } = await atDesk()
    await keys('n')
    await focused(page, 'incident_type')
    await page.keyboard.type('pohon')
    await keys('Enter')
    await focused(page, 'location')
    const chosen = await page.inputValue('#incident_type')
    expect(chosen).toMatch(/Pohon tumbang/)
    await keys('Shift+Tab')
    await focused(page, 'incident_type')
    await keys('Enter')
    expect(await page.inputValue('#incident_type')).toBe(chosen)
    // The second of two places, taken, stays the second.
    await page.fill('#location', 'rsud')
    await page.focus('#location')
    await page.waitForSelector('#location-list[aria-busy="false"] [role="option"]')
    await keys('ArrowDown')
    const second = await page.textContent('#location-list [aria-selected="true"] .label')
    await keys('Enter')
    await focused(page, 'caller_number')
    // Not by Shift+Tab: a likely duplicate that is found meanwhile stands between the two.
    await page.focus('#location')
    await keys('Enter')
    await focused(page, 'caller_number')
    expect(await page.textContent('.pin')).toContain(second)
    await page.context().close()
  })

  it('sends an unsent call though the operator went on to an incident', async () => {
    const { page, keys } = await atDesk()
    const other = await record()
    const before = (await openIncidents()).length
    await fillByKeyboard(page, keys, 'RSUD Kraton', 'ditinggal')
    const mend = await cutOff(page)
    await keys('Control+Enter')
    await says(page, /BELUM TERSIMPAN/)
    await keys('Escape')
    await open(page, other)
    await page.waitForSelector('header [data-unsent="1"]')
    await keepScreenshot(page, 'console-unsent')
    await mend()
    await saysNot(page, /BELUM TERSIMPAN/)
    const after = await openIncidents()
    expect(after).toHaveLength(before + 1)
    // Nobody is torn away from the incident on the desk.
    expect(await page.getAttribute('[data-case]', 'data-case')).toBe(other.number)
    for (const { id } of after) await end(id)
    await page.context().close()
  })

  it('takes the next calls through an outage, and brings back the one that is refused', async () => {
    const { page, keys } = await atDesk()
    await fillByKeyboard(page, keys, 'RSUD Kraton', 'panggilan pertama')
    const mend = await cutOff(page)
    await keys('Control+Enter')
    await page.waitForSelector('header [data-unsent="1"]')
    // What is said late belongs to the first call; then the next phone rings.
    await page.fill('#description', 'panggilan pertama, dua korban')
    await keys('Alt+n')
    await focused(page, 'incident_type')
    expect(await page.inputValue('#description')).toBe('')
    await fillForm(page, keys, 'Stasiun Pekalongan', 'panggilan kedua')
    await page.fill('#caller_number', '0285 000 112, '.repeat(5))
    await keys('Control+Enter')
    await page.waitForSelector('header [data-unsent="2"]')
    await keys('Alt+n')
    await page.waitForFunction(() => document.querySelectorAll('[data-call="waiting"]').length === 2)
    await keepScreenshot(page, 'console-outbox')
    await page.reload()
    await page.waitForFunction(() => document.querySelectorAll('[data-call="waiting"]').length === 2)

    await mend()
    await page.waitForSelector('header [data-refused="1"]', { timeout: 15_000 })
    await saysNot(page, /BELUM TERSIMPAN/)
    const [first, ...others] = await openIncidents()
    expect(others).toEqual([])
    expect(await room.ask('GET', `/api/incidents/${first.id}`)).toMatchObject({
      description: 'panggilan pertama, dua korban',
    })
    // The form of the third call is still in front; the refused one is a row that opens with its fault.
    expect(await page.inputValue('#description')).toBe('')
    await keepScreenshot(page, 'console-refused')
    await keys('Escape', 'q', 'ArrowUp', 'Enter')
    await focused(page, 'caller_number')
    expect(await page.inputValue('#description')).toBe('panggilan kedua')
    await page.fill('#caller_number', '0285 000 112')
    await keys('Control+Enter')
    await page.waitForSelector('[data-case]')
    await saysNot(page, /DITOLAK/)
    const all = await openIncidents()
    expect(all).toHaveLength(2)
    for (const { id } of all) await end(id)
    await page.context().close()
  })

  it('keeps the form of a call until the server holds its kind', async () => {
    const { page, keys } = await atDesk()
    const kinds: string[] = []
    await page.route('**/api/calls/*', (route) => {
      kinds.push(route.request().postData() ?? '')
      return kinds.length === 1 ? route.abort() : route.continue()
    })
    await keys('n')
    await focused(page, 'incident_type')
    await keys('Escape')
    await page.click('text=Bukan kejadian')
    await page.click('text=Iseng')
    await says(page, /Jenis panggilan belum tersimpan/)
    await page.click('text=Iseng')
    await page.waitForSelector('#description', { state: 'detached' })
    expect(kinds).toEqual(['{"kind":"prank"}', '{"kind":"prank"}'])
    await page.context().close()
  })

  it('marks a prank by one press, without an incident, and takes it back by one more', async () => {
    const { page, faults, keys } = await atDesk()
    const before = await openIncidents()
    await keys('n')
    await focused(page, 'incident_type')
    await page.keyboard.type('keba')
    await keys('Enter')
    await keys('Alt+t')
    await focused(page, 'question-0')
    await page.keyboard.type('tidak ada')
    await keys('Alt+i')
    await says(page, /Ditandai: Iseng/)
    expect(await page.$('#description')).toBeNull()
    const kinds: unknown[] = []
    page.on('response', async (response) => {
      if (/api\/calls\//.test(response.url())) kinds.push(((await response.json()) as { kind: unknown }).kind)
    })
    await page.waitForSelector('.marked > button:focus')
    await keys('Enter')
    await page.waitForSelector('#description')
    expect(await page.inputValue('#description')).toBe('Ada yang terjebak? tidak ada')
    await expect.poll(() => kinds).toEqual([null])
    await keys('Alt+i')
    await says(page, /Ditandai: Iseng/)
    await expect.poll(() => kinds).toEqual([null, 'prank'])
    expect(await openIncidents()).toEqual(before)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('asks for the verification of a hidden number only while nobody gave it', async () => {
    const { page, keys } = await atDesk()
    const hidden = await record({ number_hidden: true })
    await open(page, hidden)
    await page.waitForSelector('#verified')
    await room.ask('PATCH', `/api/incidents/${hidden.id}`, { status: 'verified' })
    await page.waitForSelector('#verified', { state: 'detached' })
    await page.focus('.send input')
    await keys('Control+Enter')
    await page.waitForSelector('[data-case] [data-status="dispatched"]')
    await end(hidden.id)
    await page.context().close()
  })

  it('looks at a new case once, though the feed is late to tell of it', async () => {
    const held: (string | Buffer)[] = []
    let tell: (message: string | Buffer) => void = () => undefined
    let holding = false
    const { page, keys } = await atDesk({
      between: (page) =>
        page.routeWebSocket(/\/live/, (socket) => {
          const server = socket.connectToServer()
          tell = (message) => socket.send(message)
          server.onMessage((message) => {
            if (holding && /"type":"event"/.test(String(message))) held.push(message)
            else socket.send(message)
          })
        }),
    })
    const looks: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'GET' && /\/api\/incidents\/[^/]+$/.test(request.url())) looks.push(request.url())
    })
    holding = true
    await fillByKeyboard(page, keys, 'RSUD Kraton', 'kabar terlambat')
    await keys('Control+Enter')
    await page.waitForSelector('[data-case]')
    await page.waitForTimeout(3_000)
    expect(looks).toHaveLength(1)
    // Told at last, and over later: that is looked up once more.
    holding = false
    held.forEach((message) => tell(message))
    await page.waitForSelector('[data-incident]')
    const [incident] = await openIncidents()
    await end(incident.id)
    await page.waitForSelector('[data-case] [data-status="cancelled"]')
    await page.waitForTimeout(1_500)
    expect(looks).toHaveLength(2)
    await page.context().close()
  })

  it('does not claim to know what became of a lost answer, and finds out', async () => {
    const { page, keys } = await atDesk()
    const incident = await record()
    await open(page, incident)
    let back: () => void = () => undefined
    const away = new Promise<void>((done) => (back = done))
    await page.route(`**/api/incidents/${incident.id}/assignments`, async (route) => {
      await route.fetch()
      await page.route(`**/api/incidents/${incident.id}`, async (look) => {
        await away
        await look.continue()
      })
      await route.abort()
    })
    await page.focus('.send input')
    await keys('Control+Enter')
    await says(page, /belum diketahui apakah perintah ini diterima/)
    expect(await text(page)).not.toMatch(/Belum ada yang berubah/)
    back()
    await saysNot(page, /belum diketahui/)
    await page.waitForSelector('[data-case] [data-status="dispatched"]')
    await end(incident.id)
    await page.context().close()
  })

  it('takes two presses of Enter for one cancellation', async () => {
    const { page, keys } = await atDesk()
    const incident = await record()
    await open(page, incident)
    let asked = 0
    await page.route(`**/api/incidents/${incident.id}`, async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue()
      asked++
      await page.waitForTimeout(300)
      await route.continue()
    })
    await page.click('text=Batalkan')
    await focused(page, 'action_note')
    await keys('Enter', 'Enter')
    await page.waitForSelector('[data-case] [data-status="cancelled"]')
    expect(asked).toBe(1)
    expect(await page.$('[data-case] [role="alert"]')).toBeNull()
    await page.context().close()
  })

  it('keeps the focus of the queue on its incident, else on the neighbour', async () => {
    const made = [await record(), await record(), await record()]
    const { page, keys } = await atDesk()
    await page.waitForSelector(`[data-incident="${made[2].number}"]`)
    await keys('q', 'ArrowDown')
    expect(await rowOf(page)).toBe(made[1].number)
    // It moves to the top, and with it the focus.
    await room.ask('PATCH', `/api/incidents/${made[0].id}`, { priority: 4 })
    await room.ask('PATCH', `/api/incidents/${made[2].id}`, { priority: 4 })
    await page.waitForFunction(
      (number) => document.querySelector<HTMLElement>('[data-incident]')?.dataset.incident === number,
      made[1].number,
    )
    await focusedRow(page, made[1].number)
    await room.ask('PATCH', `/api/incidents/${made[0].id}`, { priority: 1 })
    await page.waitForFunction(
      (number) => document.querySelector<HTMLElement>('[data-incident]')?.dataset.incident === number,
      made[0].number,
    )
    await focusedRow(page, made[1].number)
    // It ends: what took its place has the focus, and arrows go on from there.
    await end(made[1].id)
    await focusedRow(page, made[2].number)
    await keys('ArrowUp')
    expect(await rowOf(page)).toBe(made[0].number)
    await end(made[2].id)
    await end(made[0].id)
    await page.waitForSelector('[data-incident]', { state: 'detached' })
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true)
    await page.context().close()
  })

  it('says who goes in full on a small screen', async () => {
    const incident = await record()
    const { page } = await atDesk()
    await open(page, incident)
    const fits = () =>
      page.$eval(
        '[data-incident] .going',
        (node) => node.textContent.length > 0 && node.scrollWidth <= node.clientWidth,
      )
    expect(await fits()).toBe(true)
    await keepScreenshot(page, 'console-1366')
    await page.focus('.send input')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('[data-case] [data-status="dispatched"]')
    expect(await fits()).toBe(true)
    await end(incident.id)
    await page.context().close()
  })
})

describe('a call that a PBX tells of', () => {
  it('is one row with the form that was opened by N while it rang, and opens in one of two tabs of a desk', async () => {
    const { page, faults, keys } = await atDesk()
    const told = await room.ask<{ id: string }>('POST', '/api/calls', {}, 'integration')
    await page.waitForSelector(`[data-row="${told.id}"]`)
    const desked: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/calls')) desked.push(request.postData() ?? '')
    })
    await keys('n')
    await page.waitForSelector('[data-ringing="1"]')
    await keys('Alt+j')
    await page.waitForSelector(`[data-from-pbx="${told.id}"]`)
    await focused(page, 'incident_type')
    expect(desked).toEqual([])
    await keys('Alt+u')
    await page.waitForSelector('#incident_type', { state: 'detached' })

    // An account: the PBX knows logins.
    const account = { login: 'meja7', role: 'operator' }
    const { id } = await room.ask<{ id: string }>('POST', '/api/accounts', account, 'admin')
    const { path } = await room.ask<{ path: string }>('POST', `/api/accounts/${id}/link`, {}, 'admin')
    await page.evaluate(async (link) => {
      const body = JSON.stringify({ link, password: 'gajah biru menari 7' })
      await fetch('/api/links/use', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    }, path.split('tautan=')[1])
    const other = await page.context().newPage()
    for (const tab of [page, other]) {
      await tab.goto(`${room.server.url}/console`)
      await tab.waitForSelector('[data-connection="live"]')
    }
    const through = await room.ask<{ id: string }>('POST', '/api/calls', {}, 'integration')
    const said = { answered_at: new Date().toISOString(), answered_by: 'meja7' }
    await room.ask('PATCH', `/api/calls/${through.id}`, said, 'integration')
    const form = `[data-from-pbx="${through.id}"]`
    const opened = async () => (await page.locator(form).count()) + (await other.locator(form).count())
    await expect.poll(opened).toBe(1)
    await page.waitForTimeout(700)
    expect(await opened()).toBe(1)
    const idle = (await page.locator(form).count()) === 1 ? other : page
    await idle.focus(`[data-row="${through.id}"]`)
    await idle.keyboard.press('Enter')
    await idle.waitForSelector('[data-lost]')
    expect(await opened()).toBe(1)
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe('the dispatcher of an OPD', () => {
  it('hears an arrival until a key acknowledges it, sends a unit of its own and asks the room for help', async () => {
    const token = runCommand('token', ['dispatcher', '--agency', 'psc119'], room.env).stdout.trim().split('\n').at(-1)
    const agencies = await room.ask<{ id: string; code: string }[]>('GET', '/api/agencies')
    const psc = agencies.find(({ code }) => code === 'psc119')
    const page = await room.browser.newPage({ viewport: { width: 1366, height: 768 } })
    const faults = faultsOf(page)
    await page.goto(`${room.server.url}/dispatch?token=${token}`)
    await page.waitForSelector('[data-connection="live"]')
    const { incident } = await room.ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kecelakaan',
      location: { type: 'Point', coordinates: [109.675, -6.889] },
      accuracy_m: 20,
      description: 'Dua orang luka',
    })
    await room.ask('POST', `/api/incidents/${incident.id}/assignments`, { agency_ids: [psc?.id] })
    await page.waitForSelector(`[data-arrival="${incident.number}"]`)
    expect(await page.title()).toMatch(/^\(1\) PENUGASAN BARU/)
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('.desk')?.dataset.rings) >= 2)
    await page.keyboard.press('t')
    await page.waitForSelector('[data-arrival]', { state: 'detached' })
    await says(page, /Dua orang luka/)
    expect(await page.title()).not.toMatch(/PENUGASAN/)
    await page.keyboard.press('u')
    await page.waitForFunction(() => document.activeElement?.matches('[data-choose] input'))
    await says(page, /3 awak · [\d,]+ k?m/)
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-arrival]')
    await page.keyboard.press('t')
    await page.waitForSelector('[data-assignment="acknowledged"]')
    await page.keyboard.press('b')
    await page.waitForSelector('[data-assignment="en_route"]')
    await page.keyboard.press('m')
    await page.selectOption('form select', 'pmi')
    await page.fill('.why input', 'korban bertambah')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-help="open"]')
    const desk = await atDesk()
    await desk.page.click(`[data-row="${incident.number}"]`)
    await says(desk.page, /minta 1 PMI karena “korban bertambah”/)
    await desk.page.getByRole('button', { name: 'Sudah dikirim' }).click()
    await page.waitForSelector('[data-help="sent"]')
    await page.setInputFiles('[data-photos] input[multiple]', {
      name: 'foto.jpg',
      mimeType: 'image/jpeg',
      buffer: phoneJpeg(),
    })
    await page.waitForSelector('[data-photos="1"] [data-photo="1"]')
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('[data-photo] img')?.naturalWidth === 8)
    // A field of the fleet gives the keys back once it is filled in.
    await page.locator('[data-fleet] select').last().selectOption('off')
    await page.waitForSelector('[data-fleet] [data-duty="off"]')
    await page.keyboard.press('r')
    await page.waitForSelector('form textarea')
    await page.keyboard.press('Escape')
    await page.locator('[data-fleet] select').last().selectOption('on')
    await page.waitForSelector('[data-fleet] [data-duty="off"]', { state: 'detached' })
    await keepScreenshot(page, 'dispatch-1366')
    expect([...faults, ...desk.faults]).toEqual([])
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' }, 'supervisor')
    await desk.page.context().close()
    await page.close()
  })
})
