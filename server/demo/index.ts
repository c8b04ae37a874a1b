import { setMaxListeners } from 'node:events'
import type { Services } from '../services.ts'
import { readDemoCity } from './city.ts'
import { writeComplaints, writeSurveys } from './complaints.ts'
import { startComplaints } from './complaints_live.ts'
import type { DemoCity } from './day.ts'
import { writeHistory } from './history.ts'
import { startLive } from './live.ts'
import { sleep } from './sleep.ts'

export interface Demo {
  /** Ends within half a second and never throws. */
  stop(): Promise<void>
}

const STOP_MS = 450
const AGAIN_MS = 5_000
const TYPES_EVERY_MS = 10_000

/**
 * Starts the simulation of a demo server that is ready to answer at `url`: the live part over HTTP with an admin's `token`,
 * and the history behind it in-process. Nothing that fails here reaches the server; it is logged and tried again.
 */
export function startDemo(services: Services, options: { url: string; token: string }): Demo {
  const { log } = services
  const abort = new AbortController()
  const { signal } = abort
  // Every story that runs waits for it, and there are as many as the day brings.
  setMaxListeners(0, signal)

  /** Runs `work` until it ends by itself, again and again after failures. */
  async function insist(what: string, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        return await work()
      } catch (error) {
        if (signal.aborted) return
        log.warn({ err: error, job: 'demo' }, `demo: ${what} failed; again soon`)
        await sleep(AGAIN_MS, signal)
      }
    }
  }

  let city: DemoCity | null = null
  /** The city as loaded now; read anew after an import. */
  async function cityNow(): Promise<DemoCity> {
    if (city === null || city.router !== services.city.router) city = await readDemoCity(services)
    return city
  }

  /** Forecasts of the wall go by what is written so far, not by planning values until the last of it is. */
  let types_at = Date.now()
  async function renewTypes(): Promise<void> {
    if (Date.now() - types_at < TYPES_EVERY_MS) return
    await services.city.reloadTypes(services.now())
    types_at = Date.now()
  }

  async function breathe(spent_ms: number): Promise<void> {
    void services.hub.nudge()
    await sleep(Math.max(4, spent_ms * 0.4), signal)
  }

  async function complaints(): Promise<void> {
    const history = { seed: services.config.seed, now: services.now, signal, breathe }
    await writeComplaints(services.db, history)
    await startComplaints(services, { ...options, signal, surveys: () => writeSurveys(services.db, history) })
  }

  async function history(): Promise<void> {
    const started = Date.now()
    const items = await writeHistory(services.db, {
      seed: services.config.seed,
      now: services.now,
      city: cityNow,
      describe: (point) => services.city.describe(point),
      signal,
      async breathe(spent_ms) {
        await renewTypes()
        await breathe(spent_ms)
      },
    })
    if (items === 0 || signal.aborted) return
    await services.city.reloadTypes(services.now())
    log.info({ job: 'demo', items, seconds: Math.round((Date.now() - started) / 1000) }, 'demo: history written')
  }

  const running = Promise.allSettled([
    insist('live part', () => startLive(services, { ...options, signal, city: cityNow })),
    insist('history', history),
    insist('complaints', complaints),
  ])
  return {
    async stop() {
      abort.abort()
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, STOP_MS))])
    },
  }
}
