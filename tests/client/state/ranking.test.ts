import { describe, expect, it } from 'vitest'
import { Ranking } from '../../../client/state/ranking.ts'
import { byUrgency, urgent } from '../../../client/state/urgency.ts'
import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import type { IncidentType } from '../../../geo/wire/masterdata.ts'
import { seededRandom } from '../../helpers/random.ts'
import { anAssignment, anIncident, at, T0 } from '../fixtures.ts'

const TYPES = new Map(
  ['kebakaran', 'kecelakaan'].map((code): [string, IncidentType] => [
    code,
    {
      code,
      name: code,
      name_en: code,
      letter: 'K',
      class: 'gawat_darurat',
      priority: 1,
      on_scene_minutes: 20,
      median_on_scene_seconds: null,
      median_on_scene_n: 0,
      needs: [],
      needs_built_in: true,
    },
  ]),
)

function any(random: () => number, second: number): Incident {
  const received = second - random() * 3000
  const sent = random() < 0.5
  const arrived = sent && random() < 0.3
  const status = sent ? (arrived ? 'handling' : 'dispatched') : 'received'
  return anIncident({
    incident_type: random() < 0.5 ? 'kebakaran' : 'kecelakaan',
    priority: 1 + Math.floor(random() * 3),
    received_at: at(received),
    status: random() < 0.1 ? 'resolved' : status,
    dispatched_at: sent ? at(received + 100) : null,
    resolved_at: random() < 0.1 && sent ? at(second) : null,
    on_scene_at: arrived ? at(received + 400) : null,
    late_entry: random() < 0.05,
    assignments:
      sent && random() < 0.6
        ? [
            anAssignment({
              notified_at: at(received + 100),
              status: arrived ? 'on_scene' : 'en_route',
              en_route_at: at(received + 160),
              on_scene_at: arrived ? at(received + 400) : null,
            }),
          ]
        : [],
  })
}

describe('the ranking', () => {
  it('is what working everything out each second gives, while cases come, change and go', () => {
    const random = seededRandom(81)
    const ranking = new Ranking()
    const incidents = new Map<string, Incident>()
    for (let second = 0; second < 1500; second += 1 + Math.floor(random() * 9)) {
      if (incidents.size < 40 && random() < 0.5) {
        const made = any(random, second)
        incidents.set(made.id, made)
      }
      for (const [id, incident] of incidents) {
        if (random() < 0.01) incidents.delete(id)
        else if (random() < 0.01) incidents.set(id, { ...any(random, second), id, number: incident.number })
      }
      const now = T0 + second * 1000
      const eta = second % 2 === 0 ? () => second % 600 : undefined
      const expected = Array.from(incidents.values(), (i) =>
        urgent(i, incidentClocks(i, now, TYPES.get(i.incident_type), eta)),
      ).sort(byUrgency)
      expect(ranking.rank(incidents, TYPES, now, eta)).toEqual(expected)
    }
  })
})
