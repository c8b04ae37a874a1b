import { z } from 'zod'
import { finalReport, finalReportInput, type FinalReport } from '../../geo/wire/final_report.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { recordLook } from '../privacy/look.ts'
import type { Services } from '../services.ts'
import { handles } from './incidents.ts'

const byId = z.object({ id: uuid })

/** The operator's final report, which closes a case. */
export const finalReportRoutes = ({ db, hub, simulated }: Services): Route[] => [
  route(
    {
      method: 'put',
      path: '/api/incidents/:id/final-report',
      summary: 'Laporan akhir operator; menutup kejadian yang masih terbuka',
      permission: 'final_report.write',
      params: byId,
      body: finalReportInput,
      response: finalReport,
    },
    async ({ params, body, principal: { actor }, now }) => {
      const report = await db.value<FinalReport>('final_report_put', { ...params, input: body, actor, now, simulated })
      void hub.nudge()
      return report
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/incidents/:id/final-report',
      summary: 'Laporan akhir operator; null sebelum ditulis',
      permission: 'incident.read_private',
      params: byId,
      response: finalReport.nullable(),
    },
    async ({ params, principal, now }) => {
      const row = await db.maybe<{ incident: Incident }>('incident_get', { ...params, simulated })
      if (!row) throw notFound('Kejadian')
      if (!handles(principal, row.incident)) return null
      const found = await db.maybe<{ report: FinalReport }>('final_report', params)
      if (!found) return null
      await recordLook(db, { kind: 'report', incident_id: params.id, actor: principal.actor, at: now })
      return found.report
    },
  ),
]
