import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from './browser.ts'
import { endOf, freePort, installationEnv, spawnServer, tokenOf, type Spawned } from './spawned.ts'

/** A real Chromium before a real server on a seeded, empty installation without a demo. */
export interface Room {
  readonly browser: Browser
  readonly server: Spawned
  readonly env: Record<string, string>
  /** A token of a role, the same each time: making one starts a process. */
  token(role: string): string
  /** A request by an operator, or by another role; the body of the answer. */
  ask<T>(method: string, path: string, body?: object, role?: string): Promise<T>
  /** kill -9 */
  kill(): Promise<void>
  /** The same installation again on the same port, by other programs when told. */
  restart(programs?: string): Promise<void>
}

/** Opens a room for the tests of a file and closes it after them. To be called where hooks may be declared. */
export function openRoom(): Room {
  let browser: Browser
  let installation: Awaited<ReturnType<typeof installationEnv>>
  let server: Spawned
  let port: number
  const tokens = new Map<string, string>()
  function token(role: string): string {
    const made = tokens.get(role) ?? tokenOf(installation.env, role)
    tokens.set(role, made)
    return made
  }
  beforeAll(async () => {
    browser = await launchChromium()
    installation = await installationEnv()
    port = await freePort()
    server = await spawnServer(installation.env, port)
  })
  afterAll(async () => {
    await browser?.close()
    if (server) await endOf(server.process, 'SIGTERM')
    await installation?.remove()
  })
  return {
    get browser() {
      return browser
    },
    get server() {
      return server
    },
    get env() {
      return installation.env
    },
    token,
    async ask<T>(method: string, path: string, body?: object, role = 'operator'): Promise<T> {
      const response = await fetch(server.url + path, {
        method,
        headers: {
          authorization: `Bearer ${token(role)}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as T
    },
    async kill() {
      await endOf(server.process, 'SIGKILL')
    },
    async restart(programs) {
      server = await spawnServer(installation.env, port, programs)
    },
  }
}

/** Waits until the page's text holds the pattern. */
export const says = (page: Page, pattern: RegExp, timeout = 10_000) => shows(page, pattern, true, timeout)
/** Waits until the page's text does not hold the pattern any more. */
export const saysNot = (page: Page, pattern: RegExp, timeout = 10_000) => shows(page, pattern, false, timeout)

const shows = (page: Page, pattern: RegExp, wanted: boolean, timeout: number) =>
  page.waitForFunction(
    ([source, flags, found]) => new RegExp(source, flags).test(document.body.innerText) === found,
    [pattern.source, pattern.flags, wanted] as const,
    { timeout },
  )
