import type { Response } from 'express'
import { z } from 'zod'
import { incidentClocks } from '../../geo/sla/incident_clocks.ts'
import type { Incident, IncidentPrivate } from '../../geo/wire/incident.ts'
import { listedIncident } from '../../geo/wire/incident_clocks.ts'
import { INCIDENT_STATUSES, instant, uuid } from '../../geo/wire/primitives.ts'
import type { IncidentCalls } from '../../geo/wire/calls.ts'
import { assignmentInput, bboxParameter, incidentInput, incidentPatch, ownUnitsInput } from '../../geo/wire/requests.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { assign } from '../verbs/assign.ts'
import { chooseOwnUnits } from '../verbs/choose_own_units.ts'
import { createIncident, PIN_ACCURACY_M } from '../verbs/create_incident.ts'
import { findDuplicates, type Reported } from '../verbs/find_duplicates.ts'
import { patchIncident } from '../verbs/patch_incident.ts'
import { recommend } from '../verbs/recommend.ts'

const byId = z.object({ id: uuid })
const listQuery = z.object({
  status: z.enum(['open', ...INCIDENT_STATUSES], `harus open, ${INCIDENT_STATUSES.join(', ')}`).optional(),
  bbox: bboxParameter.optional(),
  since: instant.optional(),
  /** Only those without the operator's final report. */
  unreported: z.literal('true').optional(),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
})
type PinnedBody = Pick<z.infer<typeof incidentInput>, 'location' | 'address_text' | 'accuracy_m' | 'pin_source'>
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/

/** Incidents: recorded, listed, followed, dispatched. */
export function incidentRoutes(services: Services): Route[] {
  const { db, city } = services

  const withClocks = (incident: Incident, now: Date) => ({
    ...incident,
    clocks: incidentClocks(
      incident,
      now.getTime(),
      city.incident_types.find((type) => type.code === incident.incident_type),
    ),
  })

  async function find(id: string): Promise<Incident> {
    const row = await db.maybe<{ incident: Incident }>('incident_get', { id, simulated: services.simulated })
    if (!row) throw notFound('Kejadian')
    return row.incident
  }

  /** With personal data for those who handle the case; the look is recorded. */
  async function forReader(incident: Incident, principal: Principal, now: Date) {
    if (!handles(principal, incident)) return withClocks(incident, now)
    const personal = await db.maybe<IncidentPrivate>('incident_private', { id: incident.id })
    const heard = await db.maybe<IncidentCalls>('incident_calls', { id: incident.id })
    await db.rows('private_view_add', { incident_id: incident.id, call_id: null, actor: principal.actor, at: now })
    return { ...withClocks(incident, now), ...personal, ...heard }
  }

  /** What a pin teaches about the words is looked at once the answer has gone out. */
  function learn(incident_id: string, body: PinnedBody, { actor }: Principal, res: Response): void {
    const { location, address_text, accuracy_m, pin_source } = body
    if (!location) return
    const pinning = {
      incident_id,
      words: address_text ?? null,
      point: location.coordinates,
      accuracy_m: accuracy_m ?? PIN_ACCURACY_M,
      source: pin_source ?? null,
      actor,
    }
    res.once('close', () => services.proposer.consider(pinning))
  }

  return [
    route(
      {
        method: 'post',
        path: '/api/incidents',
        summary: 'Catat kejadian',
        permission: 'incident.create',
        body: incidentInput,
        status: 201,
      },
      async ({ body, principal, now, req, res }) => {
        const key = req.get('Idempotency-Key') ?? null
        if (key !== null && !IDEMPOTENCY_KEY.test(key))
          throw invalid('Idempotency-Key', '1 sampai 128 karakter ASCII tanpa spasi')
        const creating = createIncident(services, body, {
          actor: principal.actor,
          now,
          idempotency_key: key,
          late_entry_allowed: may(principal.role, 'incident.late_entry'),
        })
        // Nothing of the case decides who could be sent: they are read while it is written.
        const candidates = services.candidates()
        candidates.catch(() => undefined)
        const created = await creating
        // Personal data rests in one place only: the kept answer is without it, and the same request brings it again.
        const personal = may(principal.role, 'incident.read_private') ? personalOf(body) : {}
        const withPersonal = <T extends { incident: object }>(answer: T) => ({
          ...answer,
          incident: { ...answer.incident, ...personal },
        })
        if (created.response) return withPersonal(created.response)
        if (!created.replayed) learn(created.incident.id, body, principal, res)
        const [possible_duplicates, recommendations] = await Promise.all([
          findDuplicates(services, reportedBy(created.incident)),
          recommend(services, created.incident, now, { names_jobs: may(principal.role, 'incident.read'), candidates }),
        ])
        const answer = {
          incident: withClocks(created.incident, now),
          possible_duplicates,
          recommendations,
        }
        // Of several answers at once under one key the first that is kept goes to all.
        const kept =
          key === null ? answer : await db.value<typeof answer>('idempotency_answer', { key, response: answer })
        return withPersonal(kept)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents',
        summary: 'Daftar kejadian',
        permission: 'incident.read',
        query: listQuery,
        response: z.array(listedIncident),
      },
      async ({ query, now }) => {
        const rows = await db.rows<{ incident: Incident }>('incident_list', {
          status: query.status ?? null,
          bbox: query.bbox ?? null,
          since: query.since ?? null,
          unreported: query.unreported !== undefined,
          limit: query.limit,
          simulated: services.simulated,
        })
        return rows.map((row) => withClocks(row.incident, now))
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id',
        summary: 'Satu kejadian',
        permission: 'incident.read',
        params: byId,
      },
      async ({ params, principal, now }) => forReader(await find(params.id), principal, now),
    ),
    route(
      {
        method: 'patch',
        path: '/api/incidents/:id',
        summary: 'Ubah kejadian',
        permission: 'incident.update',
        params: byId,
        body: incidentPatch,
      },
      async ({ params, body, principal, now, res }) => {
        const incident = await patchIncident(services, params.id, body, principal, now)
        learn(incident.id, body, principal, res)
        return forReader(incident, principal, now)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id/recommendations',
        summary: 'Siapa yang sebaiknya berangkat',
        permission: 'recommendation.read',
        params: byId,
      },
      async ({ params, now }) => recommend(services, await find(params.id), now),
    ),
    route(
      {
        method: 'post',
        path: '/api/incidents/:id/assignments',
        summary: 'Kirim unit atau instansi',
        permission: 'assignment.create',
        params: byId,
        body: assignmentInput,
        status: 201,
      },
      async ({ params, body, principal, now }) => assign(services, await find(params.id), body, principal.actor, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/incidents/:id/own-units',
        summary: 'Unit pilihan OPD sendiri, tambahan atau pengganti',
        permission: 'assignment.choose',
        params: byId,
        body: ownUnitsInput,
        status: 201,
      },
      async ({ params, body, principal, now }) => chooseOwnUnits(services, await find(params.id), body, principal, now),
    ),
  ]
}

/** Whether somebody handles the case: the room every case, an OPD and a unit those they were sent to, unless they declined or were called back. */
export function handles({ role, agency_id, unit_id }: Principal, { assignments }: Incident): boolean {
  if (!may(role, 'incident.read_private')) return false
  const theirs = assignments.filter(({ status }) => status !== 'declined' && status !== 'cancelled')
  if (role === 'dispatcher') return theirs.some((a) => a.agency_id === agency_id)
  // A word to a whole OPD has no unit either: whoever is bound to none was not sent by it.
  if (role === 'responder') return unit_id !== null && theirs.some((a) => a.unit_id === unit_id)
  return true
}

const reportedBy = ({ id, location, accuracy_m, incident_type, received_at }: Incident): Reported => ({
  id,
  lon: location.coordinates[0],
  lat: location.coordinates[1],
  accuracy_m,
  incident_type,
  at: new Date(received_at),
})

const personalOf = (body: z.infer<typeof incidentInput>): IncidentPrivate => ({
  caller_name: body.caller_name ?? null,
  caller_number: body.caller_number ?? null,
  address_text: body.address_text ?? null,
  description: body.description ?? null,
})
