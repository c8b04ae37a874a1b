import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import { AGENT_LIMIT_SECONDS, FIRE_ON_SCENE_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../../geo/sla/limits.ts'
import type { StageClock } from '../../../geo/sla/clock.ts'
import { caseMessage, type CaseMessage } from '../../../geo/wire/case_message.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import type { OutboxMessage } from '../../../geo/wire/outbox.ts'
import type { Executor } from '../../db/database.ts'

/** As sql/queries/outbox_case.sql reads it. */
interface CaseRow extends Pick<CaseMessage, 'calls' | 'assignments' | 'final_report' | 'log'> {
  incident: Incident
  type: { name: string; class: string } | null
  duplicate_number: string | null
  reports: CaseMessage['opd_reports']
}

const clockOf = ({ state, elapsed_seconds }: StageClock, limit_seconds: number) => ({
  state,
  elapsed_seconds,
  limit_seconds,
})

/** The body of a message as it is now, checked by its own schema. */
export async function buildMessage(
  db: Executor,
  message: Pick<OutboxMessage, 'id' | 'ord' | 'incident_id' | 'reason'>,
  { now, callers }: { now: Date; callers: boolean },
): Promise<CaseMessage> {
  const row = await db.one<CaseRow>('outbox_case', { id: message.incident_id, with_callers: callers })
  const { incident } = row
  const { agent, opd, fire_on_scene } = incidentClocks(incident, now.getTime())
  return caseMessage.parse({
    schema: 'siaga112.case/1',
    message: { id: message.id, reason: message.reason, sequence: message.ord, built_at: now.toISOString() },
    simulated: incident.simulated,
    case: {
      ...incident,
      incident_type_name: row.type?.name ?? incident.incident_type,
      class: row.type?.class ?? '',
      duplicate_number: row.duplicate_number,
      reported: row.final_report !== null,
    },
    place: incident,
    stages: incident,
    clocks: {
      agent: clockOf(agent, AGENT_LIMIT_SECONDS),
      opd: clockOf(opd, OPD_LIMIT_SECONDS),
      fire_on_scene: fire_on_scene && clockOf(fire_on_scene, FIRE_ON_SCENE_LIMIT_SECONDS),
    },
    calls: row.calls,
    assignments: row.assignments,
    opd_reports: row.reports,
    final_report: row.final_report,
    log: row.log,
  })
}
