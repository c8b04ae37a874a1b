import { z } from 'zod'
import { wibDay } from '../../geo/sla/shift.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import {
  finding,
  findingInput,
  findingPatch,
  reviewMonth,
  reviewPatch,
  reviewShare,
  STANDARD_SHARE,
  type ReviewMonth,
} from '../../geo/wire/review.ts'
import { month } from '../../geo/wire/shift_plan.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { readReviews, spanOf } from '../stats/reviews.ts'

const byId = z.object({ id: uuid })
const query = z.object({ month: month.optional() })

/** Internal supervision: which cases are looked at, what was found. */
export function reviewRoutes(services: Services): Route[] {
  const { db, simulated } = services
  const share = async () => {
    const kept = reviewShare.safeParse(await db.value('setting', { key: 'review_share' }))
    return kept.success ? kept.data.share : STANDARD_SHARE
  }

  async function read(month: string, now: Date): Promise<ReviewMonth> {
    return { ...(await readReviews(services, month, now)), share: await share() }
  }

  return [
    route(
      {
        method: 'get',
        path: '/api/reviews',
        summary: 'Kasus yang ditinjau dalam satu bulan (bila tanpa bulan, bulan ini), temuan, dan angkanya',
        permission: 'review.read',
        query,
        response: reviewMonth,
      },
      ({ query, now }) => read(query.month ?? wibDay(now.getTime()).slice(0, 7), now),
    ),
    route(
      {
        method: 'post',
        path: '/api/reviews/draw',
        summary: 'Ambil kasus menurut aturan; setelah bulan berakhir, juga dengan undian',
        permission: 'review.write',
        body: z.strictObject({ month }),
        response: reviewMonth,
      },
      async ({ body, principal: { actor }, now }) => {
        await db.value('review_draw', { ...body, ...spanOf(body.month), share: await share(), actor, now, simulated })
        return read(body.month, now)
      },
    ),
    route(
      {
        method: 'put',
        path: '/api/review-share',
        summary: 'Bagian kasus yang diundi, untuk bulan yang belum diundi',
        permission: 'review.write',
        body: reviewShare,
        response: reviewShare,
      },
      ({ body, principal: { actor }, now }) =>
        db.value('supervision_rule_put', { key: 'review_share', value: body, actor, now }),
    ),
    route(
      {
        method: 'patch',
        path: '/api/reviews/:id',
        summary: 'Selesaikan tinjauan, atau buka kembali',
        permission: 'review.write',
        params: byId,
        body: reviewPatch,
      },
      ({ params, body, principal: { actor }, now }) =>
        db.value('review_done', { ...params, status: body.status, actor, now, simulated }),
    ),
    route(
      {
        method: 'post',
        path: '/api/reviews/:id/findings',
        summary: 'Catat temuan',
        permission: 'review.write',
        params: byId,
        body: findingInput,
        response: finding,
        status: 201,
      },
      ({ params, body, principal: { actor }, now }) =>
        db.value('review_finding_put', { review_id: params.id, finding_id: null, input: body, actor, now, simulated }),
    ),
    route(
      {
        method: 'patch',
        path: '/api/findings/:id',
        summary: 'Ubah temuan, atau nyatakan tindak lanjutnya selesai',
        permission: 'review.write',
        params: byId,
        body: findingPatch,
        response: finding,
      },
      ({ params, body, principal: { actor }, now }) =>
        db.value('review_finding_put', { review_id: null, finding_id: params.id, input: body, actor, now, simulated }),
    ),
  ]
}
