import type { Response } from 'express'
import { z } from 'zod'
import { PERIODS, retentionDays } from '../../geo/privacy/retention.ts'
import { maskName, maskNumber } from '../../geo/privacy/mask.ts'
import { wibDay } from '../../geo/sla/shift.ts'
import { instant, text, uuid } from '../../geo/wire/primitives.ts'
import {
  erased,
  looker,
  looks,
  privacyCase,
  privacyState,
  reasonInput,
  retentionInput,
  type Look,
  type Looker,
  type PrivacyCase,
} from '../../geo/wire/privacy.ts'
import type { Principal } from '../auth/principal.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { recordLook } from '../privacy/look.ts'
import { looksCsv } from '../privacy/looks_csv.ts'
import { erasuresFile, noteErasure } from '../privacy/noted_erasures.ts'
import type { Services } from '../services.ts'

const DAY_MS = 86_400_000
/** A page reads no more at once, a file takes more away. */
const MOST_ROWS = 1_000
const MOST_EXPORTED = 100_000
const MOST_ERASURES = 30

const byId = z.object({ id: uuid })
const byNumber = z.object({ number: text(40).min(1) })
const period = z.object({ from: instant.optional(), to: instant.optional() })
const viewsQuery = period.extend({ actor: text(100).min(1).optional() })

/** [from, to), by default the last 30 days. */
function periodOf(query: z.infer<typeof period>, now: Date): { from: string; to: string } {
  const to = query.to ?? new Date(now.getTime() + 1).toISOString()
  const from = query.from ?? new Date(Date.parse(to) - 30 * DAY_MS).toISOString()
  if (Date.parse(from) >= Date.parse(to)) throw invalid('from', 'harus sebelum to')
  return { from, to }
}
const EVER = { from: '2000-01-01T00:00:00Z', to: '2199-01-01T00:00:00Z' }

/** How long personal data is kept, what is held of one case, who saw what. Each look at these is recorded too. */
export const privacyRoutes = ({ db, eraser, config, hub, log, simulated }: Services): Route[] => {
  type Row = Omit<PrivacyCase, 'due'>
  async function caseOf({ number }: z.infer<typeof byNumber>): Promise<Row> {
    const row = await db.maybe<Row>('privacy_case', { number, simulated })
    if (!row) throw notFound('Kejadian')
    return row
  }
  const days = async () => retentionDays(await db.value('setting', { key: 'retention' }))

  async function readLooks(of: { incident_id?: string; actor?: string; from: string; to: string }, limit: number) {
    const rows = await db.rows<Look>('private_looks', { incident_id: null, actor: null, ...of, limit: limit + 1 })
    return { rows: rows.slice(0, limit), whole: rows.length <= limit }
  }
  const looked = ({ actor }: Principal, at: Date, of: { incident_id?: string; about?: string }) =>
    recordLook(db, { kind: 'views', ...of, actor, at })
  const send = (res: Response, name: string, rows: readonly Look[], now: Date) =>
    res
      .attachment(`siapa-melihat-${name}-${wibDay(now.getTime())}${simulated ? '-SIMULASI' : ''}.csv`)
      .type('text/csv; charset=utf-8')
      .send(looksCsv(rows))

  return [
    route(
      {
        method: 'get',
        path: '/api/privacy',
        summary: 'Masa simpan data pribadi, penghapusan terakhir, dan kasus yang ditahan',
        permission: 'privacy.read',
        response: privacyState,
      },
      async () => ({
        days: await days(),
        running: eraser.running,
        last: await eraser.last(),
        erasures: await db.rows('privacy_erasures', { limit: MOST_ERASURES }),
        holds: await db.rows('privacy_holds', { simulated }),
      }),
    ),
    route(
      {
        method: 'put',
        path: '/api/privacy/retention',
        summary: 'Ubah masa simpan',
        permission: 'privacy.write',
        body: retentionInput,
        status: 204,
      },
      async ({ body, principal, now }) => {
        await db.value('privacy_retention_put', { days: body, actor: principal.actor, now, simulated })
        void hub.nudge()
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/privacy/erase-due',
        summary: 'Hapus sekarang yang sudah melewati masa simpan',
        permission: 'privacy.write',
        status: 202,
      },
      async () => {
        void eraser.eraseNow()
        return { running: true }
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/privacy/cases/:number',
        summary: 'Data pribadi yang disimpan pada satu kasus, disamarkan',
        permission: 'privacy.read',
        params: byNumber,
        response: privacyCase,
      },
      async ({ params, principal, now }) => {
        const { caller_name, caller_number, ...row } = await caseOf(params)
        await recordLook(db, { kind: 'held', incident_id: row.incident_id, actor: principal.actor, at: now })
        const kept = await days()
        const due = PERIODS.filter((each) => each === 'words' || each === 'device_location').map((each) => ({
          period: each,
          at: row.ended_at && new Date(new Date(row.ended_at).getTime() + kept[each] * DAY_MS).toISOString(),
        }))
        return {
          ...row,
          due,
          caller_name: caller_name && maskName(caller_name),
          caller_number: caller_number && maskNumber(caller_number),
        }
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/privacy/cases/:number/erase',
        summary: 'Hapus data pribadi satu kasus atas permintaan',
        permission: 'privacy.write',
        params: byNumber,
        body: reasonInput,
        response: erased,
      },
      async ({ params, body: { reason }, principal: { actor }, now }) => {
        const { incident_id: id } = await caseOf(params)
        const done = await db.value<object>('privacy_erase_case', { id, reason, again: false, actor, now, simulated })
        void hub.nudge()
        try {
          await noteErasure(erasuresFile(config), id, now)
          return { ...done, noted: true }
        } catch (error) {
          log.error({ err: error, incident_id: id }, 'an erasure could not be noted outside the database')
          return { ...done, noted: false }
        }
      },
    ),
    route(
      {
        method: 'put',
        path: '/api/privacy/cases/:number/hold',
        summary: 'Tahan satu kasus dari penghapusan',
        permission: 'privacy.write',
        params: byNumber,
        body: reasonInput,
        status: 204,
      },
      async ({ params, body: { reason }, principal: { actor }, now }) => {
        const { incident_id: id } = await caseOf(params)
        await db.value('privacy_hold_put', { id, reason, actor, now, simulated })
        void hub.nudge()
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/privacy/cases/:number/hold',
        summary: 'Cabut penahanan',
        permission: 'privacy.write',
        params: byNumber,
        status: 204,
      },
      async ({ params, principal: { actor }, now }) => {
        const { incident_id: id } = await caseOf(params)
        await db.value('privacy_hold_put', { id, reason: null, actor, now, simulated })
        void hub.nudge()
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/privacy/lookers',
        summary: 'Akun yang melihat data pribadi dalam satu kurun',
        permission: 'privacy.read',
        query: period,
        response: z.array(looker),
      },
      async ({ query, principal, now }) => {
        const rows = await db.rows<Looker>('private_lookers', { ...periodOf(query, now), limit: MOST_EXPORTED })
        await looked(principal, now, { about: 'akun' })
        return rows
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/privacy/views',
        summary: 'Apa yang dilihat satu akun dalam satu kurun (bawaan: 30 hari terakhir)',
        permission: 'privacy.read',
        query: viewsQuery,
        response: looks,
      },
      async ({ query: { actor, ...rest }, principal, now }) => {
        const found = await readLooks({ actor, ...periodOf(rest, now) }, MOST_ROWS)
        await looked(principal, now, { about: actor ?? 'semua' })
        return found
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/privacy/views.csv',
        summary: 'Sama, sebagai CSV; waktu WIB',
        permission: 'privacy.read',
        query: viewsQuery,
      },
      async ({ query: { actor, ...rest }, principal, now, res }) => {
        const { rows } = await readLooks({ actor, ...periodOf(rest, now) }, MOST_EXPORTED)
        await looked(principal, now, { about: actor ?? 'semua' })
        send(res, (actor ?? 'semua').replace(/[^\w.-]/g, '-'), rows, now)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id/views',
        summary: 'Siapa melihat data pribadi kasus ini',
        permission: 'privacy.read',
        params: byId,
        response: looks,
      },
      async ({ params: { id }, principal, now }) => {
        await mustExist(id)
        const found = await readLooks({ incident_id: id, ...EVER }, MOST_ROWS)
        await looked(principal, now, { incident_id: id })
        return found
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id/views.csv',
        summary: 'Sama, sebagai CSV; waktu WIB',
        permission: 'privacy.read',
        params: byId,
      },
      async ({ params: { id }, principal, now, res }) => {
        const number = await mustExist(id)
        const { rows } = await readLooks({ incident_id: id, ...EVER }, MOST_EXPORTED)
        await looked(principal, now, { incident_id: id })
        send(res, number, rows, now)
      },
    ),
  ]

  async function mustExist(id: string): Promise<string> {
    const row = await db.maybe<{ incident: { number: string } }>('incident_get', { id, simulated })
    if (!row) throw notFound('Kejadian')
    return row.incident.number
  }
}
