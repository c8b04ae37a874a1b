import { z } from 'zod'
import { shiftToHandOver } from '../../geo/shift/handover_due.ts'
import { incidentClocks } from '../../geo/sla/incident_clocks.ts'
import type { StageClock } from '../../geo/sla/clock.ts'
import { wibDay } from '../../geo/sla/shift.ts'
import {
  acknowledgeInput,
  handover,
  handoverCase,
  handoverInput,
  handoversQuery,
  type Handover,
  type HandoverCase,
} from '../../geo/wire/handover.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import type { Handler } from '../../geo/wire/supervision.ts'
import { invalid } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const WEEK_MS = 7 * 86_400_000
const MOST_CASES = 5_000

/** The note at each change of shift: written by the one that goes, taken over by the one that comes. */
export function handoverRoutes({ db, hub, city, simulated }: Services): Route[] {
  /** Open cases with their clocks as they stand now, the oldest first. */
  async function openCases(now: Date): Promise<HandoverCase[]> {
    const all = { bbox: null, since: null, unreported: false, limit: MOST_CASES, simulated }
    const rows = await db.rows<{ incident: Incident }>('incident_list', { ...all, status: 'open' })
    const handlers = await db.rows<Handler>('handlers', { id: null, simulated })
    const clock = ({ state, remaining_seconds }: StageClock) => ({ state, remaining_seconds })
    return rows
      .map(({ incident }) => {
        const type = city.incident_types.find(({ code }) => code === incident.incident_type)
        const { agent, opd } = incidentClocks(incident, now.getTime(), type)
        const { id: incident_id, number, incident_type, status, kelurahan } = incident
        const handler = handlers.find((each) => each.incident_id === incident_id)?.handler ?? ''
        return { incident_id, number, incident_type, status, kelurahan, handler, agent: clock(agent), opd: clock(opd) }
      })
      .reverse()
  }

  return [
    route(
      {
        method: 'get',
        path: '/api/handovers',
        summary: 'Catatan serah terima dari satu tanggal sampai tanggal lain (bila tanpa tanggal, sepekan terakhir)',
        permission: 'handover.read',
        query: handoversQuery,
        response: z.array(handover),
      },
      async ({ query, now }) => {
        const to = query.to ?? wibDay(now.getTime())
        const from = query.from ?? wibDay(now.getTime() - WEEK_MS)
        if (from > to) throw invalid('to', 'sebelum from')
        return (await db.rows<{ note: Handover }>('handovers', { from, to, simulated })).map(({ note }) => note)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/handovers/open-cases',
        summary: 'Kejadian terbuka yang akan ikut dalam catatan',
        permission: 'handover.write',
        response: z.array(handoverCase),
      },
      ({ now }) => openCases(now),
    ),
    route(
      {
        method: 'put',
        path: '/api/handovers',
        summary: 'Tulis catatan serah terima; kejadian terbuka ikut dengan sendirinya',
        permission: 'handover.write',
        body: handoverInput,
        response: handover,
      },
      async ({ body, principal: { actor }, now }) => {
        const owed = shiftToHandOver(now.getTime())
        if (body.day !== owed.day || body.shift !== owed.shift)
          throw invalid('shift', `yang diserahterimakan sekarang: ${owed.shift} ${owed.day}`)
        const cases = await openCases(now)
        const note = await db.value('handover_put', { input: { ...body, cases }, actor, now, simulated })
        void hub.nudge()
        return note
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/handovers/:id/acknowledge',
        summary: 'Terima catatan serah terima',
        permission: 'handover.write',
        params: z.object({ id: uuid }),
        body: acknowledgeInput,
        response: handover,
      },
      async ({ params, body, principal: { actor }, now }) => {
        const note = await db.value('handover_acknowledge', { ...params, ...body, actor, now, simulated })
        void hub.nudge()
        return note
      },
    ),
  ]
}
