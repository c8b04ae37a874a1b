import { runKills, type Kill } from '../../helpers/kills/run.ts'
import type { DatabaseKind } from '../../helpers/kills/installation.ts'
import { mulberry32 } from '../../helpers/random.ts'
import type { Repeat } from '../bench.ts'
import { percentile, type Figure, type SectionResult } from '../figure.ts'
import type { House } from '../house.ts'

/** On each database. */
const KILLS = 100
/** How long a fault lasts, in ms. */
const LASTS = [3_000, 9_000] as const
/** Clients are back within 5 s of readiness. */
const BACK_MS = 5_000

const seconds = (values: number[]) =>
  [0.5, 0.95, 1].map((share) => (percentile(values, share) / 1000).toFixed(1)).join(' / ')

/** A line for each fault: n, lost, doubled, until ready and until every client was current, slowest refusal. */
function byFault(kind: DatabaseKind, kills: readonly Kill[]): string[] {
  const names = [...new Set(kills.map(({ fault }) => fault))].sort()
  return names.map((name) => {
    const of = kills.filter(({ fault }) => fault === name)
    const sum = (what: 'lost' | 'doubled' | 'in_doubt') => of.reduce((total, kill) => total + kill[what], 0)
    const refusals = of.flatMap((kill) => kill.refusals)
    return [
      kind.padEnd(8),
      name.padEnd(42),
      `n ${of.length}`.padEnd(5),
      `lost ${sum('lost')}, doubled ${sum('doubled')}`,
      `ready ${seconds(of.map(({ ready_ms }) => ready_ms))} s`,
      `clients ${seconds(of.map(({ current_ms }) => current_ms))} s`,
      `in doubt ${sum('in_doubt')}, refused ${refusals.length}, slowest ${refusals.length ? (Math.max(...refusals) / 1000).toFixed(1) : '0'} s`,
    ].join(' | ')
  })
}

/** Faults at random moments while a room works, on both databases: what was acknowledged stands once, and everybody goes on. Throws when anything is wrong. */
export async function benchKills(house: House, { seed, count }: Repeat): Promise<SectionResult> {
  const notes = [`seed ${seed} (--seed ${seed}), p50 / p95 / worst`]
  const figures: Figure[] = []
  const wrong: string[] = []
  console.info(notes[0])
  const kinds: DatabaseKind[] = house.postgres_missing ? ['embedded'] : ['embedded', 'postgres']
  if (house.postgres_missing) notes.push(`not on PostgreSQL: ${house.postgres_missing}`)
  for (const kind of kinds) {
    const { kills, acknowledged, lines, impossible } = await runKills({
      kind,
      random: mulberry32(seed),
      count: count ?? KILLS,
      lasts: LASTS,
      programs: house.programs,
      say: (text) => console.info(text),
    })
    const total = (what: 'lost' | 'doubled') => kills.reduce((sum, kill) => sum + kill[what], 0)
    const figure = (what: string, measured: number, unit: string, most: number | null): Figure => ({
      what: `${kind}: ${what}`,
      measured,
      unit,
      baseline: null,
      beside: '',
      bound: most === null ? null : { most },
    })
    figures.push(
      figure(`lost, of ${acknowledged} writes acknowledged over ${kills.length} faults`, total('lost'), '', 0),
      figure('doubled', total('doubled'), '', 0),
      figure(
        'whole again to ready, p95',
        percentile(
          kills.map(({ ready_ms }) => ready_ms),
          0.95,
        ),
        'ms',
        null,
      ),
      figure(
        'ready to every client current, p95',
        percentile(
          kills.map(({ ready_ms, current_ms }) => current_ms - ready_ms),
          0.95,
        ),
        'ms',
        BACK_MS,
      ),
    )
    notes.push(...byFault(kind, kills), `${kind}: ${lines} lines of the log, chain whole`)
    if (impossible.length)
      notes.push(`${kind}: this machine cannot show: ${impossible.join(', ')} (root and Debian's faketime)`)
    wrong.push(...kills.flatMap(({ fault, faults }, i) => faults.map((text) => `${kind} ${i + 1}, ${fault}: ${text}`)))
  }
  if (wrong.length) {
    for (const note of notes) console.info(note)
    throw new Error(`seed ${seed}: ${wrong.length} wrong\n${wrong.join('\n')}`)
  }
  return { figures, notes }
}
