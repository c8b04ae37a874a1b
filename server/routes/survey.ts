import type { Request } from 'express'
import { z } from 'zod'
import { parseEdge } from '../../geo/sla/period.ts'
import { wibDay } from '../../geo/sla/shift.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import {
  skm,
  surveyAnswer,
  surveyComment,
  surveyInput,
  surveyLink,
  surveyLook,
  surveyOpen,
  type SurveyComment,
} from '../../geo/wire/survey.ts'
import { hashSecret } from '../auth/secret.ts'
import { createThrottle } from '../auth/throttle.ts'
import { ApiError, invalid, notFound } from '../errors.ts'
import { addressKey } from '../http/address.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { skmCsv } from '../stats/complaints_csv.ts'
import { readSkm } from '../stats/skm.ts'
import { inviteToSurvey } from '../verbs/survey.ts'

const FIRST = 'harus tanggal 1 suatu bulan, seperti 2026-10-01: jawaban hanya menyimpan bulan'
const first = z.string(FIRST).refine((text) => /-01$/.test(text) && parseEdge(text) !== null, FIRST)
const monthsQuery = z.object({ from: first.optional(), to: first.optional() })

/** `2026-10-01`, `by` months later. */
function monthFirst(day: string, by: number): string {
  const [year, month] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10)
}

/** The months asked for; without edges the twelve that end with this one. */
function monthsAsked({ from, to }: z.output<typeof monthsQuery>, now: Date): { from: string; to: string } {
  const end = to ?? monthFirst(wibDay(now.getTime()), 1)
  const months = { from: from ?? monthFirst(end, -12), to: end }
  if (months.from >= months.to) throw invalid('to', 'harus sesudah from')
  return months
}

/** The satisfaction survey: links made in the room, answered by whoever holds one, told as an index by month of the case. */
export function surveyRoutes(services: Services): Route[] {
  const { db, hub, simulated } = services
  const throttle = createThrottle()

  const read = (query: z.output<typeof monthsQuery>, now: Date) => readSkm(services, monthsAsked(query, now))
  /** A link that is guessed at slows its address down; one that is right forgives. */
  async function held<T>(req: Request, now: Date, work: () => Promise<T>): Promise<T> {
    const address = addressKey(req.ip)
    const wait = throttle.begin(address, address, now.getTime())
    if (wait > 0)
      throw new ApiError(429, 'too_many', `Terlalu banyak percobaan; coba lagi ${wait} detik lagi`, [], {}, wait)
    const value = await work()
    throttle.succeeded(address, address)
    return value
  }

  return [
    route(
      {
        method: 'post',
        path: '/api/surveys',
        summary: 'Buat tautan survei kepuasan untuk kejadian atau panggilan yang sudah selesai',
        permission: 'survey.invite',
        body: surveyInput,
        response: surveyLink,
        status: 201,
      },
      ({ body, principal, now }) => inviteToSurvey(services, body, principal.actor, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/survey/look',
        summary: 'Apakah tautan survei masih berlaku',
        permission: 'public',
        body: surveyLook,
        response: surveyOpen,
      },
      ({ body, req, now }) =>
        held(req, now, async () => {
          const found = await db.maybe<{ expires_at: string }>('survey_link', {
            token_hash: hashSecret(body.token),
            now,
            simulated,
          })
          if (!found) throw notFound('Tautan')
          return { expires_at: new Date(found.expires_at).toISOString(), simulated }
        }),
    ),
    route(
      {
        method: 'post',
        path: '/api/survey',
        summary: 'Jawab survei kepuasan, sekali',
        permission: 'public',
        body: surveyAnswer,
        status: 204,
      },
      ({ body: { token, ...answer }, req, now }) =>
        held(req, now, async () => {
          await db.value('survey_respond', { input: { ...answer, token_hash: hashSecret(token) }, now, simulated })
          void hub.nudge()
        }),
    ),
    route(
      {
        method: 'get',
        path: '/api/skm',
        summary: 'Indeks kepuasan masyarakat (PermenPANRB 14/2017) menurut bulan kejadian',
        permission: 'complaint.figures',
        query: monthsQuery,
        response: skm,
      },
      ({ query, now }) => read(query, now),
    ),
    route(
      {
        method: 'get',
        path: '/api/skm.csv',
        summary: 'Indeks kepuasan masyarakat sebagai CSV',
        permission: 'complaint.figures',
        query: monthsQuery,
      },
      async ({ query, now, res }) => {
        const figures = await read(query, now)
        const name = `skm-${figures.from}-${figures.to}${simulated ? '-SIMULASI' : ''}.csv`
        res.attachment(name).type('text/csv; charset=utf-8').send(skmCsv(figures))
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/skm/comments',
        summary: 'Kata-kata responden; setiap kali dibuka tercatat',
        permission: 'complaint.read',
        query: monthsQuery,
        response: z.array(surveyComment),
      },
      async ({ query, principal, now }) => {
        const rows = await db.rows<SurveyComment>('survey_comments', { ...monthsAsked(query, now), simulated })
        const ids = rows.map(({ id }) => id)
        if (ids.length > 0) await db.rows('survey_comments_looked', { ids, actor: principal.actor, at: now })
        return rows
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/skm/comments/:id',
        summary: 'Hapus kata-kata seorang responden',
        permission: 'complaint.erase',
        params: z.object({ id: uuid }),
        status: 204,
      },
      async ({ params, principal, now }) => {
        await db.value('survey_comment_erase', { ...params, actor: principal.actor, now, simulated })
        void hub.nudge()
      },
    ),
  ]
}
