import { z } from 'zod'
import { call, callDetail, deskKeyAnswer, deviceLocated } from '../../geo/wire/calls.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { callAnswer, callInput, callPatch, deviceLocationInput } from '../../geo/wire/requests.ts'
import { may } from '../auth/permissions.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { answerCall, createCall, lookAtCall, patchCall } from '../verbs/create_call.ts'
import { deskKey } from '../verbs/desk_key.ts'
import { locateDevice } from '../verbs/locate_device.ts'

const byId = z.object({ id: uuid })

/** Screen pop for any PBX, what a call turned out to be and what it is about, and where its phone says it is. */
export const callRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'post',
      path: '/api/calls',
      summary: 'Panggilan masuk',
      permission: 'call.create',
      body: callInput,
      response: call,
      status: 201,
    },
    async ({ body: { desk, ...said }, principal, now, res }) => {
      const rings = !desk && may(principal.role, 'call.ring')
      const made = await createCall(services, { ...said, rings }, principal.actor, now)
      if (!made.replayed) return made.call
      res.status(200).json(made.call)
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/calls/:id',
      summary: 'Satu panggilan dengan data peneleponnya',
      permission: 'call.read_private',
      params: byId,
      response: callDetail,
    },
    async ({ params, principal, now }) => {
      const found = await lookAtCall(services, params.id, principal.actor, now)
      if (!found) throw notFound('Panggilan')
      return found
    },
  ),
  route(
    {
      method: 'patch',
      path: '/api/calls/:id',
      summary: 'Jenis dan jalannya panggilan, kata-kata penelepon, kejadiannya',
      permission: 'call.update',
      params: byId,
      body: callPatch,
      response: call,
    },
    async ({ params, body, principal, now }) => {
      if (body.answered_by && !may(principal.role, 'call.ring'))
        throw invalid('answered_by', 'hanya oleh PBX; di meja: POST /api/calls/:id/answer')
      return patchCall(services, params.id, body, principal.actor, now)
    },
  ),
  route(
    {
      method: 'post',
      path: '/api/calls/:id/answer',
      summary: 'Meja ini mengambil panggilan; 409 bila meja lain sudah',
      permission: 'call.answer',
      params: byId,
      body: callAnswer,
      response: call,
    },
    ({ params, body, principal, now }) => answerCall(services, params.id, body, principal, now),
  ),
  route(
    {
      method: 'post',
      path: '/api/device-locations',
      summary: 'Lokasi ponsel penelepon (AML, tautan)',
      permission: 'call.create',
      body: deviceLocationInput,
      response: deviceLocated,
      status: 201,
    },
    ({ body, principal, now }) => locateDevice(services, body, principal.actor, now),
  ),
  route(
    {
      method: 'get',
      path: '/api/desk-key',
      summary: 'Kunci untuk isian panggilan yang disimpan di meja operator',
      permission: 'incident.update',
      response: deskKeyAnswer,
    },
    async () => ({ key: await deskKey(services) }),
  ),
]
