import type { DatabaseKind, Installation } from './installation.ts'
import type { Ledger } from './ledger.ts'
import { childrenOf, signal } from './processes.ts'

/** What a fault does while it lasts to those who ask. */
export interface Expected {
  /** On these the server lives while its database answers nobody: not ready, and `checked_at` stands still. */
  away?: readonly DatabaseKind[]
  /** On these the server itself ends, and is started again. */
  ends?: readonly DatabaseKind[]
}

export interface Fault {
  name: string
  on: readonly DatabaseKind[]
  expects: Expected
  /** Whether this machine can show it. */
  possible(at: Installation): boolean
  /** Does it, for `ms` where it lasts; `during` is awaited in the middle of that. Resolves when the world is whole again, and nobody need help. */
  happen(
    at: Installation,
    options: { random: () => number; ms: number; ledger: Ledger; during: () => Promise<void> },
  ): Promise<void>
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const BOTH = ['embedded', 'postgres'] as const
const always = () => true
const mounted = ({ disk }: Installation) => disk.mounted
const serverOf = (at: Installation) => [at.server()].flatMap((pid) => pid ?? [])

/** Stops processes for a while, as a disk or a machine that stands still does. */
async function still(pids: readonly number[], ms: number, during: () => Promise<void>): Promise<void> {
  signal(pids, 'SIGSTOP')
  try {
    await Promise.all([pause(ms), during()])
  } finally {
    signal(pids, 'SIGCONT')
  }
}

/** Their names stand in README ("Durability") too. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'server and its children killed',
    on: BOTH,
    expects: { ends: BOTH },
    possible: always,
    happen: async (at) =>
      signal(
        serverOf(at).map((pid) => -pid),
        'SIGKILL',
      ),
  },
  {
    name: 'server killed alone',
    on: BOTH,
    expects: { ends: BOTH },
    possible: always,
    happen: async (at) => signal(serverOf(at), 'SIGKILL'),
  },
  {
    name: 'server told to end',
    on: BOTH,
    expects: { ends: BOTH },
    possible: always,
    happen: async (at) => signal(serverOf(at), 'SIGTERM'),
  },
  {
    name: 'server stands still',
    on: BOTH,
    expects: {},
    possible: always,
    async happen(at, { ms, ledger }) {
      const [pid] = serverOf(at)
      if (pid === undefined) return
      ledger.frozen = true
      await still([pid, ...childrenOf(pid)], ms, async () => undefined)
      // What was asked just before may still run out of patience.
      setTimeout(() => (ledger.frozen = false), 3_000)
    },
  },
  {
    name: 'database killed',
    on: BOTH,
    expects: { ends: ['embedded'] },
    possible: always,
    async happen(at) {
      const [postmaster] = at.database()
      if (postmaster !== undefined) signal([postmaster], 'SIGKILL')
    },
  },
  {
    name: 'database away for a while',
    on: ['postgres'],
    expects: { away: ['postgres'] },
    possible: always,
    async happen(at, { ms, during }) {
      at.hold(true)
      signal(at.database(), 'SIGKILL')
      await Promise.all([pause(ms), during()])
      at.hold(false)
    },
  },
  {
    name: 'database stands still',
    on: BOTH,
    expects: { away: BOTH },
    possible: always,
    happen: (at, { ms, during }) => still(at.database(), ms, during),
  },
  {
    name: 'a backend killed',
    on: ['postgres'],
    expects: {},
    possible: always,
    async happen(at, { random }) {
      const pids = await at.backends()
      signal(pids.slice(0, 1 + Math.floor(random() * 2)), 'SIGKILL')
    },
  },
  {
    name: 'a backend told to end',
    on: ['postgres'],
    expects: {},
    possible: always,
    async happen(at) {
      signal(await at.backends(), 'SIGTERM')
    },
  },
  {
    name: 'database connections cut in a transaction',
    on: ['postgres'],
    expects: {},
    possible: always,
    async happen(at, { random }) {
      await Promise.race([at.wire?.cutAfter('assignment_', random() * 6), pause(5_000)])
    },
  },
  {
    name: 'client connections cut before the answer',
    on: BOTH,
    expects: {},
    possible: always,
    async happen(at, { random }) {
      for (const path of ['/api/incidents', '/api/incidents/', '/api/assignments/'])
        await Promise.race([at.clients.cutAfter(path, random() * 12), pause(3_000)])
    },
  },
  {
    name: 'disk full',
    on: BOTH,
    expects: {},
    possible: mounted,
    async happen(at, { ms, during }) {
      at.disk.fill()
      try {
        await Promise.all([pause(ms), during()])
      } finally {
        at.disk.empty()
      }
    },
  },
  {
    name: 'disk read-only',
    on: BOTH,
    expects: { away: ['postgres'] },
    possible: mounted,
    // The kernel lets no disk become read-only under open files: the database falls first, as after a fault of the disk, and cannot come up.
    async happen(at, { ms, during }) {
      at.hold(true)
      const group = serverOf(at).map((pid) => -pid)
      signal(at.kind === 'embedded' ? [...group, ...at.database()] : at.database(), 'SIGKILL')
      for (let tries = 0; tries < 100 && !at.disk.readOnly(true); tries++) await pause(20)
      at.hold(false)
      try {
        await Promise.all([pause(ms), during()])
      } finally {
        for (let tries = 0; tries < 100 && !at.disk.readOnly(false); tries++) await pause(20)
      }
    },
  },
  {
    name: 'clock set ahead and back',
    on: BOTH,
    expects: {},
    possible: ({ clock }) => 'LD_PRELOAD' in clock.env,
    async happen(at, { ms }) {
      at.clock.set(7_200)
      await pause(Math.max(ms, 2_500))
      at.clock.set(0)
      await pause(1_500)
    },
  },
  {
    name: 'clock set back and right again',
    on: BOTH,
    expects: {},
    possible: ({ clock }) => 'LD_PRELOAD' in clock.env,
    async happen(at, { ms }) {
      at.clock.set(-7_200)
      await pause(Math.max(ms, 2_500))
      at.clock.set(0)
      await pause(1_500)
    },
  },
]

/** Those of a database that this machine can show. */
export const faultsOn = (at: Installation): Fault[] =>
  FAULTS.filter((fault) => fault.on.includes(at.kind) && fault.possible(at))
