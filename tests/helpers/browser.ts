import { mkdirSync, readlinkSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page, type BrowserContextOptions } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from './chromium.mjs'

const ARTIFACTS = resolve(import.meta.dirname, '../../.artifacts/screenshots')

/** A real Chromium, found or installed from Debian's packages. */
export async function launchChromium(...flags: string[]): Promise<Browser> {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error('no Chromium found')
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags] })
}

/** A Chromium with a profile in `folder`, which outlives it; `kill` is kill -9 of the whole browser. */
export async function launchProfile(
  folder: string,
  options: BrowserContextOptions = { viewport: { width: 1366, height: 768 } },
): Promise<{ context: BrowserContext; kill: () => Promise<void> }> {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error('no Chromium found')
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: CHROMIUM_FLAGS, ...options })
  const pid = Number(/-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1])
  const kill = async () => {
    const gone = new Promise<void>((done) => context.once('close', () => done()))
    process.kill(pid, 'SIGKILL')
    await gone
    rmSync(join(folder, 'SingletonLock'), { force: true })
  }
  return { context, kill }
}

/** What the page throws or logs as an error from now on. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // A server that is away is logged by the browser itself; what the page does about it is what counts.
    if (
      message.type() === 'error' &&
      !/ERR_|WebSocket|Failed to load resource|bad HTTP response code|occurred when fetching the script/.test(
        message.text(),
      )
    )
      faults.push(message.text())
  })
  return faults
}

/** Opens the wall and waits until it has painted the live picture; faults of the page end up in the answer's `faults`. */
export async function openWall(
  browser: Browser,
  url: string,
  options: { width?: number; height?: number } = {},
  token?: string,
): Promise<{ page: Page; faults: string[]; foreign: string[] }> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 1280, height: options.height ?? 720 } })
  const faults = faultsOf(page)
  const foreign: string[] = []
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (/^(http|ws)/.test(protocol) && host !== new URL(url).host) foreign.push(request.url())
  })
  await page.goto(token ? `${url}/wall?token=${token}` : `${url}/wall`)
  await painted(page)
  return { page, faults, foreign }
}

/** Waits for a painted frame of the live picture, newer than `after` frames. */
export async function painted(page: Page, after = 0): Promise<number> {
  await page.waitForFunction((n) => Number(document.documentElement.dataset.painted ?? 0) > n, after, {
    timeout: 60_000,
  })
  return Number(await page.evaluate(() => document.documentElement.dataset.painted))
}

export const text = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText)

/** Keeps a picture among the run's artefacts. */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
  mkdirSync(ARTIFACTS, { recursive: true })
  const path = join(ARTIFACTS, `${name}.png`)
  await page.screenshot({ path })
  return path
}
