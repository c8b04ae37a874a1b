import { z } from 'zod'
import { figuresOf } from '../../geo/review/figures.ts'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import {
  finding,
  findingInput,
  findingPatch,
  reviewMonth,
  reviewPatch,
  reviewShare,
  STANDARD_SHARE,
  type Review,
  type ReviewMonth,
} from '../../geo/wire/review.ts'
import { month } from '../../geo/wire/shift_plan.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })
const query = z.object({ month: month.optional() })

interface Drawn {
  seed: string | null
  share: number | null
  pool: number | null
  drawn_at: string | null
  over: number
}

/** Internal supervision: which cases are looked at, what was found. */
export function reviewRoutes({ db, simulated }: Services): Route[] {
  const share = async () => {
    const kept = reviewShare.safeParse(await db.value('setting', { key: 'review_share' }))
    return kept.success ? kept.data.share : STANDARD_SHARE
  }
  const span = (text: string) => {
    const { from, to } = wibMonthRange(text) ?? { from: 0, to: 0 }
    return { from: new Date(from), to: new Date(to) }
  }

  async function read(month: string, now: Date): Promise<ReviewMonth> {
    const rows = await db.rows<{ review: Review }>('review_cases', { month, simulated })
    const { over, ...drawn } = await db.one<Drawn>('review_month', { month, simulated, ...span(month) })
    const reviews = rows.map((row) => row.review)
    const { seed, share: taken, pool, drawn_at } = drawn
    return {
      month,
      lot:
        seed === null || taken === null || pool === null || drawn_at === null
          ? null
          : { seed, share: taken, pool, drawn_at: new Date(drawn_at).toISOString() },
      share: await share(),
      figures: figuresOf(reviews, over, wibDay(now.getTime())),
      reviews,
    }
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
        await db.value('review_draw', { ...body, ...span(body.month), share: await share(), actor, now, simulated })
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
