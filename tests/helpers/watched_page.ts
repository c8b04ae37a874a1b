import type { Page } from 'playwright-core'

/** Pictures of a page as the compositor shows it, taken without asking the page's own thread. */
export async function watchPictures(
  page: Page,
): Promise<{ since(ms: number): { at: number; data: string }[]; stop(): Promise<void> }> {
  const pictures: { at: number; data: string }[] = []
  const cdp = await page.context().newCDPSession(page)
  cdp.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push({ at: Date.now(), data })
    cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
  })
  await cdp.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 })
  return {
    since: (ms) => pictures.filter(({ at }) => at >= ms),
    stop: () => cdp.detach(),
  }
}

/** Colour of a PNG (base64) at a point in parts of its size, `[red, green, blue]`; read by the browser. */
export const colourAt = (page: Page, data: string, x: number, y: number): Promise<number[]> =>
  page.evaluate(
    async ([png, across, down]) => {
      const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const point = context?.getImageData(Math.floor(bitmap.width * across), Math.floor(bitmap.height * down), 1, 1)
      return [...(point?.data ?? [])].slice(0, 3)
    },
    [data, x, y] as const,
  )
