import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
/** Page numbers and running heads stand in boxes of the page's margin, which older ones leave empty. */
const LEAST_VERSION = 131
const PATIENCE_MS = 60_000
const LOOK_MS = 100

/** The Chromium of this machine: as told, else in a usual place; null when there is none. */
export const findChromium = (told: string | null): string | null =>
  [told, ...PLACES].find((path): path is string => path !== null && existsSync(path)) ?? null

const answer = z.object({
  id: z.number().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
})
const version = z.object({ product: z.string() })
const attached = z.object({ sessionId: z.string() })
const made = z.object({ targetId: z.string() })
const evaluated = z.object({ result: z.object({ value: z.string().optional() }) })
const printed = z.object({ data: z.string() })

/** Speaks the DevTools protocol over two pipes: no port is opened, and nothing secret stands among the arguments of a process. */
function speak(input: Writable, output: Readable, ended: Promise<never>) {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let heard = Buffer.alloc(0)
  output.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk])
    for (let end = heard.indexOf(0); end >= 0; end = heard.indexOf(0)) {
      const { id, result, error } = answer.parse(JSON.parse(heard.subarray(0, end).toString()))
      heard = heard.subarray(end + 1)
      const asked = id === undefined ? undefined : waiting.get(id)
      if (!asked || id === undefined) continue
      waiting.delete(id)
      if (error) asked.reject(new Error(`Chromium: ${error.message}`))
      else asked.resolve(result)
    }
  })
  let last = 0
  return async <T>(schema: z.ZodType<T>, method: string, params: object = {}, sessionId?: string): Promise<T> => {
    const id = ++last
    const said = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return schema.parse(await Promise.race([said, ended]))
  }
}

/**
 * Prints a page as PDF once its root says `data-report="ready"`; another word there is why not. `headers` go with each request of the page. Throws an
 * Error with a line for people: too old, did not start, or the page did not come to its end within a minute.
 */
export async function printPage(chromium: string, url: string, headers: Record<string, string>): Promise<Buffer> {
  const profile = mkdtempSync(join(tmpdir(), 'siaga-print-'))
  const child = spawn(
    chromium,
    [
      ...['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--disable-gpu', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-extensions'],
      // As root Chromium refuses to start with its sandbox; it opens our own page alone.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  )
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    // One that could not be started has no end.
    child.once('error', () => resolve())
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${chromium} tidak dapat dijalankan: ${error.message}`)))
    child.once('exit', (code) => reject(new Error(`${chromium} berhenti sebelum selesai (kode ${code ?? 'sinyal'})`)))
    setTimeout(() => reject(new Error(`Chromium tidak selesai dalam ${PATIENCE_MS / 1000} detik`)), PATIENCE_MS).unref()
  })
  ended.catch(() => undefined)
  try {
    const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
    input.on('error', () => undefined)
    return await print(speak(input, output, ended), url, headers)
  } finally {
    endGroup(child)
    await gone
    // Its helpers may write a moment longer; what they leave of a temporary folder is no reason to lose the report.
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    } catch {
      process.emitWarning(`${profile} tidak terhapus`)
    }
  }
}

/** The browser with its helpers: they are a group of their own. */
function endGroup(child: ChildProcess): void {
  const { pid } = child
  try {
    if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch (error) {
    // Gone by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function print(ask: ReturnType<typeof speak>, url: string, headers: Record<string, string>): Promise<Buffer> {
  const { product } = await ask(version, 'Browser.getVersion')
  const number = Number(/\/(\d+)/.exec(product)?.[1] ?? 0)
  if (number < LEAST_VERSION)
    throw new Error(`${product} terlalu tua: nomor halaman perlu Chromium ${LEAST_VERSION} atau lebih baru`)
  const any = z.unknown()
  const { targetId } = await ask(made, 'Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await ask(attached, 'Target.attachToTarget', { targetId, flatten: true })
  await ask(any, 'Network.enable', {}, sessionId)
  await ask(any, 'Network.setExtraHTTPHeaders', { headers }, sessionId)
  await ask(any, 'Page.enable', {}, sessionId)
  await ask(any, 'Page.navigate', { url }, sessionId)
  for (;;) {
    const look = { expression: 'document.documentElement.dataset.report', returnByValue: true }
    const { result } = await ask(evaluated, 'Runtime.evaluate', look, sessionId)
    if (result.value === 'ready') break
    if (result.value !== undefined && result.value !== '') throw new Error(result.value)
    await sleep(LOOK_MS)
  }
  const options = {
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  }
  const { data } = await ask(printed, 'Page.printToPDF', options, sessionId)
  return Buffer.from(data, 'base64')
}
