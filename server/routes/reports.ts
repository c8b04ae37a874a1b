import { z } from 'zod'
import type { Incident } from '../../geo/wire/incident.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { agencyReport, reportInput, type AgencyReport } from '../../geo/wire/report.ts'
import { scopeAgency } from '../auth/principal.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { recordLook } from '../privacy/look.ts'
import type { Services } from '../services.ts'
import { handles } from './incidents.ts'

const byId = z.object({ id: uuid })

/** What each OPD reports of a case once its work is over. */
export const reportRoutes = ({ db, hub, simulated }: Services): Route[] => [
  route(
    {
      method: 'put',
      path: '/api/incidents/:id/report',
      summary: 'Laporan akhir OPD',
      permission: 'report.write',
      params: byId,
      body: reportInput,
      response: agencyReport,
    },
    async ({ params, body: { agency_id, ...input }, principal, now }) => {
      const writing = scopeAgency(principal) ?? agency_id
      if (!writing) throw invalid('agency_id', 'sebutkan instansi yang melapor')
      const { actor } = principal
      const report = await db.value<AgencyReport>('agency_report_put', {
        ...params,
        agency_id: writing,
        input,
        actor,
        now,
        simulated,
      })
      void hub.nudge()
      return report
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/incidents/:id/reports',
      summary: 'Laporan akhir semua OPD',
      permission: 'incident.read_private',
      params: byId,
      response: z.array(agencyReport),
    },
    async ({ params, principal, now }) => {
      const row = await db.maybe<{ incident: Incident }>('incident_get', { ...params, simulated })
      if (!row) throw notFound('Kejadian')
      if (!handles(principal, row.incident)) return []
      const rows = await db.rows<{ report: AgencyReport }>('agency_reports', params)
      if (rows.length > 0)
        await recordLook(db, { kind: 'report', incident_id: params.id, actor: principal.actor, at: now })
      return rows.map(({ report }) => report)
    },
  ),
]
