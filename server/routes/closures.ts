import { z } from 'zod'
import { robUntil } from '../../geo/roads/closure_times.ts'
import {
  closure,
  closureAnswer,
  closureDraft,
  closureInput,
  closurePatch,
  closurePreview,
  closureRoads,
  pastClosure,
  robAnswer,
  robEnded,
  robInput,
  type Closure,
  type PastClosure,
} from '../../geo/wire/closures.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { roadsOf, toldOf } from '../city/closed_roads.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { drawClosure } from '../verbs/draw_closure.ts'

const byId = z.object({ id: uuid })

/** What cannot be passed for a time: a road, an area, a rob. Speeds change at once (server/city/model.ts reads the line). */
export function closureRoutes({ db, hub, city, simulated }: Services): Route[] {
  /** Drives asked for from now on know of the line. */
  async function followed(seq: number): Promise<void> {
    for (let turn = 0; turn < 3 && hub.seq < seq; turn++) await hub.nudge()
  }
  const told = (one: Closure) => ({ ...one, ...toldOf(city.router.graph, [one]) })
  async function write(id: string | null, input: object, actor: string, now: Date) {
    const answer = await db.value<{ closure: Closure; seq: number }>('closure_write', {
      id,
      input,
      actor,
      now,
      simulated,
    })
    await followed(answer.seq)
    return told(answer.closure)
  }
  return [
    route(
      {
        method: 'get',
        path: '/api/closures',
        summary: 'Penutupan jalan dan rob yang berlaku atau direncanakan',
        permission: 'masterdata.read',
        response: z.array(closure),
      },
      async ({ now }) =>
        (await db.rows<{ closure: Closure }>('closures', { now, simulated })).map((row) => row.closure),
    ),
    route(
      {
        method: 'get',
        path: '/api/closures/past',
        summary: 'Yang berakhir atau dicabut dalam 30 hari',
        permission: 'closure.history',
        response: z.array(pastClosure),
      },
      async ({ now }) =>
        (await db.rows<{ closure: PastClosure }>('closures_past', { now, simulated })).map((row) => row.closure),
    ),
    route(
      {
        method: 'get',
        path: '/api/closures/roads',
        summary: 'Ruas yang sungguh tertutup atau melambat, per penutupan',
        permission: 'masterdata.read',
        response: z.array(closureRoads),
      },
      async () => city.closures.map((one) => ({ id: one.id, ...roadsOf(city.router.graph, one) })),
    ),
    route(
      {
        method: 'post',
        path: '/api/closures/preview',
        summary: 'Apa yang akan tertutup oleh gambar ini; tidak menyimpan apa pun',
        permission: 'closure.write',
        body: closureDraft,
        response: closurePreview,
      },
      ({ body: { draw, ...slowing } }) => drawClosure({ db, city }, draw, slowing),
    ),
    route(
      {
        method: 'post',
        path: '/api/closures/rob',
        summary: 'Rob seperti 2021: satu penutupan per kelas kedalaman lapis flood',
        permission: 'closure.write',
        body: robInput,
        response: robAnswer,
        status: 201,
      },
      async ({ body, principal, now }) => {
        const starts = body.starts_at ?? now.toISOString()
        const ends_at = body.ends_at ?? new Date(robUntil(Date.parse(starts))).toISOString()
        const { closures, replaced, seq } = await db.value<{ closures: Closure[]; replaced: number; seq: number }>(
          'closure_rob',
          { input: { ...body, ends_at }, actor: principal.actor, now, simulated },
        )
        await followed(seq)
        return { closures: closures.map(told), replaced, ...toldOf(city.router.graph, closures) }
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/closures/rob',
        summary: 'Akhiri semua rob seperti 2021',
        permission: 'closure.write',
        response: robEnded,
        status: 200,
      },
      async ({ principal, now }) => {
        const { ended, seq } = await db.value<{ ended: number; seq: number }>('closure_rob_end', {
          actor: principal.actor,
          now,
          simulated,
        })
        await followed(seq)
        return { ended }
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/closures',
        summary: 'Tutup jalan atau area; menjawab berapa meter jalan yang tertutup',
        permission: 'closure.write',
        body: closureInput,
        response: closureAnswer,
        status: 201,
      },
      ({ body, principal, now }) => write(null, body, principal.actor, now),
    ),
    route(
      {
        method: 'patch',
        path: '/api/closures/:id',
        summary: 'Ubah penutupan; akhiri sekarang; kembalikan yang dicabut',
        permission: 'closure.write',
        params: byId,
        body: closurePatch,
        response: closureAnswer,
      },
      ({ params, body, principal, now }) => write(params.id, body, principal.actor, now),
    ),
    route(
      {
        method: 'delete',
        path: '/api/closures/:id',
        summary: 'Cabut penutupan',
        permission: 'closure.write',
        params: byId,
        status: 204,
      },
      async ({ params, principal, now }) => {
        await write(params.id, { deleted: true }, principal.actor, now)
        return undefined
      },
    ),
  ]
}
