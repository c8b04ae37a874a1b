import { z } from 'zod'
import { handoverDue, type NoteHead } from '../../geo/shift/handover_due.ts'
import { wibDay } from '../../geo/sla/shift.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import {
  cancellation,
  cancellationAnswer,
  cancellationInput,
  caseSupervision,
  handlerTold,
  reassignInput,
  supervision,
  takeOverInput,
  type Cancellation,
  type Handler,
  type HandlerTold,
  type PersonAtWork,
} from '../../geo/wire/supervision.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { recordLook } from '../privacy/look.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })
const TWO_DAYS_MS = 2 * 86_400_000
const iso = (text: string) => new Date(text).toISOString()

interface Words {
  id: string
  asked: string | null
  answered: string | null
}

/** Who is at work, who answers for which case, and cancellations that need a second word. */
export function supervisionRoutes({ db, hub, simulated }: Services): Route[] {
  const people = async (now: Date) =>
    (await db.rows<PersonAtWork>('people_at_work', { now, simulated })).map((person) => ({
      ...person,
      since: iso(person.since),
      seen_at: iso(person.seen_at),
      last_at: person.last_at && iso(person.last_at),
    }))
  const handlers = async (id: string | null) =>
    (await db.rows<Handler>('handlers', { id, simulated })).map((row) => ({ ...row, since: iso(row.since) }))
  const requests = async (id: string | null) =>
    (await db.rows<{ request: Cancellation }>('cancellations', { id, simulated })).map(({ request }) => request)

  async function answerFor(incident_id: string, to: string, former: string, { actor }: Principal, now: Date) {
    const told = await db.value<HandlerTold>('handler_set', {
      incident_id,
      input: { to, former },
      actor,
      now,
      simulated,
    })
    void hub.nudge()
    return told
  }

  return [
    route(
      {
        method: 'get',
        path: '/api/supervision',
        summary: 'Siapa bekerja, penanggung jawab tiap kejadian terbuka, pembatalan yang menunggu',
        permission: 'supervision.read',
        response: supervision,
      },
      async ({ principal, now }) => {
        const notes = await db.rows<NoteHead>('handover_heads', {
          from: wibDay(now.getTime() - TWO_DAYS_MS),
          simulated,
        })
        const { began_at } = await db.one<{ began_at: Date | null }>('log_began')
        return {
          actor: principal.actor,
          handlers: await handlers(null),
          cancellations: await requests(null),
          people: await people(now),
          handover: handoverDue(now.getTime(), notes, began_at && began_at.getTime()),
        }
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id/supervision',
        summary: 'Penanggung jawab satu kejadian, dan permintaan pembatalannya dengan kata-katanya',
        permission: 'supervision.read',
        params: byId,
        response: caseSupervision,
      },
      async ({ params, principal, now }) => {
        if (!(await db.maybe('incident_get', { ...params, simulated }))) throw notFound('Kejadian')
        const words = may(principal.role, 'incident.read_private')
          ? await db.rows<Words>('cancellation_words', params)
          : []
        if (words.length > 0)
          await recordLook(db, { kind: 'cancellation', incident_id: params.id, actor: principal.actor, at: now })
        const asked = await requests(params.id)
        const waits = asked.some(({ status, asked_by }) => status === 'open' && asked_by !== principal.actor)
        const decides = may(principal.role, 'cancellation.decide')
        return {
          actor: principal.actor,
          handler: (await handlers(params.id))[0] ?? null,
          cancellations: asked.map((each) => {
            const said = words.find(({ id }) => id === each.id)
            return { ...each, asked: said?.asked ?? null, answered: said?.answered ?? null }
          }),
          may_answer: decides || (waits && !(await people(now)).some(({ role }) => may(role, 'cancellation.decide'))),
        }
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/incidents/:id/take-over',
        summary: 'Ambil alih tanggung jawab atas kejadian',
        permission: 'handler.take',
        params: byId,
        body: takeOverInput,
        response: handlerTold,
      },
      ({ params, body, principal, now }) => answerFor(params.id, principal.actor, body.former, principal, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/incidents/:id/reassign',
        summary: 'Serahkan tanggung jawab kepada petugas lain yang sedang bekerja',
        permission: 'handler.give',
        params: byId,
        body: reassignInput,
        response: handlerTold,
      },
      ({ params, body, principal, now }) => answerFor(params.id, body.to, body.former, principal, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/incidents/:id/cancellation',
        summary: 'Minta persetujuan pembatalan',
        permission: 'cancellation.ask',
        params: byId,
        body: cancellationInput,
        response: cancellation,
        status: 201,
      },
      async ({ params, body, principal: { actor }, now }) => {
        const asked = await db.value('cancellation_ask', { incident_id: params.id, input: body, actor, now, simulated })
        void hub.nudge()
        return asked
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/cancellations/:id/answer',
        summary: 'Setujui atau tolak pembatalan',
        permission: 'cancellation.answer',
        params: byId,
        body: cancellationAnswer,
        response: cancellation,
      },
      async ({ params, body, principal: { actor, role }, now }) => {
        const decides = may(role, 'cancellation.decide')
        const answer = await db.value('cancellation_answer', { ...params, input: body, decides, actor, now, simulated })
        void hub.nudge()
        return answer
      },
    ),
  ]
}
