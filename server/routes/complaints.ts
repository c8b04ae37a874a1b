import { z } from 'zod'
import {
  complaintDetail,
  complaintInput,
  complaintRow,
  complaintRules,
  complaintStepInput,
  type ComplaintDetail,
  type ComplaintRow,
  type ComplaintRules,
} from '../../geo/wire/complaints.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { may } from '../auth/permissions.ts'
import { notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })
const listQuery = z.object({
  status: z.enum(['open', 'ended'], 'harus open atau ended').default('open').describe('ended: dijawab atau selesai'),
})

/** Complaints about the service: registered, handled step by step, answered; who complained is seen by opening one, and each look is recorded. */
export const complaintRoutes = ({ db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/complaints',
      summary: 'Daftar pengaduan, data pengadu disamarkan',
      permission: 'complaint.read',
      query: listQuery,
      response: z.array(complaintRow),
    },
    async ({ query }) =>
      (await db.rows<{ complaint: ComplaintRow }>('complaints', { open: query.status === 'open', simulated })).map(
        (row) => row.complaint,
      ),
  ),
  route(
    {
      method: 'post',
      path: '/api/complaints',
      summary: 'Daftarkan pengaduan',
      permission: 'complaint.create',
      body: complaintInput,
      response: complaintRow,
      status: 201,
    },
    async ({ body, principal, now }) => {
      const made = await db.value<ComplaintRow>('complaint_register', {
        input: body,
        actor: principal.actor,
        now,
        simulated,
      })
      void hub.nudge()
      return made
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/complaints/rules',
      summary: 'Tenggat pengaduan dan hari libur',
      permission: 'complaint.create',
      response: complaintRules,
    },
    () => db.value<ComplaintRules>('complaint_rules'),
  ),
  route(
    {
      method: 'put',
      path: '/api/complaints/rules',
      summary: 'Ubah tenggat pengaduan dan hari libur',
      permission: 'complaint.rules',
      body: complaintRules,
      response: complaintRules,
    },
    async ({ body, principal, now }) => {
      const rules = await db.value<ComplaintRules>('complaint_rules_put', { input: body, actor: principal.actor, now })
      void hub.nudge()
      return rules
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/complaints/:id',
      summary: 'Satu pengaduan dengan data pengadu; setiap kali dibuka tercatat',
      permission: 'complaint.read',
      params: byId,
      response: complaintDetail,
    },
    async ({ params, principal, now }) => {
      const row = await db.maybe<{ complaint: ComplaintDetail }>('complaint_get', { ...params, simulated })
      if (!row) throw notFound('Pengaduan')
      await db.rows('complaint_looked', { ...params, actor: principal.actor, at: now })
      return row.complaint
    },
  ),
  route(
    {
      method: 'post',
      path: '/api/complaints/:id/steps',
      summary: 'Satu langkah penanganan pengaduan',
      permission: 'complaint.step',
      params: byId,
      body: complaintStepInput,
      response: complaintRow,
    },
    async ({ params, body, principal: { role, actor }, now }) => {
      const input = { ...body, handles: may(role, 'complaint.handle'), settles: may(role, 'complaint.settle') }
      const row = await db.value<ComplaintRow>('complaint_step', { ...params, input, actor, now, simulated })
      void hub.nudge()
      return row
    },
  ),
  route(
    {
      method: 'delete',
      path: '/api/complaints/:id/private',
      summary: 'Hapus data pengadu dan semua kata',
      permission: 'complaint.erase',
      params: byId,
      response: complaintRow,
    },
    async ({ params, principal, now }) => {
      const row = await db.value<ComplaintRow>('complaint_erase', { ...params, actor: principal.actor, now, simulated })
      void hub.nudge()
      return row
    },
  ),
]
