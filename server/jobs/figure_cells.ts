import { latLngToCell } from 'h3-js'
import type { Services } from '../services.ts'

/** Written at once: some 30 ms, so that the embedded database's one session is free again soon; of one with more, more. */
const AT_ONCE = { embedded: 1_000, postgres: 5_000 }
/** After a change: what comes in quick succession is written together. */
const SOON_MS = 2_000
/** Whatever no line of the log told of. */
const EVERY_MS = 60_000
const RESOLUTIONS = [7, 8, 9, 10]

/** Writes down the H3 cells of one batch; answers how many there were. */
export async function placeFigures(db: Services['db'], limit: number): Promise<number> {
  const rows = await db.rows<{ incident_id: string; lon: number; lat: number }>('figures_unplaced', { limit })
  if (rows.length === 0) return 0
  const cells = RESOLUTIONS.map((resolution): [string, string[]] => [
    `h3_${resolution}`,
    rows.map(({ lon, lat }) => BigInt(`0x${latLngToCell(lat, lon, resolution)}`).toString()),
  ])
  await db.rows('figures_place', {
    ids: rows.map(({ incident_id }) => incident_id),
    lon: rows.map(({ lon }) => lon),
    lat: rows.map(({ lat }) => lat),
    ...Object.fromEntries(cells),
  })
  return rows.length
}

export interface FigureCells {
  /** Something was recorded or moved. */
  changed(): void
  stop(): Promise<void>
}

/**
 * Keeps the H3 cells of `incident_figure` written down, which SQL cannot work out. Figures do not wait for it: whatever has none yet is
 * placed by who asks.
 */
export function keepFigureCells({ db, log }: Pick<Services, 'db' | 'log'>): FigureCells {
  let soon: NodeJS.Timeout | null = null
  let work: Promise<void> | null = null
  let stopped = false
  const all = async () => {
    const at_once = AT_ONCE[db.embedded ? 'embedded' : 'postgres']
    while (!stopped && (await placeFigures(db, at_once)) === at_once);
  }
  const run = () => {
    soon = null
    work ??= all()
      .catch((error: unknown) => log.warn({ err: error, job: 'figure_cells' }, 'cells of figures'))
      .finally(() => (work = null))
  }
  const changed = () => {
    if (!stopped) soon ??= setTimeout(run, SOON_MS)
  }
  const timer = setInterval(run, EVERY_MS)
  changed()
  return {
    changed,
    async stop() {
      stopped = true
      clearInterval(timer)
      if (soon) clearTimeout(soon)
      await work
    },
  }
}
