import { describe, expect, it } from 'vitest'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import { attention, openBy, weakest } from '../../../client/state/attention.ts'
import { urgent } from '../../../client/state/urgency.ts'
import { aDistrict, anIncident, at, T0 } from '../fixtures.ts'

const live = (incident: Incident, seconds: number) => urgent(incident, incidentClocks(incident, T0 + seconds * 1000))

describe('what needs attention', () => {
  it('past the limit now, then nearly, then surely bad; three of three does not outrank thirty of forty', () => {
    const list = [
      live(anIncident({ kelurahan_code: 'late' }), 301),
      live(anIncident({ kelurahan_code: 'soon', received_at: at(50) }), 301),
      live(anIncident({ kelurahan_code: 'calm', received_at: at(290) }), 301),
      live(anIncident({ kelurahan_code: null }), 301),
    ]
    const open = openBy(list, ({ incident }) => incident.kelurahan_code)
    const ranked = attention(
      [
        aDistrict('few', 3, 3),
        aDistrict('many', 40, 30),
        aDistrict('calm', 30, 3),
        aDistrict('soon', 30, 3),
        aDistrict('late', 0, 0),
        aDistrict('none', 0, 0),
      ],
      open,
      9,
    )
    expect(ranked.map(({ district }) => district.code)).toEqual(['late', 'soon', 'many', 'calm', 'few'])
    expect(ranked[0].reasons).toEqual([
      { kind: 'breached', n: 1 },
      { kind: 'few', n: 0 },
    ])
    expect(ranked[2].reasons).toEqual([{ kind: 'above', share: 75, city: 38 }])
  })
})

describe('the weakest districts', () => {
  it('are ranked by the lower bound, so that few cases do not outrank many', () => {
    const ranked = weakest(
      [aDistrict('few', 5, 4), aDistrict('many', 60, 42), aDistrict('good', 30, 1), aDistrict('none', 0, 0)],
      new Map(),
      9,
    )
    expect(ranked.map((d) => d.code)).toEqual(['many', 'few', 'good'])
  })
})
