import { z } from 'zod'
import { CLOCK_STATES } from '../sla/clock.ts'
import { call } from './calls.ts'
import { finalReport } from './final_report.ts'
import { assignment, incident } from './incident.ts'
import { OUTBOX_REASONS } from './outbox.ts'
import { instant, uuid } from './primitives.ts'
import { agencyReport } from './report.ts'

const clock = z.object({
  state: z.enum(CLOCK_STATES),
  /** Null when unknown. */
  elapsed_seconds: z.number().nullable(),
  limit_seconds: z.number(),
})
const by_agency = { agency_code: z.string(), agency: z.string() }

/**
 * What goes to the data centre for one case, whole each time, unless a mapping file (KOMINFO_MAPPING) names other fields. POST with the headers of
 * Standard Webhooks: `webhook-id` is `message.id`, the same at every try, and the receiver's idempotency key.
 */
export const caseMessage = z.object({
  schema: z.literal('siaga112.case/1'),
  message: z.object({
    id: uuid,
    reason: z.enum(OUTBOX_REASONS),
    /** Rises: of one case, what bears the higher number is the newer. */
    sequence: z.number().int(),
    built_at: instant,
  }),
  /** True: an exercise or a demo, never a real case. */
  simulated: z.boolean(),
  case: incident
    .pick({
      id: true,
      number: true,
      incident_type: true,
      priority: true,
      status: true,
      number_hidden: true,
      handed_over_to: true,
      duplicate_of: true,
      late_entry: true,
      offline_entry: true,
      call_count: true,
    })
    .extend({
      incident_type_name: z.string(),
      class: z.string(),
      duplicate_number: z.string().nullable(),
      /** False: closed without the operator's final report, which may still come. */
      reported: z.boolean(),
    }),
  place: incident.pick({
    location: true,
    accuracy_m: true,
    place_label: true,
    kelurahan_code: true,
    kelurahan: true,
    kecamatan: true,
    inside_city: true,
  }),
  stages: incident.pick({
    received_at: true,
    verified_at: true,
    dispatched_at: true,
    handling_at: true,
    on_scene_at: true,
    resolved_at: true,
    closed_at: true,
    ended_at: true,
  }),
  /** The clocks of the service standard: 5 minutes to dispatch, 35 from there to the end; for a fire 15 to the first on scene. */
  clocks: z.object({ agent: clock, opd: clock, fire_on_scene: clock.nullable() }),
  calls: z.array(
    call.pick({ id: true, rang_at: true, answered_at: true, ended_at: true, number_hidden: true, kind: true }).extend({
      /** Null unless the mapping file says `"callers": true`, and once erased. */
      caller_name: z.string().nullable(),
      caller_number: z.string().nullable(),
    }),
  ),
  assignments: z.array(
    assignment
      .omit({ incident_id: true, simulated: true, queued_behind: true })
      .extend({ ...by_agency, callsign: z.string().nullable() }),
  ),
  opd_reports: z.array(agencyReport.omit({ incident_id: true }).extend(by_agency)),
  final_report: finalReport.omit({ incident_id: true }).nullable(),
  /** The head of the log when this was built: an anchor outside the database, so that a log cut short shows. */
  log: z.object({ log_id: uuid, seq: z.number().int(), hash: z.string() }),
})
export type CaseMessage = z.infer<typeof caseMessage>
