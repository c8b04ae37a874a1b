import { z } from 'zod'
import { CLOCK_STATES } from '../sla/clock.ts'
import { incident } from './incident.ts'

/** The clock of one stage (geo/sla/clock.ts); epoch milliseconds, null where unknown. */
const stage = z.object({
  state: z.enum(CLOCK_STATES),
  elapsed_seconds: z.number().nullable(),
  remaining_seconds: z.number().nullable(),
  due_at: z.number().nullable(),
})

/** An incident of the list, with its clocks as they stood when it was asked for (geo/sla/incident_clocks.ts). */
export const listedIncident = incident.extend({
  clocks: z.object({
    agent: stage,
    opd: stage,
    fire_on_scene: stage.nullable(),
    active: z.enum(['agent', 'opd']).nullable(),
    forecast: z
      .object({
        resolved_at: z.number(),
        on_scene_at: z.number().nullable(),
        breach_in_seconds: z.number().nullable(),
        median_n: z.number(),
      })
      .nullable(),
  }),
})
