import { auditState } from '../../geo/wire/audit.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

/** Whether the log is what was written. */
export const auditRoutes = ({ auditor }: Pick<Services, 'auditor'>): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/audit',
      summary: 'Pemeriksaan terakhir atas rantai catatan',
      permission: 'audit.read',
      response: auditState,
    },
    () => auditor.state(),
  ),
  route(
    {
      method: 'post',
      path: '/api/audit/check',
      summary: 'Periksa rantai catatan sekarang',
      permission: 'audit.check',
      response: auditState,
      status: 202,
    },
    async () => {
      await auditor.checkNow()
      return auditor.state()
    },
  ),
]
