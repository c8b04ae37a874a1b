import { describe, expect, it } from 'vitest'
import { incidentClocks } from '../../../../geo/sla/incident_clocks.ts'
import type { Incident } from '../../../../geo/wire/incident.ts'
import type { Agency } from '../../../../geo/wire/masterdata.ts'
import type { District, SlaCell } from '../../../../geo/wire/stats.ts'
import { urgent } from '../../../../client/state/urgency.ts'
import { agencyDesks } from '../../../../client/wall/scenes/agencies/desk.ts'
import { trendWords } from '../../../../client/wall/scenes/districts/trend.ts'
import { chosenBy, edgesOf, lastMonth, PERIODS, ROUND } from '../../../../client/wall/scenes/heat/choice.ts'
import { areasOver, sumOf, worstOf } from '../../../../client/wall/scenes/heat/worst.ts'
import { en } from '../../../../client/wall/scenes/text/en.ts'
import { id } from '../../../../client/wall/scenes/text/id.ts'
import { aDistrict, anAssignment, anIncident, aStage, at, aUnit, T0 } from '../../fixtures.ts'

const live = (incident: Incident, seconds: number) => urgent(incident, incidentClocks(incident, T0 + seconds * 1000))
const none = { difference: 0, low: -0.2, high: 0.2 }
const previous = (more: Partial<NonNullable<District['previous']>> = {}): NonNullable<District['previous']> => ({
  from: at(0),
  to: at(1),
  whole: true,
  incidents: 10,
  calls: 10,
  agent: aStage(10, 1),
  opd: aStage(10, 1),
  trend: [],
  incidents_change: { ratio: 1.1, low: 0.6, high: 2 },
  agent_change: none,
  opd_change: none,
  ...more,
})

describe('what changed in a district', () => {
  it('says a trend only where its interval excludes chance, and only against whole records', () => {
    const words = (more: Parameters<typeof previous>[0]) =>
      trendWords(aDistrict('a', 10, 1, { previous: previous(more) })).words
    expect(words({})).toBe(id.trend_same)
    expect(words({ opd_change: { difference: 0.21, low: 0.02, high: 0.4 } })).toBe('OPD memburuk 21 poin')
    expect(words({ agent_change: { difference: -0.3, low: -0.5, high: -0.1 } })).toBe('Agen membaik 30 poin')
    expect(words({ incidents_change: { ratio: 1.5, low: 1.1, high: 2 } })).toBe('Kejadian bertambah 50 %')
    expect(words({ whole: false, incidents_change: null, agent_change: null, opd_change: null })).toBe(id.trend_unknown)
    expect(trendWords(aDistrict('a', 1, 0)).words).toBe('')
  })
})

describe('the heat', () => {
  const NOW = Date.parse('2026-11-01T00:30:00+07:00')
  it('goes by periods of WIB days, the last whole month, and the last 24 hours to the second', () => {
    expect(Object.fromEntries(PERIODS.map((p) => [p, edgesOf(p, NOW)]))).toEqual({
      '24h': 'from=2026-10-30T17:30:00.000Z&to=2026-10-31T17:30:00.000Z',
      '7d': 'from=2026-10-26&to=2026-11-02',
      '30d': 'from=2026-10-03&to=2026-11-02',
      month: 'from=2026-10-01&to=2026-11-01',
      '12m': 'from=2025-11-02&to=2026-11-02',
    })
    expect(lastMonth(Date.parse('2027-01-01T00:00:00+07:00'))).toBe('2026-12')
  })
  it('is chosen by key; a surface is one of shares', () => {
    expect(chosenBy('t', ROUND[0])).toMatchObject({ stage: 'agent' })
    expect(chosenBy('U', { ...ROUND[0], smooth: true })).toMatchObject({ measure: 'median', smooth: false })
    expect(chosenBy('h', { ...ROUND[0], measure: 'median' })).toMatchObject({ measure: 'share', smooth: true })
    expect(chosenBy('x', ROUND[0])).toBeNull()
  })
  it('names the worst by the lower bound, and never one with too few', () => {
    const cell = (code: string, n: number, breached: number, median_seconds: number): SlaCell => {
      const { missing: _, ...figures } = aStage(n, breached)
      return { level: 'kelurahan', h3: null, code, ...figures, median_seconds, open: 0 }
    }
    const cells = [
      cell('few', 4, 4, 9000),
      cell('five', 5, 4, 2101),
      cell('many', 40, 30, 2000),
      cell('good', 30, 0, 900),
    ]
    expect(worstOf(cells, { stage: 'opd', measure: 'share' }, 2).map(({ code }) => code)).toEqual(['many', 'five'])
    expect(worstOf(cells, { stage: 'opd', measure: 'median' }, 2).map(({ code }) => code)).toEqual(['five', 'many'])
    expect(sumOf(cells)).toEqual({ n: 79, breached: 38, running: 0 })
    expect(areasOver(cells, { stage: 'opd', measure: 'median' })).toEqual({ over: 1, of: 3 })
  })
})

describe('agencies', () => {
  const agency = (code: string): Agency => ({ id: code, code, name: code, kind: code, phone: null, tracked: true })
  it('the least time left first, then who has nobody on duty; what is not answered speaks for its case', () => {
    const job = (agency_id: string, told: number, more = {}) =>
      anAssignment({ agency_id, notified_at: at(told), acknowledged_at: at(told + 5), status: 'on_scene', ...more })
    const first = anIncident({
      status: 'handling',
      dispatched_at: at(0),
      assignments: [job('b', 600), job('a', 0), job('a', 10, { status: 'notified', acknowledged_at: null })],
    })
    const list = [live(first, 900)]
    const units = [
      aUnit({ agency_id: 'a', incident_id: first.id, duty: 'on' }),
      aUnit({ agency_id: 'a', incident_id: null, duty: 'on' }),
      aUnit({ agency_id: 'c', incident_id: null, duty: 'off' }),
      aUnit({ agency_id: 'd', incident_id: null, duty: 'on' }),
    ]
    const desks = agencyDesks(['d', 'c', 'b', 'a', 'e'].map(agency), units, list, T0 + 900_000)
    expect(desks.map((d) => d.agency.code)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(desks[0]).toMatchObject({ ready: [{}], busy: [{}], off: [], unreachable: false })
    expect(desks[0].jobs).toMatchObject([{ assignment: { status: 'notified' }, clock: { remaining_seconds: 1200 } }])
    expect(desks[1].jobs[0].clock.remaining_seconds).toBe(1800)
    // c has a unit and none on duty; e has none that could be: it is called.
    expect(desks.map(({ unreachable }) => unreachable)).toEqual([false, false, true, false, false])
  })
})

it('every word has both languages and the same values to fill in', () => {
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  for (const key of Object.keys(id) as (keyof typeof id)[]) expect([key, holes(en[key])]).toEqual([key, holes(id[key])])
})
