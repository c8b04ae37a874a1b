import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent } from '../../geo/wire/live.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf, keepScreenshot, launchProfile } from '../helpers/browser.ts'
import { openRoom, says, saysNot } from '../helpers/room.ts'
import { readLive } from '../helpers/server.ts'
import { tokenOf } from '../helpers/spawned.ts'

const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  permissions: ['geolocation'],
  geolocation: { longitude: 109.6731, latitude: -6.8831, accuracy: 6 },
}
/** A press can be taken back for 5 s. */
const HELD_MS = 5_500
const CLOCK_MS = 2_500

const room = openRoom()
const own = async (incident_id: string, unit_id: string) =>
  (await room.ask<Incident>('GET', `/api/incidents/${incident_id}`)).assignments.find((a) => a.unit_id === unit_id)
const unit = async (id: string) => (await room.ask<Unit[]>('GET', '/api/units')).find((one) => one.id === id)

async function openField(context: BrowserContext, token = ''): Promise<{ page: Page; faults: string[] }> {
  const page = context.pages()[0] ?? (await context.newPage())
  const faults = faultsOf(page)
  await page.goto(`${room.server.url}/field${token ? `?token=${token}` : ''}`)
  return { page, faults }
}

describe('the officer’s phone', () => {
  it('keeps each press with its true time through a lost signal and a killed browser, and falls silent at signing out', async () => {
    const [first] = await room.ask<Unit[]>('GET', '/api/units')
    const token = tokenOf(room.env, 'responder', '--unit', first.callsign)
    const { incident } = await room.ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: { type: 'Point', coordinates: [109.6753, -6.8893] },
      description: 'ruko lantai dua',
      caller_number: '081234567890',
    })
    await room.ask<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
      unit_ids: [first.id],
      override_reason: 'uji',
    })
    const folder = mkdtempSync(join(tmpdir(), 'siaga-phone-'))
    const before = await launchProfile(folder, PHONE)
    const { page, faults } = await openField(before.context, token)
    await says(page, /ruko lantai dua/)
    await says(page, /\d+ mnt/)
    for (const size of await page.$$eval('[data-step]', (all) => all.map((one) => one.getBoundingClientRect().height)))
      expect(size).toBeGreaterThanOrEqual(64)
    expect(await seriousFindings(page)).toEqual([])
    // A slip is taken back, and nobody hears of it.
    await page.click('[data-step="acknowledged"]')
    await page.click('[data-take-back]')
    await page.click('[data-step="acknowledged"]')
    await expect.poll(async () => (await own(incident.id, first.id))?.status, { timeout: 15_000 }).toBe('acknowledged')
    await expect.poll(async () => (await unit(first.id))?.position?.location.coordinates).toEqual([109.6731, -6.8831])
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')

    await before.context.setOffline(true)
    const set_out = Date.now()
    await page.click('[data-step="en_route"]')
    await page.waitForTimeout(HELD_MS)
    await says(page, /1 laporan menunggu sinyal/)
    const there = Date.now()
    await page.click('[data-step="on_scene"]')
    await page.waitForSelector('[data-take-back]')
    expect(faults).toEqual([])
    await before.kill()

    const after = await launchProfile(folder, PHONE)
    await after.context.setOffline(true)
    const again = await openField(after.context)
    await says(again.page, /2 laporan menunggu sinyal/)
    await says(again.page, /ruko lantai dua/)
    await keepScreenshot(again.page, 'field-offline')
    expect(await seriousFindings(again.page)).toEqual([])
    expect((await own(incident.id, first.id))?.status).toBe('acknowledged')
    await after.context.setOffline(false)
    // A browser that is killed may not have written its cookie yet: then the reports wait until he signs in again.
    await again.page.goto(`${room.server.url}/field?token=${token}`)
    await expect.poll(async () => (await own(incident.id, first.id))?.status, { timeout: 20_000 }).toBe('on_scene')
    await saysNot(again.page, /menunggu sinyal/)
    // Met: the minutes that it took, not those that were left then.
    await says(again.page, /Kebakaran 15 mnt\s+0[0-4]:\d\d\s*✓/)

    const log = await readLive(room.server.url, { token: room.token('operator'), since: 0 })
    const lines = async (kind: string): Promise<LiveEvent[]> => {
      await log.until((message) => message.type === 'event' && message.kind === 'assignment.on_scene')
      return log.messages.filter((message) => message.type === 'event').filter((line) => line.kind === kind)
    }
    for (const [kind, pressed] of [
      ['assignment.en_route', set_out],
      ['assignment.on_scene', there],
    ] as const) {
      const told = await lines(kind)
      expect(told, kind).toHaveLength(1)
      expect(Math.abs(Date.parse(told[0].occurred_at ?? '') - pressed), kind).toBeLessThan(CLOCK_MS)
      expect(Date.parse(told[0].recorded_at ?? '')).toBeGreaterThan(pressed + 1_000)
    }
    log.close()
    await again.page.getByRole('button', { name: 'Menu' }).click()
    await again.page.getByRole('button', { name: 'Keluar' }).click()
    await says(again.page, /Masuk|masuk/)
    const heard: string[] = []
    again.page.on('request', (request) => heard.push(new URL(request.url()).pathname))
    await after.context.setGeolocation({ longitude: 109.69, latitude: -6.87 })
    await again.page.goto(`${room.server.url}/field`)
    await says(again.page, /Anda belum masuk/)
    expect(await again.page.evaluate(() => document.body.innerText)).not.toContain('ruko')
    await again.page.waitForTimeout(6_000)
    expect(heard.filter((path) => path.startsWith('/api/positions'))).toEqual([])
    expect((await unit(first.id))?.position?.location.coordinates).toEqual([109.6731, -6.8831])
    expect(again.faults).toEqual([])
    await after.context.close()
    rmSync(folder, { recursive: true, force: true })
  })
})
