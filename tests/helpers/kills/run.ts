import type { Unit } from '../../../geo/wire/masterdata.ts'
import { PROGRAMS } from '../built.ts'
import { FAULTS as ALL, faultsOn, type Fault } from './faults.ts'
import { openInstallation, type DatabaseKind } from './installation.ts'
import { createJudge } from './judge.ts'
import { Ledger } from './ledger.ts'
import { openWatcher, type Watcher } from './watcher.ts'
import { startWriters } from './writers.ts'

/** What became of one fault. */
export interface Kill {
  fault: string
  /** Milliseconds from when the world was whole again until the server was ready, and until every client held every line. */
  ready_ms: number
  current_ms: number
  lost: number
  doubled: number
  /** Answers left in doubt, and milliseconds that refusals took. */
  in_doubt: number
  refusals: number[]
  faults: string[]
}

export interface KillsResult {
  kills: Kill[]
  acknowledged: number
  lines: number
  withheld: number
  /** Faults that this machine cannot show. */
  impossible: string[]
}

interface Options {
  kind: DatabaseKind
  random: () => number
  count: number
  /** By name; otherwise all in turn, in an order that the seed decides. */
  only?: readonly string[]
  /** Bounds, in ms, of how long a fault lasts. */
  lasts: readonly [number, number]
  template?: string | null
  /** Folder of the built programs. */
  programs?: string
  say: (text: string) => void
}

const WATCHING = ['supervisor', 'operator', 'screen', 'planner'] as const
/** Of one server: a pool of twelve, and what it keeps for itself. */
const MOST_CONNECTIONS = 18
const CURRENT_WITHIN_MS = 60_000
/** Away long enough to be told: `/health/ready` says so, `checked_at` stands still. */
const NOTICED_MS = 2_500

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Runs a room's work against a server of its own, lets faults happen to it at random moments, and judges after each. */
export async function runKills(options: Options): Promise<KillsResult> {
  const { kind, random, count, only, lasts, say } = options
  const at = await openInstallation(kind, {
    template: options.template ?? null,
    programs: options.programs ?? PROGRAMS,
    false_clock: !only || only.some((name) => name.startsWith('clock')),
  })
  const ledger = new Ledger()
  const watchers: Watcher[] = []
  try {
    await at.untilReady(180_000)
    const tokens = Object.fromEntries(['admin', ...WATCHING].map((role) => [role, at.token(role)]))
    for (const role of WATCHING) watchers.push(openWatcher(at.url, role, tokens[role], (text) => ledger.wrong(text)))
    const units = (await (
      await fetch(`${at.url}/api/units`, { headers: { authorization: `Bearer ${tokens.admin}` } })
    ).json()) as Unit[]
    const judge = createJudge(at, ledger, watchers, tokens.supervisor)
    const writers = startWriters(
      { url: at.url, token: tokens.admin, ledger, units: units.filter(({ duty }) => duty === 'on') },
      random,
    )
    const possible = faultsOn(at)
    const kills: Kill[] = []
    try {
      for (const fault of plan(possible, only, count, random)) {
        writers.go()
        await pause(200 + random() * 700)
        kills.push(await one(fault))
        const { fault: name, ready_ms, current_ms, faults } = kills[kills.length - 1]
        say(
          `${kills.length}/${count} ${kind}: ${name}: ready ${Math.round(ready_ms)} ms, clients ${Math.round(current_ms)} ms${faults.map((text) => `\n    ${text}`).join('')}`,
        )
      }
    } finally {
      await writers.stop()
    }
    const last = kills.at(-1)
    if (kind === 'postgres') {
      const connections = await at.connections()
      if (connections > MOST_CONNECTIONS) last?.faults.push(`${connections} connections to the database are left`)
    }
    const audit = at.run('audit-verify', [])
    if (audit.status !== 0) last?.faults.push(`audit:verify: ${audit.text}`)
    return {
      kills,
      acknowledged: ledger.acknowledged,
      lines: judge.seq,
      withheld: watchers.reduce((sum, { withheld }) => sum + withheld, 0),
      impossible: missing(possible, kind, only),
    }

    async function one(fault: Fault): Promise<Kill> {
      const doubts = ledger.in_doubt
      const ms = lasts[0] + random() * (lasts[1] - lasts[0])
      const starts = at.starts()
      await fault.happen(at, {
        random,
        ms,
        ledger,
        during: async () => {
          if (fault.expects.away?.includes(kind)) await holdsStill(ms)
        },
      })
      const whole = performance.now()
      // One that must end is ready as long as it has not ended.
      while (fault.expects.ends?.includes(kind) && at.starts() === starts) await pause(10)
      await at.untilReady()
      const ready_ms = performance.now() - whole
      await writers.pause()
      const head = await judge.head()
      const until = performance.now() + CURRENT_WITHIN_MS
      while (!watchers.every((each) => each.isCurrent(head)) && performance.now() < until) await pause(20)
      const current_ms = performance.now() - whole
      if (performance.now() >= until) ledger.wrong(`clients were not current in ${CURRENT_WITHIN_MS / 1000} s`)
      const { lost, doubled, faults } = await judge.look()
      return {
        fault: fault.name,
        ready_ms,
        current_ms,
        lost,
        doubled,
        in_doubt: ledger.in_doubt - doubts,
        refusals: ledger.takeRefusals(),
        faults: [...faults, ...ledger.faults.splice(0)],
      }
    }

    /** While nobody can ask the database: not ready, and no heartbeat says that it was read. */
    async function holdsStill(ms: number): Promise<void> {
      await pause(NOTICED_MS)
      const said = watchers.map(({ beats }) => beats.at(-1)?.checked_at)
      const said_ready = await at.readiness(5_000)
      if (said_ready !== 503) ledger.wrong(`/health/ready says ${said_ready} while the database answers nobody`)
      await pause(Math.max(0, ms - NOTICED_MS - 300))
      for (const [i, { role, beats }] of watchers.entries())
        if (said[i] !== undefined && beats.at(-1)?.checked_at !== said[i] && at.server() !== null)
          ledger.wrong(
            `${role}: checked_at went on from ${said[i]} to ${beats.at(-1)?.checked_at} while the database answered nobody`,
          )
    }
  } finally {
    for (const watcher of watchers) watcher.close()
    await at.close()
  }
}

/** Every kind in turn, the order of each turn shuffled. */
function plan(
  possible: readonly Fault[],
  only: readonly string[] | undefined,
  count: number,
  random: () => number,
): Fault[] {
  const chosen = only ? only.flatMap((name) => possible.find((fault) => fault.name === name) ?? []) : [...possible]
  if (only) return chosen.slice(0, count)
  const all: Fault[] = []
  while (all.length < count) {
    const turn = [...chosen]
    for (let i = turn.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[turn[i], turn[j]] = [turn[j], turn[i]]
    }
    all.push(...turn)
  }
  return all.slice(0, count)
}

const missing = (possible: readonly Fault[], kind: DatabaseKind, only?: readonly string[]): string[] => {
  const names = new Set(possible.map(({ name }) => name))
  const wanted = only ?? ALL.filter((fault) => fault.on.includes(kind)).map(({ name }) => name)
  return wanted.filter((name) => !names.has(name))
}
