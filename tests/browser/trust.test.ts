import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import type { ScreenRow } from '../../geo/wire/screen.ts'
import { openWall, painted, text } from '../helpers/browser.ts'
import { nextVersion } from '../helpers/next_version.ts'
import { openRoom, says, saysNot } from '../helpers/room.ts'

const RSUD_BENDAN = { type: 'Point', coordinates: [109.662, -6.89154] }
const NOTHING_OPEN = /Tidak ada kejadian terbuka/

const room = openRoom()
const create = async () =>
  (
    await room.ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: RSUD_BENDAN,
    })
  ).incident
const open = (token = room.token('screen')) =>
  openWall(room.browser, room.server.url, { width: 1280, height: 720 }, token)
const openCount = (page: Page) => page.textContent('[data-figure=open]')

/** Takes the graphics of every canvas of the map away, as a driver does that died; they come back only when `given_back`. */
const loseGraphics = (page: Page, given_back: boolean) =>
  page.evaluate((back) => {
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('[data-testid=map] canvas')) {
      const lost = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')
      lost?.loseContext()
      if (back) setTimeout(() => lost?.restoreContext(), 50)
    }
  }, given_back)

/** Share of the map's middle that is not the colour of nothing, by canvas: base map, live layers. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((frame) => requestAnimationFrame(frame))
    return document.querySelectorAll('[data-testid=map] canvas').length
  })

describe('the wall that cannot lie', () => {
  it('shows no calm city when answers go wrong: errors for figures, garbled messages, a session that is over', async () => {
    const incident = await create()
    const { page } = await open()
    await says(page, /Bendan Kergon/)
    await page.route('**/api/stats/**', (route) => route.fulfill({ status: 500, body: '[]' }))
    await page.route('**/api/sla/**', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<html>' }),
    )
    // An event makes them be asked again at once; the old ones stay, and say that they are old.
    const other = await create()
    await says(page, /angka .* lalu/, 15_000)
    expect(await openCount(page)).toBe('2')
    expect(await text(page)).not.toMatch(/BASI/)
    await room.ask('PATCH', `/api/incidents/${other.id}`, { status: 'cancelled' }, 'supervisor')
    const listed = await room.ask<{ id: string; role: string }[]>('GET', '/api/screens', undefined, 'admin')
    expect(listed).toHaveLength(1)
    await page.close()

    const garbled = await room.browser.newPage({ viewport: { width: 1280, height: 720 } })
    let garble = false
    await garbled.routeWebSocket(/\/live/, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => socket.send(garble ? '{"type":"snapshot","incidents":[]}' : message))
    })
    await garbled.goto(`${room.server.url}/wall?token=${room.token('screen')}`)
    await painted(garbled)
    garble = true
    await says(garbled, /BASI/)
    await says(garbled, /Jawaban server tidak dikenal/)
    expect(await openCount(garbled)).toBe('1')
    expect(await text(garbled)).not.toMatch(NOTHING_OPEN)
    garble = false
    await saysNot(garbled, /BASI/, 15_000)
    await garbled.close()
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' }, 'supervisor')
  })

  it('has its map back within 2 s when its graphics are lost, again and again, whether or not the browser gives them back', async () => {
    const { page, faults } = await open()
    for (const given_back of [true, false, false]) {
      const before = await painted(page)
      await loseGraphics(page, given_back)
      const lost_at = Date.now()
      await painted(page, before)
      await page.waitForFunction(
        () =>
          [...document.querySelectorAll<HTMLCanvasElement>('[data-testid=map] canvas')].filter(
            (canvas) => canvas.getContext('webgl2')?.isContextLost() === false,
          ).length === 2,
        null,
        { polling: 50 },
      )
      console.info(`graphics back after ${Date.now() - lost_at} ms`)
      expect(await drawn(page)).toBe(2)
    }
    expect(faults).toEqual([])
    await page.close()
  })

  it('changes itself for a new version, keeps its scene, and opens before the next server is up', async () => {
    const { page } = await open()
    await page.evaluate(() => navigator.serviceWorker.register('/wall-worker.js', { scope: '/wall' }))
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.keyboard.press('2')
    const loaded = await page.evaluate(() => performance.timeOrigin)
    const next = nextVersion()
    try {
      await room.kill()
      await room.restart(next.programs)
      // A hand was on it a moment ago: it waits until nobody is disturbed.
      await saysNot(page, /BASI/, 15_000)
      expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded)
      const rows = await room.ask<ScreenRow[]>('GET', '/api/screens', undefined, 'admin')
      console.info(JSON.stringify(rows.map(({ state, version, loaded }) => ({ state, version, loaded }))))
    } finally {
      next.remove()
    }
    await page.close()
  })
})
