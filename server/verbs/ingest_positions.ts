import { FIX_OUTCOMES, type FixOutcome } from '../../geo/wire/field.ts'
import { isDatabaseAway } from '../errors.ts'
import type { Services } from '../services.ts'

export interface Fix {
  unit_id?: string
  callsign?: string
  lon: number
  lat: number
  /** By the clock of the device. */
  fix_at?: string | null
  speed_kmh?: number | null
  heading?: number | null
  accuracy_m?: number | null
  /** By the phone of a person, not by a vehicle's tracker. */
  personal?: boolean
  source: 'json' | 'osmand' | 'owntracks'
}

export interface Judged {
  ord: number
  unit_id: string | null
  /** Why a fix was refused; null when it was taken. */
  reason: string | null
  outcome: FixOutcome
}

/** No vehicle of the city is faster; the demo's are, by as much as its time is. */
const TOP_SPEED_KMH = 250
/** Fixes in one statement, when several requests of a device wait. */
const AT_ONCE = 1_000
/** The device of fixes that came with no credential. */
const NOBODY = ''

interface Waiting {
  fixes: Fix[]
  now: Date
  answer(judged: Judged[]): void
  fail(error: unknown): void
}

/**
 * Where fixes come in (sql/functions/position_ingest.sql judges them). Those of one device (the credential they came with) go one after
 * another, as they must be judged, and hold one connection however many requests wait; those that wait go together.
 */
export function createPositionIntake({
  db,
  hub,
  simulated,
  config,
}: Pick<Services, 'db' | 'hub' | 'simulated' | 'config'>) {
  const outcomes = Object.fromEntries(FIX_OUTCOMES.map((outcome) => [outcome, 0])) as Record<FixOutcome, number>
  /** By device; an entry stands while one of its statements runs. */
  const queues = new Map<string, Waiting[]>()
  const top_speed_kmh = TOP_SPEED_KMH * (simulated ? Math.max(1, config.demo_speed) : 1)

  async function judge(device: string, fixes: Fix[], now: Date): Promise<Judged[]> {
    const judged = await db.rows<Judged>('position_ingest', {
      rows: JSON.stringify(fixes),
      now,
      simulated,
      device: device === NOBODY ? null : device,
      top_speed_kmh,
    })
    for (const { outcome } of judged) outcomes[outcome]++
    hub.positionsChanged()
    return judged
  }

  async function together(device: string, some: Waiting[]): Promise<void> {
    let judged: Judged[]
    try {
      judged = await judge(
        device,
        some.flatMap(({ fixes }) => fixes),
        new Date(Math.max(...some.map(({ now }) => now.getTime()))),
      )
    } catch (error) {
      if (some.length === 1 || isDatabaseAway(error)) return some.forEach(({ fail }) => fail(error))
      // What is wrong with one request is not the others' fault.
      for (const one of some) await together(device, [one])
      return
    }
    let from = 0
    for (const { fixes, answer } of some) {
      answer(judged.slice(from, from + fixes.length).map((row) => ({ ...row, ord: row.ord - from })))
      from += fixes.length
    }
  }

  async function drain(device: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      let count = 0
      let n = 0
      while (n < queue.length && (n === 0 || count + queue[n].fixes.length <= AT_ONCE)) count += queue[n++].fixes.length
      await together(device, queue.splice(0, n))
    }
    queues.delete(device)
  }

  return {
    /** Since the start, by what became of them. */
    outcomes,
    /** Takes the fixes of one device in, in their order; each gets an answer. */
    take(device_id: string | null, fixes: Fix[], now: Date): Promise<Judged[]> {
      const device = device_id ?? NOBODY
      return new Promise((answer, fail) => {
        const one: Waiting = { fixes, now, answer, fail }
        const queue = queues.get(device)
        if (queue) return void queue.push(one)
        const made = [one]
        queues.set(device, made)
        void drain(device, made)
      })
    },
  }
}
export type PositionIntake = ReturnType<typeof createPositionIntake>
