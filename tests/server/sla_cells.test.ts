import { cellToBoundary, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { medianSeconds } from '../../geo/stats/kaplan_meier.ts'
import { medianInterval } from '../../geo/stats/median_interval.ts'
import { wilson } from '../../geo/stats/wilson.ts'
import { slaCell } from '../../geo/wire/stats.ts'
import type { Params } from '../../server/db/database.ts'
import type { Services } from '../../server/services.ts'
import { slaCellsOf } from '../../server/stats/sla_cells.ts'
import { seededRandom } from '../helpers/random.ts'
import { stageRows, type CellIncident } from '../helpers/stage_rows.ts'

const LIMIT = 300
function one(more: Partial<CellIncident> = {}): CellIncident {
  return {
    lon: 109.6753,
    lat: -6.8886,
    kelurahan_code: 'k1',
    kecamatan_code: 'c1',
    open: false,
    state: 'ended',
    seconds: 100,
    ...more,
  }
}
const several = (n: number, more: Partial<CellIncident> = {}) => Array.from({ length: n }, () => one(more))

/** The heat of some incidents, of which the database gives those of each level. */
function slaCells(incidents: readonly CellIncident[], resolution?: number) {
  const db = { rows: async (_: string, { level }: Params) => stageRows(incidents, String(level), LIMIT) }
  const period = { from: '2026-10-01T00:00:00+07:00', to: '2026-11-01T00:00:00+07:00', stage: 'agent' as const }
  return slaCellsOf({ db, simulated: true } as unknown as Services, { ...period, resolution }, new Date(0))
}

describe('the SLA heat', () => {
  const levels = async (incidents: CellIncident[], resolution?: number) => [
    ...new Set((await slaCells(incidents, resolution)).map((c) => c.level)),
  ]
  /** n incidents spread so thinly that every H3 cell holds one. */
  const thin = (n: number, area: (i: number) => Partial<CellIncident>) =>
    Array.from({ length: n }, (_, i) =>
      one({ lon: 109.6 + 0.03 * (i % 9), lat: -7 + 0.03 * Math.floor(i / 9), ...area(i) }),
    )

  it('stays at H3 9 when a tenth of the cells reach five', async () =>
    expect(await levels(several(5))).toEqual(['h3-9']))

  it('goes to H3 8 when only the coarser cells reach five', async () => {
    // Six points in one H3 8 cell, each in an H3 9 cell of its own.
    const parent = latLngToCell(-6.8886, 109.6753, 8)
    const inside = cellToBoundary(parent)
      .map(([lat, lon]) => one({ lat: -6.8886 + 0.5 * (lat + 6.8886), lon: 109.6753 + 0.5 * (lon - 109.6753) }))
      .filter((i) => latLngToCell(i.lat, i.lon, 8) === parent)
    expect(inside.length).toBeGreaterThanOrEqual(5)
    expect(new Set(inside.map((i) => latLngToCell(i.lat, i.lon, 9))).size).toBeGreaterThan(1)
    expect(await levels(inside)).toEqual(['h3-8'])
  })

  it('then to kelurahan, and at last to kecamatan, naming the level', async () => {
    expect(await levels(thin(20, (i) => ({ kelurahan_code: `k${i % 4}` })))).toEqual(['kelurahan'])
    expect(await levels(thin(20, (i) => ({ kelurahan_code: `k${i}`, kecamatan_code: `c${i % 4}` })))).toEqual([
      'kecamatan',
    ])
    expect(await levels(thin(3, (i) => ({ kelurahan_code: `k${i}`, kecamatan_code: `c${i}` })))).toEqual(['kecamatan'])
    const [cell] = await slaCells(thin(20, () => ({})))
    expect(cell).toMatchObject({ level: 'kelurahan', code: 'k1', h3: null, n: 20 })
  })

  it('honours a resolution however thin', async () => {
    const spread = thin(20, () => ({}))
    expect(await levels(spread, 9)).toEqual(['h3-9'])
    expect(await levels(several(9), 7)).toEqual(['h3-7'])
  })

  it('running within the limit does not make a cell fine enough, nor does an empty city', async () => {
    expect(await levels(several(9, { state: 'running', seconds: 10 }))).toEqual(['kecamatan'])
    expect(await slaCells([])).toEqual([])
  })

  it('agrees with a count by hand for every cell, and fits the wire', async () => {
    const random = seededRandom(61)
    const states = ['ended', 'running', 'missing', 'not_begun'] as const
    const incidents = Array.from({ length: 800 }, () => {
      const state = states[Math.floor(random() ** 2 * 4)]
      const timed = state === 'ended' || state === 'running'
      return one({
        lon: 109.64 + 0.06 * random(),
        lat: -6.93 + 0.07 * random(),
        state,
        seconds: timed ? random() * 600 : null,
        open: random() < 0.2,
      })
    })
    const cells = await slaCells(incidents, 8)
    for (const cell of cells) {
      expect(slaCell.parse(cell)).toEqual(cell)
      const inside = incidents.filter((i) => latLngToCell(i.lat, i.lon, 8) === cell.h3)
      const ended = inside.filter((i) => i.state === 'ended')
      const running = inside.filter((i) => i.state === 'running')
      const n = ended.length + running.filter((i) => i.seconds! > LIMIT).length
      const breached = [...ended, ...running].filter((i) => i.seconds! > LIMIT).length
      const durations = [...ended, ...running].map((i) => ({
        seconds: Math.round(i.seconds!),
        ended: i.state === 'ended',
      }))
      expect(cell).toEqual({
        level: 'h3-8',
        h3: cell.h3,
        code: null,
        n,
        breached,
        running: ended.length + running.length - n,
        ...wilson(breached, n),
        median_seconds: medianSeconds(durations),
        median_low: medianInterval(durations).low,
        median_high: medianInterval(durations).high,
        open: inside.filter((i) => i.open).length,
      })
    }
    expect(cells.reduce((sum, cell) => sum + cell.open, 0)).toBe(incidents.filter((i) => i.open).length)
  })
})
