import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { DEFAULT_SCREEN, SCENE_IDS } from '../../geo/wire/screen_settings.ts'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf, keepScreenshot, openWall, painted, text } from '../helpers/browser.ts'
import { openRoom, says, saysNot } from '../helpers/room.ts'
import { runCommand } from '../helpers/spawned.ts'

const GEODATA = process.env.GEODATA_DIR ?? resolve(import.meta.dirname, '../../../shared/geodata')
/** A picture older than 5 s says so; the beat it goes by comes each second, and looking takes the rest. */
const BASI_WITHIN_MS = 6_500
/** 16 minutes of arc at 6 m on 55 inches: capitals of 44 px at 1080p, twice that at 4K, 65 px on 75 inches at 4K. Inter's capitals are 0.727 em. */
const CAPITALS_EM = 0.727
const LEGIBLE_PX = { '1080p': 44, '4k': 88, '4k 75': 64.58 }
const RSUD_BENDAN = { type: 'Point', coordinates: [109.662, -6.89154] }

// A demo without its live part would have nothing to say SIMULASI about; here a real, empty room is watched.
const room = openRoom()
const create = async (incident_type: string) =>
  (await room.ask<{ incident: Incident }>('POST', '/api/incidents', { incident_type, location: RSUD_BENDAN })).incident
const cancel = (id: string) => room.ask('PATCH', `/api/incidents/${id}`, { status: 'cancelled' }, 'supervisor')

async function openAsScreen(size?: { width: number; height: number }): Promise<Awaited<ReturnType<typeof openWall>>> {
  return openWall(room.browser, room.server.url, size, room.token('screen'))
}

/** Breaks something behind a fresh picture and holds the page to the time in which it says BASI. */
async function turnsBasi(page: Page, break_it: () => unknown): Promise<void> {
  await saysNot(page, /BASI/)
  const broken_at = Date.now()
  await break_it()
  await says(page, /BASI/)
  expect(Date.now() - broken_at).toBeLessThanOrEqual(BASI_WITHIN_MS)
}

/** Height in px of the smallest capitals among what must be read from the desks. */
async function smallestCapitals(page: Page, more_than = 4): Promise<number> {
  const sizes = await page.$$eval('[data-legible]', (elements) =>
    elements.map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
  )
  expect(sizes.length).toBeGreaterThan(more_than)
  return Math.min(...sizes) * CAPITALS_EM
}

describe('the wall', () => {
  it('paints, asks nobody outside, and throws nothing', async () => {
    const { page, faults, foreign } = await openAsScreen()
    await page.waitForTimeout(3_000)
    expect(faults).toEqual([])
    expect(foreign).toEqual([])
    expect(new URL(page.url()).search).toBe('')
    expect(await text(page)).not.toMatch(/BASI|SIMULASI/)
    expect(await text(page)).toMatch(/Peta skematik/i)
    await page.close()
  })

  it('shows an incident by name and place, and lets it go when it ends', async () => {
    const { page } = await openAsScreen()
    const incident = await create('kebakaran')
    await says(page, /Kebakaran/)
    await says(page, /Bendan Kergon/)
    const seq = Number(await page.evaluate(() => document.documentElement.dataset.seq))
    expect(seq).toBeGreaterThan(0)
    await cancel(incident.id)
    await saysNot(page, /Bendan Kergon/)
    await page.close()
  })

  it('replays a past moment as it stood, by keyboard, and says that it is no live picture', async () => {
    const incident = await create('kebakaran')
    await new Promise((resolve) => setTimeout(resolve, 800))
    const between = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 800))
    await cancel(incident.id)
    // The newest moment that can be replayed lies three seconds back, however soon the page stands.
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    const page = await room.browser.newPage({ viewport: { width: 1280, height: 720 } })
    const faults = faultsOf(page)
    await page.goto(`${room.server.url}/wall?token=${room.token('supervisor')}&at=${encodeURIComponent(between)}`)
    await painted(page)
    await says(page, /PUTAR ULANG[\s\S]*1 kejadian terbuka[\s\S]*Kebakaran/)
    expect(await text(page)).not.toMatch(/BASI|Langsung ·/)
    await page.keyboard.press('End')
    await says(page, /0 kejadian terbuka/)
    await page.keyboard.press(',')
    await page.keyboard.press(',')
    await says(page, /1 kejadian terbuka/)
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/WIB, 1 kejadian terbuka/)
    expect(await seriousFindings(page)).toEqual([])
    expect(faults).toEqual([])
    await page.close()
  })

  it('keeps painting a canary at rest', async () => {
    const { page } = await openAsScreen()
    const before = await painted(page)
    await page.waitForTimeout(5_000)
    const frames = (await painted(page)) - before
    expect(frames).toBeGreaterThanOrEqual(2)
    // And nothing else: what is painted without need is paid for by every wall, all day.
    expect(frames).toBeLessThanOrEqual(4)
    await page.close()
  })

  it('turns BASI within 6.5 s of the server freezing, never shows zero, and recovers', async () => {
    const incident = await create('kebakaran')
    const { page } = await openAsScreen()
    await says(page, /Bendan Kergon/)
    try {
      await turnsBasi(page, () => process.kill(room.server.process.pid ?? 0, 'SIGSTOP'))
      expect(await text(page)).toMatch(/Bendan Kergon/)
    } finally {
      process.kill(room.server.process.pid ?? 0, 'SIGCONT')
    }
    await saysNot(page, /BASI/, 15_000)
    await cancel(incident.id)
    await page.close()
  })

  it('turns BASI within 6.5 s of the database freezing behind a living server', async () => {
    const data = room.env.SIAGA_DATA
    expect(data).toBeTruthy()
    const incident = await create('kebakaran')
    const { page } = await openAsScreen()
    await says(page, /Bendan Kergon/)
    const database = readdirSync('/proc').find(
      (id) =>
        /^\d+$/.test(id) &&
        existsSync(`/proc/${id}/cmdline`) &&
        spawnSync('cat', [`/proc/${id}/cmdline`], { encoding: 'utf8' }).stdout.includes(`${data}/pg`),
    )
    expect(database).toBeDefined()
    try {
      await turnsBasi(page, () => process.kill(Number(database), 'SIGSTOP'))
      expect(await text(page)).toMatch(/Bendan Kergon/)
    } finally {
      process.kill(Number(database), 'SIGCONT')
    }
    await saysNot(page, /BASI/, 15_000)
    await cancel(incident.id)
    await page.close()
  })

  it('keeps running when the server is restarted, and sees what happened meanwhile', async () => {
    // Killed as soon as it has painted: what a wall fetches after its first picture may or may not have come.
    const { page, faults } = await openAsScreen()
    const loaded = await page.evaluate(() => performance.timeOrigin)
    await turnsBasi(page, () => room.kill())
    // A scene whose files nobody gives now cannot be shown: the live one stays.
    const failed = page.waitForEvent('requestfailed', (request) => /HeatScene.*\.css/.test(request.url()))
    await page.keyboard.press('2')
    await failed
    expect(await page.locator('[data-scene=live]').count()).toBe(1)
    await room.restart()
    const ready = Date.now()
    await saysNot(page, /BASI/, 15_000)
    expect(Date.now() - ready).toBeLessThan(5_000)
    const incident = await create('kebakaran')
    await says(page, /Bendan Kergon/)
    // The scene that could not come then comes now, with its styles too.
    await page.keyboard.press('2')
    await page.locator('[data-scene=heat]').waitFor({ timeout: 5_000 })
    expect(
      await page
        .locator('link[rel=stylesheet][href*=HeatScene]')
        .evaluate((link: HTMLLinkElement) => link.sheet !== null),
    ).toBe(true)
    expect(await smallestCapitals(page)).toBeGreaterThanOrEqual(LEGIBLE_PX['1080p'] / 1.5)
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded)
    // A server that starts gives no stylesheet: the browser says so itself, of each.
    expect(faults.filter((fault) => !/^Refused to apply style .*problem\+json/.test(fault))).toEqual([])
    await cancel(incident.id)
    await page.close()
  })

  it('asks once what screen it is, keeps it, and refuses a layout that nobody could read', async () => {
    const { page } = await openAsScreen({ width: 1280, height: 720 })
    const setup = page.getByTestId('setup')
    await setup.waitFor()
    await setup.locator('[name=inches]').fill('32')
    await setup.locator('[name=distance]').fill('8')
    await setup.locator('[type=submit]').click()
    await page.locator('[data-layout=list]').waitFor()
    expect(await page.getByTestId('refused').innerText()).toMatch(/32 inci pada 8 m terlalu kecil.*≤ 3,6 m.*≥ 71 inci/)
    // 16 minutes of arc, however little has room then.
    expect(await smallestCapitals(page, 1)).toBeGreaterThanOrEqual((44.03 / 1.5) * (55 / 32) * (8 / 6))
    await page.reload()
    await page.locator('[data-layout=list]').waitFor()
    await page.waitForTimeout(1_000)
    expect(await setup.count()).toBe(0)
    // An admin sets it right elsewhere: the wall follows without anybody going there.
    const id = await page.evaluate(() => localStorage.getItem('siaga112-screen'))
    await room.ask('PUT', `/api/screens/${id}/settings`, { ...DEFAULT_SCREEN, theme: 'light' }, 'admin')
    await page.locator('[data-layout=full]').waitFor({ timeout: 5_000 })
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
    await page.close()
  })

  it('shows each scene legibly, and an alarm brings the live one back', async () => {
    const { page, faults } = await openAsScreen({ width: 1920, height: 1080 })
    const gone = await create('kecelakaan')
    await says(page, /Bendan Kergon/)
    for (const [key, scene] of [...SCENE_IDS.entries()].slice(1)) {
      await page.keyboard.press(String(key + 1))
      await page.locator(`[data-scene=${scene}]`).waitFor()
      expect(await smallestCapitals(page), scene).toBeGreaterThanOrEqual(LEGIBLE_PX['1080p'])
      expect(await text(page), scene).toMatch(/1\s+terbuka/)
    }
    const incident = await create('kebakaran')
    await page.locator('[data-scene=live]').waitFor({ timeout: 3_000 })
    expect(await page.locator('[data-testid=map] canvas').count()).toBe(2)
    expect(faults).toEqual([])
    for (const { id } of [gone, incident]) await cancel(id)
    await page.close()
  })

  it('says in each scene how old its figures are, and that it has none where it gets none: never zero', async () => {
    const { page, faults } = await openAsScreen()
    await page.route(/\/api\/(sla|hotspots|stats\/agencies)/, (route) => route.fulfill({ status: 500, body: '' }))
    const panel = page.locator('.panel')
    for (const key of ['2', '5']) {
      await page.keyboard.press(key)
      await panel
        .getByText(/angka belum dapat dimuat/)
        .first()
        .waitFor()
      expect(await panel.innerText()).not.toMatch(/\b0 (%|kejadian)/)
    }
    await page.unroute(/\/api\/(sla|hotspots|stats\/agencies)/)
    await panel.getByText(/data \d+ dtk/).waitFor()
    await page.keyboard.press('4')
    // Nothing happened in this room: that is too little to speak of, not a calm city.
    await panel
      .getByText(/Terlalu sedikit untuk disimpulkan/)
      .first()
      .waitFor()
    await page.keyboard.press('2')
    await panel.getByText(/terlalu sedikit untuk disimpulkan/).waitFor()
    await panel.getByTestId('legend').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it.skipIf(!existsSync(GEODATA))('picks an imported city up by itself, and is legible at 1080p and 4K', async () => {
    const { page } = await openAsScreen({ width: 1920, height: 1080 })
    await says(page, /Peta skematik/i)
    const imported = runCommand('import', [GEODATA], room.env)
    expect(imported.status, imported.stderr).toBe(0)
    await saysNot(page, /Peta skematik/i, 20_000)
    const made = [await create('kebakaran'), await create('kecelakaan')]
    await says(page, /Kecelakaan/)
    await page.waitForTimeout(3_000)
    const small = await keepScreenshot(page, 'wall-1080p')
    expect(await smallestCapitals(page)).toBeGreaterThanOrEqual(LEGIBLE_PX['1080p'])
    await page.setViewportSize({ width: 3840, height: 2160 })
    await page.waitForTimeout(5_000)
    const large = await keepScreenshot(page, 'wall-4k')
    expect(await smallestCapitals(page)).toBeGreaterThanOrEqual(LEGIBLE_PX['4k'])
    await page.evaluate(() => history.replaceState(null, '', '?inches=75'))
    await page.reload()
    await says(page, /Kecelakaan/)
    expect(await smallestCapitals(page)).toBeGreaterThanOrEqual(LEGIBLE_PX['4k 75'])
    for (const path of [small, large]) expect(readFileSync(path).length).toBeGreaterThan(50_000)
    for (const incident of made) await cancel(incident.id)
    await page.close()
  })
})
