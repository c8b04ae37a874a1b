import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { wibDay } from '../../geo/sla/shift.ts'
import { monthBeside } from '../../geo/sla/month.ts'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf, keepScreenshot } from '../helpers/browser.ts'
import { seededRandom } from '../helpers/random.ts'
import type { Room } from '../helpers/room.ts'

const HOT = [109.671, -6.889]

/** A month with fires within a kilometre of one place on its evenings, and accidents anywhere at any time. */
async function aMonth(room: Room, month: string): Promise<void> {
  const random = seededRandom(8)
  const two = (n: number) => String(n).padStart(2, '0')
  const entries = Array.from({ length: 75 }, (_, i) => {
    const fire = i < 50
    const place = fire
      ? [HOT[0] + 0.02 * (random() - 0.5), HOT[1] + 0.02 * (random() - 0.5)]
      : [109.645 + 0.06 * random(), -6.925 + 0.05 * random()]
    const hour = fire ? 19 : Math.floor(24 * random())
    return {
      incident_type: fire ? 'kebakaran' : 'kecelakaan',
      location: { type: 'Point', coordinates: place },
      accuracy_m: 30,
      received_at: `${month}-${two(1 + (i % 28))}T${two(hour)}:${two(i % 60)}:00+07:00`,
    }
  })
  // A few at a time, as desks do.
  for (let i = 0; i < entries.length; i += 8)
    await Promise.all(entries.slice(i, i + 8).map((body) => room.ask('POST', '/api/incidents', body, 'supervisor')))
}

/** `/hotspots` by keyboard: a known hot place found, everything narrowed to a cell, an hour and a type, and taken away as a table. */
export function hotspotsWork(room: Room): void {
  it('/hotspots: a planner finds the hot place, narrows to it, and takes the table away', async () => {
    const month = monthBeside(wibDay(Date.now()).slice(0, 7), -1)
    await aMonth(room, month)
    const context = await room.browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true })
    const page = await context.newPage()
    const faults = faultsOf(page)
    const key = (name: string) => page.keyboard.press(name)
    const filter = (n: number) => page.waitForSelector(`[data-filter="${n}"]`)
    await page.goto(`${room.server.url}/hotspots?token=${room.token('planner')}`)
    await page.waitForSelector('[data-painted]')
    await page.waitForSelector('[data-section="tide"]')
    expect(await page.locator('[data-verdict]').getAttribute('data-verdict')).toMatch(/^[1-9]/)
    expect(page.url()).toContain(`#${month}/semua`)
    expect(await seriousFindings(page)).toEqual([])

    await key('ArrowDown')
    await filter(1)
    expect(await page.locator('tr[aria-current="true"]').getAttribute('data-standing')).toBe('hot')
    expect(await page.locator('[data-section="grade"]').innerText()).toContain('Tidak dapat dipersempit menurut sel')
    await key('j')
    await key('ArrowDown')
    await key('ArrowRight')
    await key('Enter')
    await filter(2)
    expect(page.url()).toMatch(/\/8[0-9a-f]{14}\/1\.1-2$/)
    await page.selectOption('#hotspots-type', 'kebakaran')
    await filter(3)
    await page.waitForSelector(`[data-study="${month}/kebakaran"]`)
    await page.locator('[data-section="cells"] h2').click()
    await keepScreenshot(page, 'hotspots-narrowed')
    await key('Escape')
    await filter(0)
    await page.waitForSelector(`[data-study="${month}/"]`)

    const [file] = await Promise.all([page.waitForEvent('download'), key('u')])
    const [head, first] = readFileSync(await file.path(), 'utf8').split('\r\n')
    expect(head).toMatch(/^\uFEFF#;H3;Kelurahan;/)
    expect(first).toMatch(/^1;8[0-9a-f]{14};.*;\d+,\d{3};/)

    await key('m')
    await page.waitForSelector('[data-view="density"]')
    await key('ArrowLeft')
    await page.waitForSelector('[data-verdict="few"]')
    expect(page.url()).toContain(`#${monthBeside(month, -1)}/semua`)
    await key('ArrowRight')
    await page.waitForSelector('[data-verdict="few"]', { state: 'detached' })
    await keepScreenshot(page, 'hotspots')
    expect(faults).toEqual([])
    await context.close()
  })
}
