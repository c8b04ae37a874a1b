import { expect, it } from 'vitest'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf, keepScreenshot } from '../helpers/browser.ts'
import type { Room } from '../helpers/room.ts'

/** `/coverage` by keyboard alone: read the gaps, add a post at the cross-hair, nudge it, save it, lay it beside how things are. */
export function coverageWorks(room: Room): void {
  it('/coverage: a head of department adds a post by keyboard and keeps the scenario', async () => {
    const context = await room.browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    const faults = faultsOf(page)
    const key = (name: string) => page.keyboard.press(name)
    await page.goto(`${room.server.url}/coverage?token=${room.token('kabid')}#damkar/4,8`)
    await page.waitForSelector('[data-shown="#damkar/4,8"]')
    await page.waitForSelector('[data-painted]')
    await page.waitForSelector('[data-gap]')

    await key('ArrowDown')
    await page.waitForSelector('[data-gap][aria-current="true"]')
    expect(await seriousFindings(page)).toEqual([])

    await key('n')
    await key('Enter')
    await page.waitForSelector('[data-view="difference"] [data-result]')
    expect(await page.locator('[data-change]').count()).toBe(1)
    const words = await page.locator('[data-change]').innerText()
    await key('Shift+ArrowRight')
    await page.waitForFunction((was) => !document.querySelector('[data-change]')?.textContent?.includes(was), words)
    await key('x')
    expect(await page.locator('[data-change]').count()).toBe(1)

    await key('s')
    await page.waitForFunction(() => document.activeElement?.id === 'scenario-name')
    await page.keyboard.type('Pos uji')
    await key('Enter')
    await page.waitForFunction(() => (document.querySelector<HTMLInputElement>('#scenario-name')?.value ?? '') === '')
    await key('Escape')
    await key('3')
    await page.locator('[data-scenario] input').check()
    await page.waitForSelector('[data-compare="1"] .changes p')
    expect(await seriousFindings(page)).toEqual([])
    await keepScreenshot(page, 'coverage-compared')
    await key('Escape')
    await key('t')
    await key('2')
    await page.waitForSelector('[data-result]')
    expect(await seriousFindings(page)).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  })
}
