/**
 * Starts a clean clone as a newcomer does: `npm start` with nothing installed, then opens /wall in Chromium and waits until
 * it has painted the live picture. Ends 0 when it did, within the times the README promises; prints how long each step took.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from './chromium.mjs'
import { freePort } from './free_port.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FIRST_LIMIT_S = 180
const LATER_LIMIT_S = 15

const port = await freePort()
const clone = mkdtempSync(join(tmpdir(), 'siaga-clone-'))
const url = `http://127.0.0.1:${port}`
let running = null

/** Runs `npm start` until it is ready; answers the seconds that took. */
async function start(limit_s) {
  const started = Date.now()
  const env = { ...process.env, PORT: String(port), LOG_LEVEL: 'warn' }
  for (const name of ['DATABASE_URL', 'SIAGA_DATA', 'SIAGA_DEMO']) delete env[name]
  running = spawn('npm', ['start'], { cwd: clone, env, stdio: 'inherit', detached: true })
  let exited = false
  running.once('exit', () => (exited = true))
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    const seconds = (Date.now() - started) / 1000
    if (ready) return seconds
    if (exited) throw new Error('npm start ended before it was ready')
    if (seconds > limit_s) throw new Error(`not ready after ${limit_s} s`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** Ends it as a service manager would; answers the seconds until the last process was gone. */
async function stop() {
  const started = Date.now()
  const gone = new Promise((resolve) => running.once('exit', resolve))
  process.kill(running.pid, 'SIGTERM')
  const timer = setTimeout(() => process.kill(-running.pid, 'SIGKILL'), 10_000)
  await gone
  clearTimeout(timer)
  if (
    await fetch(`${url}/health/live`).then(
      () => true,
      () => false,
    )
  )
    throw new Error('npm start ended, and the server runs on')
  return (Date.now() - started) / 1000
}

async function paint() {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    const started = Date.now()
    await page.goto(`${url}/wall`)
    await page.waitForFunction(
      () => Number(document.documentElement.dataset.painted) > 0 && /SIMULASI/.test(document.body.innerText),
      undefined,
      { timeout: 60_000 },
    )
    mkdirSync(join(ROOT, '.artifacts'), { recursive: true })
    await page.waitForTimeout(5_000)
    await page.screenshot({ path: join(ROOT, '.artifacts/clean-clone-wall.png') })
    return (Date.now() - started) / 1000 - 5
  } finally {
    await browser.close()
  }
}

let code = 0
try {
  const cloned = spawnSync('git', ['clone', '-q', ROOT, clone], { stdio: 'inherit' })
  if (cloned.status !== 0) throw new Error('git clone failed')
  const first = await start(FIRST_LIMIT_S)
  const painted = await paint()
  const ended = await stop()
  const later = await start(LATER_LIMIT_S)
  await stop()
  console.info(
    `clean clone: first start ${first.toFixed(1)} s (limit ${FIRST_LIMIT_S}), wall painted after ${painted.toFixed(1)} s, ended in ${ended.toFixed(1)} s (limit 5), second start ${later.toFixed(1)} s (limit ${LATER_LIMIT_S})`,
  )
  if (ended > 5) throw new Error('ending took longer than 5 s')
} catch (error) {
  console.error(`clean clone: ${error.message}`)
  code = 1
  if (running?.exitCode === null) process.kill(-running.pid, 'SIGKILL')
} finally {
  rmSync(clone, { recursive: true, force: true })
}
process.exit(code)
