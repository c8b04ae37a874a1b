import { z } from 'zod'
import { instant, uuid } from '../../../geo/wire/primitives.ts'
import type { Assignment, Incident } from '../../../geo/wire/incident.ts'

/** What an officer may say of his job, in the order of a job; declining instead. */
export const STEPS = ['acknowledged', 'en_route', 'on_scene', 'done'] as const
export const SAID = [...STEPS, 'declined'] as const
export type Said = (typeof SAID)[number]

/** A press: kept on this phone until the server has it, or until its officer has read why the server would not. */
export const report = z.object({
  /** Sorts by the moment of the press. */
  key: z.string(),
  unit_id: uuid,
  assignment_id: uuid,
  /** The incident's, to speak of it. */
  number: z.string(),
  status: z.enum(SAID),
  /** When it was pressed, by the server's clock as measured then. */
  at: instant,
  note: z.string().optional(),
  /** Why the server refused it; null while it waits. */
  refused: z.string().nullable(),
})
export type Report = z.infer<typeof report>

/** Sends one: `away`: nobody knows, try again; `over`: nobody is signed in; else taken, or refused for good with a reason. */
export type Sent = 'taken' | 'away' | 'over' | { refused: string }

/** What stands once all that waits has arrived. */
export function standing(
  { id, status }: Pick<Assignment, 'id' | 'status'>,
  reports: readonly Report[],
): Assignment['status'] {
  return reports.filter((one) => one.assignment_id === id && one.refused === null).at(-1)?.status ?? status
}

/** What may be said next, the one step that makes sense first; nothing when it is over. A unit in line may only accept or decline. */
export function nextSaid(status: Assignment['status'], queued: boolean): Said[] {
  const at = ['notified', ...STEPS].indexOf(status)
  if (at < 0 || status === 'done') return []
  const onward: Said[] = STEPS.slice(at).filter((step) => !queued || step === 'acknowledged')
  return status === 'notified' || status === 'acknowledged' ? [...onward, 'declined'] : onward
}

/** The case as it will be once what waits has arrived: the clocks go by that. */
export function withReports(incident: Incident, own_id: string, reports: readonly Report[]): Incident {
  const said = reports.filter((one) => one.assignment_id === own_id && one.refused === null)
  if (said.length === 0) return incident
  const on_scene_at = said.find(({ status }) => status === 'on_scene')?.at ?? null
  return {
    ...incident,
    on_scene_at: incident.on_scene_at ?? on_scene_at,
    assignments: incident.assignments.map((a) =>
      a.id === own_id ? said.reduce((part, { status, at }) => ({ ...part, status, [`${status}_at`]: at }), a) : a,
    ),
  }
}
