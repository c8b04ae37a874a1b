import { expect, it, vi } from 'vitest'
import { wibClock } from '../../../../client/text/time.ts'
import { Trust } from '../../../../client/wall/trust/trust.svelte.ts'
import { openPage } from '../../state/page.ts'

it('sees that the words of a wall stand still, also where its clock has room for minutes alone', () => {
  const { live } = openPage()
  const time = { textContent: '', dateTime: '' }
  const tick = () => {
    time.dateTime = wibClock(live.server_now())
    time.textContent = time.dateTime.slice(0, 5)
  }
  Object.assign(document, { querySelector: () => time })
  const trust = new Trust(live, () => undefined)
  tick()
  const ticking = setInterval(tick, 1000)
  vi.advanceTimersByTime(20_000)
  expect(trust.words_alive).toBe(true)
  // Svelte stops where a component throws.
  clearInterval(ticking)
  vi.advanceTimersByTime(8_000)
  expect(trust.words_alive).toBe(false)
  trust.close()
})
