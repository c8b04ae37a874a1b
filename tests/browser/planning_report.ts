import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Evaluation } from '../../geo/wire/evaluation.ts'
import { monthBeside, wibMonth } from '../../geo/sla/month.ts'
import { seriousFindings } from '../helpers/axe.ts'
import { faultsOf, keepScreenshot } from '../helpers/browser.ts'
import { says, type Room } from '../helpers/room.ts'

/** CSS px that lie between the margins of the printed page: A4 less 18 mm on both sides. */
const PRINTED_WIDTH = Math.floor((174 / 25.4) * 96)

const drawn = (page: Page) =>
  page.waitForFunction(() => document.documentElement.dataset.report === 'ready', null, { timeout: 20_000 })

/** What reaches beyond the paper, or holds more than it shows. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const paper = document.querySelector('.paper')
    const edge = (paper?.getBoundingClientRect().right ?? 0) + 1
    return [...(paper?.querySelectorAll('p, li, th, td, h1, h2, caption, figcaption, dd, strong, svg') ?? [])]
      .filter((each) => !each.closest('.chart-table'))
      .filter((each) => each.getBoundingClientRect().right > edge || each.scrollWidth > each.clientWidth + 1)
      .filter((each) => each.clientWidth > 0)
      .map((each) => `${each.tagName} ${each.textContent?.trim().slice(0, 40)}`)
  })

/** /report in the room that the pages of planning share. */
export function reportPage(room: Room): void {
  it('the evaluation of a month: read, gone through by keys, printed on several pages with no word cut', async () => {
    const month = monthBeside(wibMonth(Date.now()), -1)
    for (let i = 0; i < 6; i++)
      await room.ask(
        'POST',
        '/api/incidents',
        {
          ...{ incident_type: 'kecelakaan', location: { type: 'Point', coordinates: [109.671 + i / 1000, -6.89] } },
          ...{ accuracy_m: 30, received_at: `${month}-1${i}T0${i}:00:00+07:00` },
          dispatched_at: `${month}-1${i}T0${i}:0${i + 2}:00+07:00`,
          resolved_at: `${month}-1${i}T0${i}:${20 + 5 * i}:00+07:00`,
        },
        'supervisor',
      )
    // The room is shared: other pages' cases count too.
    const { total } = await room.ask<Evaluation>('GET', `/api/reports/${month}`, undefined, 'leader')
    expect(total.incidents).toBeGreaterThan(5)
    const counted = new RegExp(`\\b${total.incidents} kejadian tercatat`)
    const context = await room.browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    const faults = faultsOf(page)
    await page.goto(`${room.server.url}/report?token=${room.token('leader')}`)
    await drawn(page)
    expect(new URL(page.url()).pathname).toBe(`/report/${month}`)
    await says(page, counted)
    await says(page, /Operator/)
    expect(await seriousFindings(page)).toEqual([])
    await keepScreenshot(page, 'report')

    await page.setViewportSize({ width: PRINTED_WIDTH, height: 900 })
    await page.emulateMedia({ media: 'print' })
    expect(await cut(page)).toEqual([])
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0).toBeGreaterThan(4)

    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.keyboard.press('ArrowLeft')
    await says(page, /Belum ada catatan pada bulan ini/)
    expect(new URL(page.url()).pathname).toBe(`/report/${monthBeside(month, -1)}`)
    await page.keyboard.press('ArrowRight')
    await says(page, counted)
    expect(faults).toEqual([])
    await context.close()
  })
}
