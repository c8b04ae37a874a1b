import { z } from 'zod'
import { STANDARD_RULES } from '../../geo/shift/flags.ts'
import { shiftSpan, type Duty } from '../../geo/shift/hours.ts'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import {
  dutyChanges,
  month,
  shiftPlan,
  shiftRules,
  staff,
  staffCode,
  staffInput,
  type Staff,
} from '../../geo/wire/shift_plan.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { csv, wib } from '../stats/csv.ts'

const WEEK_MS = 7 * 86_400_000
const query = z.object({ month: month.optional() })

/** The shift plan, and the staff it is made of. */
export function shiftPlanRoutes({ db, simulated }: Services): Route[] {
  const everybody = async () => (await db.rows<{ staff: Staff }>('staff', { simulated })).map((row) => row.staff)
  const duties = (from: number, to: number) =>
    db.rows<Duty>('shift_duties', { from: wibDay(from), to: wibDay(to), simulated })
  const rules = async () => {
    const kept = shiftRules.safeParse(await db.value('setting', { key: 'shift_rules' }))
    return kept.success ? kept.data : STANDARD_RULES
  }
  const asked = (text: string | undefined, now: Date) => text ?? wibDay(now.getTime()).slice(0, 7)
  const rangeOf = (text: string) => wibMonthRange(text) ?? { from: 0, to: 0 }

  return [
    route(
      {
        method: 'get',
        path: '/api/shift-plan',
        summary: 'Jadwal jaga satu bulan (bila tanpa bulan, bulan ini), sepekan sebelum dan sesudahnya ikut',
        permission: 'shift.read',
        query,
        response: shiftPlan,
      },
      async ({ query, now }) => {
        const month = asked(query.month, now)
        const { from, to } = rangeOf(month)
        return {
          month,
          duties: await duties(from - WEEK_MS, to + WEEK_MS),
          rules: await rules(),
          staff: await everybody(),
        }
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/shift-plan.csv',
        summary: 'Jadwal jaga satu bulan sebagai CSV; waktu WIB',
        permission: 'shift.read',
        query,
      },
      async ({ query, now, res }) => {
        const month = asked(query.month, now)
        const { from, to } = rangeOf(month)
        const names = new Map((await everybody()).map(({ code, name }) => [code, name]))
        const rows = (await duties(from, to)).map(({ day, shift, code }) => {
          const { starts_at, ends_at } = shiftSpan(day, shift)
          const [start, end] = [starts_at, ends_at].map((at) => wib(new Date(at).toISOString()))
          return [day, shift, start, end, code, names.get(code)]
        })
        const head = ['tanggal', 'shift', 'mulai_wib', 'selesai_wib', 'kode', 'nama']
        res
          .type('text/csv; charset=utf-8')
          .attachment(`jadwal-${month}.csv`)
          .send(csv([head, ...rows]))
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/shift-plan',
        summary: 'Ubah jadwal jaga: semua perubahan atau tidak satu pun',
        permission: 'shift.write',
        body: dutyChanges,
        response: z.object({ changed: z.number().int() }),
      },
      ({ body, principal: { actor }, now }) => db.value('shift_plan_put', { input: body, actor, now, simulated }),
    ),
    route(
      {
        method: 'put',
        path: '/api/shift-rules',
        summary: 'Kebutuhan petugas tiap shift dan batas jam',
        permission: 'shift.write',
        body: shiftRules,
        response: shiftRules,
      },
      ({ body, principal: { actor }, now }) =>
        db.value('supervision_rule_put', { key: 'shift_rules', value: body, actor, now }),
    ),
    route(
      {
        method: 'put',
        path: '/api/staff/:code',
        summary: 'Tambah petugas, atau ubah nama, keaktifan, pendidikan dan pelatihannya',
        permission: 'staff.write',
        params: staffCode,
        body: staffInput,
        response: staff,
      },
      ({ params, body, principal: { actor }, now }) =>
        db.value('staff_put', { ...params, input: body, actor, now, simulated }),
    ),
    route(
      {
        method: 'delete',
        path: '/api/staff/:code',
        summary: 'Hapus data pribadi petugas; kode dan jadwal lama tetap',
        permission: 'staff.write',
        params: staffCode,
        response: staff,
      },
      ({ params, principal: { actor }, now }) => db.value('staff_erase', { ...params, actor, now, simulated }),
    ),
  ]
}
