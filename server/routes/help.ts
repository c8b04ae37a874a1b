import { z } from 'zod'
import { helpAnswerInput, helpInput, helpRequest, helpWords, type HelpWords } from '../../geo/wire/help.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { scopeAgency } from '../auth/principal.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { recordLook } from '../privacy/look.ts'
import type { Services } from '../services.ts'
import { handles } from './incidents.ts'

const byId = z.object({ id: uuid })
interface Answer {
  id: string
  incident: Incident
}
const told = ({ id, incident }: Answer) => incident.help_requests?.find((each) => each.id === id)

/** An OPD on a case asks for another; the room answers. */
export const helpRoutes = ({ db, hub, simulated }: Services): Route[] => [
  route(
    {
      method: 'post',
      path: '/api/incidents/:id/help',
      summary: 'Minta bantuan OPD lain',
      permission: 'help.ask',
      params: byId,
      body: helpInput,
      response: helpRequest,
      status: 201,
    },
    async ({ params, body: { agency_id, ...input }, principal, now }) => {
      const asking = scopeAgency(principal) ?? agency_id
      if (!asking) throw invalid('agency_id', 'sebutkan instansi yang meminta')
      const answer = await db.value<Answer>('help_ask', {
        ...params,
        input,
        agency_id: asking,
        actor: principal.actor,
        now,
        simulated,
      })
      void hub.nudge()
      return told(answer)
    },
  ),
  route(
    {
      method: 'post',
      path: '/api/help/:id/answer',
      summary: 'Jawab permintaan bantuan',
      permission: 'help.answer',
      params: byId,
      body: helpAnswerInput,
      response: helpRequest,
    },
    async ({ params, body, principal, now }) => {
      const answer = await db.value<Answer>('help_answer', {
        ...params,
        input: body,
        actor: principal.actor,
        now,
        simulated,
      })
      void hub.nudge()
      return told(answer)
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/incidents/:id/help',
      summary: 'Kata-kata permintaan bantuan',
      permission: 'incident.read_private',
      params: byId,
      response: helpWords,
    },
    async ({ params, principal, now }) => {
      const row = await db.maybe<{ incident: Incident }>('incident_get', { ...params, simulated })
      if (!row) throw notFound('Kejadian')
      if (!handles(principal, row.incident)) return []
      const words = await db.rows<HelpWords[number]>('help_words', params)
      if (words.length > 0)
        await recordLook(db, { kind: 'help', incident_id: params.id, actor: principal.actor, at: now })
      return words
    },
  ),
]
